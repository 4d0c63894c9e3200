package gateway_test

import (
	"fmt"
	"os"
	"runtime"
	"testing"

	"gw/gateway"
	"gw/schema"
)

// threads counts those of the process.
func threads(t *testing.T) int {
	t.Helper()
	all, err := os.ReadDir("/proc/self/task")
	if err != nil {
		t.Skip("no /proc to count threads in: ", err)
	}
	return len(all)
}

// TestB01ThreadsDoNotGrowWithStateChannels asks the state of every channel through DuckDB, of 1 channel and of 200.
func TestB01ThreadsDoNotGrowWithStateChannels(t *testing.T) {
	before := threads(t)
	typ, err := schema.Build("Wide", []schema.FieldSpec{{Name: "x", Kind: schema.Int}})
	if err != nil {
		t.Fatal(err)
	}
	used := map[int]int{}
	for _, channels := range []int{1, 200} {
		m := gateway.NewModel()
		for i := range channels {
			m.Add(gateway.ChannelSpec{Name: fmt.Sprint("c", i), Type: typ, State: []string{"id"}, Send: true})
		}
		g := gateway.New(m)
		runLive(t, g)
		const rows = 51_000 // more than are scanned in place, in one channel; a few in each of the others
		for i := range channels {
			n := 3
			if i == 0 {
				n = rows
			}
			body := []byte{'['}
			for x := range n {
				body = fmt.Appendf(body, `{"x":%d},`, x)
			}
			body[len(body)-1] = ']'
			name := fmt.Sprint("c", i)
			if _, err := g.Send(t.Context(), name, "", body); err != nil {
				t.Fatal(err)
			}
			for p, _ := g.Port(name); p.Ticks() < uint64(n); {
				runtime.Gosched()
			}
			a, err := g.State(t.Context(), name, `{"filters":[{"attr":"x","by":{"value":1,"where":"<="}}]}`)
			if err != nil || len(a.Records) != 2 {
				t.Fatalf("%s: got %v, %v", name, a, err)
			}
		}
		used[channels] = threads(t)
	}
	if used[200] > used[1]+8 || used[200] > before+40 {
		t.Errorf("got %d threads before, %v by number of channels", before, used)
	}
}
