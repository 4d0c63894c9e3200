package gateway_test

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"weak"

	"gw/engine"
	"gw/examples/omnibus"
	"gw/gateway"
)

// flatRow is six columns with those of the base.
type flatRow struct {
	gateway.Struct
	Symbol string  `json:"symbol"`
	Price  float64 `json:"price"`
	Size   int64   `json:"size"`
	Side   bool    `json:"side"`
}

// rows is a model of which only the state keeps what ticks.
type rows struct {
	Flat    gateway.Channel[flatRow]             `channel:"flat" state:"id"`
	Omnibus gateway.Channel[omnibus.ExampleData] `channel:"omnibus" state:"id"`
}

type rowsModule struct{}

func (rowsModule) Connect(ch *rows) error {
	ch.Flat.Send()
	ch.Omnibus.Send()
	return nil
}

// flatJSON and omnibusJSON are what is sent as the row i.
func flatJSON(i int) string {
	return fmt.Sprintf(`{"symbol":"SYM%d","price":%v,"size":%d,"side":%v}`, i%1000, float64(i)/7, i, i%2 == 0)
}

func omnibusJSON(i int) string {
	data := make([]float64, 10)
	for k := range data {
		data[k] = float64(i) / float64(k+3)
	}
	text, _ := json.Marshal(data)
	return fmt.Sprintf(`{"x":%d,"y":"%[1]d","z":"z","internal_csp_struct":{"z":12},"data":%s,"mapping":{"%[1]d":%[1]d}}`, i, text)
}

// firstTick watches the first tick of the channel flat without keeping it.
type firstTick struct{ tick weak.Pointer[gateway.Tick] }

func (f *firstTick) Connect(bus *gateway.Bus) error {
	ticks, err := bus.Ticks("flat", "")
	if err != nil {
		return err
	}
	n := bus.Graph().Node("first")
	in := engine.Use(n, ticks)
	n.OnTick(func() {
		if t := in.Get(); t.N == 1 {
			f.tick = weak.Make(t)
		}
	})
	return nil
}

func TestStateKeepsValuesAndNotTheirTicks(t *testing.T) {
	first := &firstTick{}
	g := gateway.New(&rows{}, rowsModule{}, first)
	g.History, g.LookupLimit = -1, -1
	runLive(t, g)
	p, _ := g.Port("flat")
	if _, err := g.Send(t.Context(), "flat", "", []byte(`[{"symbol":"A"},{"symbol":"B"},{"symbol":"C"}]`)); err != nil {
		t.Fatal(err)
	}
	for p.Ticks() < 3 {
		runtime.Gosched()
	}
	runtime.GC()
	if tick := first.tick.Value(); tick != nil {
		t.Errorf("got tick %d of %s, want none: nothing but the state is to be kept", tick.N, tick.Channel)
	}
	a, err := g.State(t.Context(), "flat", "")
	if err != nil || len(a.Records) != 3 {
		t.Errorf("got %v, %v, want three rows", a, err)
	}
}

// BenchmarkMemory is what a row that was sent as JSON costs, beside the bytes of its JSON as it is told: on the heap as
// the ticks left it, on the heap after a query that brought it to DuckDB, and resident then, DuckDB included. With kept
// limits Lookup and the history keep ticks beside the state, as by default.
func BenchmarkMemory(b *testing.B) {
	for _, typ := range []struct {
		name string
		row  func(int) string
	}{{"flat", flatJSON}, {"omnibus", omnibusJSON}} {
		for _, n := range []int{100_000, 1_000_000} {
			b.Run(fmt.Sprintf("%s/rows=%d", typ.name, n), func(b *testing.B) { benchMemory(b, typ.name, typ.row, n, -1) })
		}
		b.Run(typ.name+"/rows=100000/limits=default", func(b *testing.B) { benchMemory(b, typ.name, typ.row, 100_000, 0) })
	}
}

func benchMemory(b *testing.B, name string, row func(int) string, n, limit int) {
	for b.Loop() {
		g := gateway.New(&rows{}, rowsModule{})
		g.History, g.LookupLimit = limit, limit
		runLive(b, g)
		p, _ := g.Port(name)
		heapBefore, residentBefore := memory(b)
		size := 0
		for first := 0; first < n; first += 1000 {
			size += sendRows(b, g, p, row, first)
		}
		heap, _ := memory(b)
		if a, err := g.State(b.Context(), name, `{"filters":[{"attr":"id","by":{"value":"none","where":"=="}}]}`); err != nil || len(a.Records) > 0 {
			b.Fatalf("got %v, %v", a, err)
		}
		queried, resident := memory(b)
		rowsOf := func(bytes int) float64 { return float64(bytes) / float64(n) }
		b.ReportMetric(rowsOf(size), "JSON-B/row")
		b.ReportMetric(rowsOf(heap-heapBefore), "heap-B/row")
		b.ReportMetric(rowsOf(queried-heapBefore), "queried-B/row")
		b.ReportMetric(rowsOf(resident-residentBefore), "resident-B/row")
		g.Stop()
	}
}

// sendRows sends a thousand rows, waits until they have ticked and returns the size of their JSON as it is told.
func sendRows(b *testing.B, g *gateway.Gateway, p *gateway.Port, row func(int) string, first int) (size int) {
	parts := make([]string, 1000)
	for i := range parts {
		parts[i] = row(first + i)
	}
	a, err := g.Send(b.Context(), p.Name, "", []byte("["+strings.Join(parts, ",")+"]"))
	if err != nil {
		b.Fatal(err)
	}
	for _, r := range a.Records {
		size += len(r.AppendJSON(nil))
	}
	for p.Ticks() < uint64(first+len(parts)) {
		runtime.Gosched()
	}
	return size
}

// memory returns the bytes that live on the heap, and those of the process that are in memory, with what is free given
// back.
func memory(b *testing.B) (heap, resident int) {
	debug.FreeOSMemory()
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		b.Skip("what is resident is told by Linux alone: ", err)
	}
	var pages int
	if _, err := fmt.Sscan(string(statm), new(int), &pages); err != nil {
		b.Fatal(err)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc), pages * os.Getpagesize()
}
