package gateway_test

import (
	"runtime"
	"testing"

	"gw/gateway"
	"gw/schema"
)

// flatRow is six columns with those of the base.
type flatRow struct {
	gateway.Struct
	Symbol string  `json:"symbol"`
	Price  float64 `json:"price"`
	Size   int64   `json:"size"`
	Side   bool    `json:"side"`
}

// wideRow adds a list, a map and texts.
type wideRow struct {
	gateway.Struct
	X       gateway.Opt[int64] `json:"x"`
	Y       string             `json:"y"`
	Z       string             `json:"z"`
	Data    []float64          `json:"data"`
	Mapping map[string]int64   `json:"mapping"`
}

// rows is a model of which only the state keeps what ticks.
type rows struct {
	Flat gateway.Channel[flatRow] `channel:"flat" state:"id"`
	Wide gateway.Channel[wideRow] `channel:"wide" state:"id"`
}

type rowsModule struct{}

func (rowsModule) Connect(ch *rows) error {
	ch.Flat.Send()
	ch.Wide.Send()
	return nil
}

// BenchmarkMemory is what a row of the state costs on the heap, beside the bytes of its JSON.
func BenchmarkMemory(b *testing.B) {
	const n = 200_000
	for name, row := range map[string]func(i int) schema.Record{
		"flat": func(i int) schema.Record {
			return schema.RecordOf(&flatRow{Symbol: "GOOG", Price: float64(i) / 7, Size: int64(i), Side: i%2 == 0})
		},
		"wide": func(i int) schema.Record {
			data := make([]float64, 10)
			for k := range data {
				data[k] = float64(i) / float64(k+3)
			}
			return schema.RecordOf(&wideRow{X: schema.Some(int64(i)), Y: "1234", Z: "z", Data: data, Mapping: map[string]int64{"k": int64(i)}})
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				g := gateway.New(&rows{}, rowsModule{})
				g.History, g.LookupLimit, g.SendLimit = -1, -1, n
				runLive(b, g)
				p, _ := g.Port(name)
				before, size := heap(), 0
				for i := range n {
					r := row(i)
					size += len(r.AppendJSON(nil))
					if err := g.SendRecords(b.Context(), name, "", []schema.Record{r}); err != nil {
						b.Fatal(err)
					}
				}
				for p.Ticks() < n {
					runtime.Gosched()
				}
				b.ReportMetric(float64(heap()-before)/n, "B/row")
				b.ReportMetric(float64(size)/n, "JSON-B/row")
				runtime.KeepAlive(g)
			}
		})
	}
}

// heap is what lives on it.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
