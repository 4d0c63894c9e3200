package engine_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"runtime"
	"testing"

	"gw/engine"
)

// fuzzed is a saved state, and a graph that it fits.
type fuzzed struct {
	data  []byte
	graph func() *engine.Graph
}

// fuzzable lists states with all that may be in one: sources, alarms, feedback, pasts and kept values; sub-graphs; every kind of value.
func fuzzable(f *testing.F) (all []fuzzed) {
	plain := fuzzed{graph: func() *engine.Graph { return newStateful(nil, 0, nil).g }}
	newStateful([]engine.Point[int]{{At: 2, V: 1}, {At: 2, V: 4}, {At: 9, V: 1}}, 5, &plain.data).run(f)
	orders := []engine.Point[order]{
		{At: 1, V: order{set: map[string]int{"a": 1, "b": 2}}}, {At: 5, V: order{set: map[string]int{"b": 7}}}, {At: 9, V: order{remove: []string{"a"}}},
	}
	subs := fuzzed{graph: func() *engine.Graph { g, _ := dynamicGraph(orders); return g }}
	g := subs.graph()
	g.OnCycleEnd(func(now engine.Time, _ uint64) {
		if now == 5 {
			subs.data, _ = g.Save()
		}
	})
	if err := g.Run(context.Background(), engine.Config{End: 20}); err != nil {
		f.Fatal(err)
	}
	value := everything{j: ptr(1), i: map[string][]int{"x": {1}}, q: make([]struct{}, 2), r: map[struct{}]int{{}: 1}, k: "boxed"}
	kinds := fuzzed{graph: func() *engine.Graph {
		g := engine.New()
		g.Node("n").Keep(1, &value)
		return g
	}}
	kinds.data, _ = kinds.graph().Save()
	return append(all, plain, subs, kinds)
}

// sealed puts the right check sum under a state.
func sealed(data []byte) []byte {
	h := fnv.New64a()
	body := data[:max(0, len(data)-8)]
	h.Write(body)
	return binary.LittleEndian.AppendUint64(bytes.Clone(body), h.Sum64())
}

// FuzzRestore changes bytes of a saved state, with the check sum as it was and with the right one. Damage is refused by its check sum; what has the right
// one is refused or runs, to an error or well, without a panic and without more memory than its size allows.
func FuzzRestore(f *testing.F) {
	states := fuzzable(f)
	f.Add(uint8(0), uint(0), []byte{0}, false, false)
	f.Add(uint8(0), uint(40), []byte{7}, true, false)
	for which, s := range states {
		for at := range s.data {
			f.Add(uint8(which), uint(at), []byte{0xff}, false, true)
		}
		f.Add(uint8(which), uint(60), []byte{0xff, 0xff, 0xff, 0xff, 0x7f}, false, true)
		f.Add(uint8(which), uint(80), []byte{}, true, true)
	}
	f.Fuzz(func(t *testing.T, which uint8, at uint, change []byte, cut, seal bool) {
		s := states[int(which)%len(states)]
		bad := bytes.Clone(s.data)
		from := int(at % uint(len(bad)))
		if cut {
			bad = bad[:from]
		}
		for i, c := range change {
			if from+i < len(bad) {
				bad[from+i] ^= c
			}
		}
		if seal {
			bad = sealed(bad)
		}
		restored(t, s.graph(), bad, !seal && !bytes.Equal(bad, s.data))
	})
}

// restored lets g go on from data for some cycles.
func restored(t *testing.T, g *engine.Graph, data []byte, damaged bool) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := g.Restore(data)
	if damaged {
		if err == nil {
			t.Fatal("damage is taken for a state")
		}
		return
	}
	if err != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	left := 200
	g.OnCycleEnd(func(engine.Time, uint64) {
		if left--; left == 0 {
			cancel()
		}
	})
	err = g.Run(ctx, engine.Config{Start: 1, End: 60})
	var p *engine.PanicError
	if errors.As(err, &p) {
		t.Fatalf("%v\n%s", err, p.Stack)
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 8<<20 {
		t.Fatalf("restoring %d bytes took %d bytes of memory", len(data), took)
	}
}
