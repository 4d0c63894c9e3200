package stats_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gw/engine"
	"gw/engine/stats"
)

// A run that is saved at any cycle and taken up in a fresh graph ticks as one that was not.
func TestEveryStatisticSavesItsState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScenario(t)
		whole, none := logged(t, s, nil, 0)
		at := rapid.Uint64Range(1, uint64(len(s.steps))).Draw(t, "saved at")
		_, saved := logged(t, s, nil, at)
		restored, end := logged(t, s, saved, 0)
		if diff := cmp.Diff(whole[at:], restored[at:]); diff != "" {
			t.Fatalf("ticks after cycle %d (-whole +restored):\n%s", at, diff)
		}
		if !bytes.Equal(none, end) {
			t.Fatal("the state at the end differs")
		}
	})
}

// logged runs a scenario, from a saved state if there is one, and returns its ticks by cycle and its state after the cycle saveAt, or at the end.
func logged(t *rapid.T, s scenario, from []byte, saveAt uint64) (log [][]string, state []byte) {
	g := engine.New()
	w, p, _ := s.wire(g)
	edges := wired(w, p)
	if s.span == 0 && s.ticks == 0 {
		edges["ema unadjusted"] = stats.Ema(w, stats.Decay{Halflife: 3, Unadjusted: true})
	}
	edges["ema_cov"] = stats.EmaCov(p, stats.Decay{Halflife: 3}, true)
	log = make([][]string, len(s.steps)+1)
	for _, name := range slices.Sorted(maps.Keys(edges)) {
		engine.Sink(edges[name], name, func(v *float64) { log[g.Cycle()-1] = append(log[g.Cycle()-1], fmt.Sprint(name, "=", *v)) })
	}
	engine.Sink(stats.CrossSectional(w), "all", func(v *[]float64) { log[g.Cycle()-1] = append(log[g.Cycle()-1], fmt.Sprint(*v)) })
	v := stats.OverVector(stats.ListToVector([]engine.Edge[float64]{stats.Last(w), edges["corr"]}, true), 2, stats.Config{Interval: stats.Ticks(4)})
	engine.Sink(stats.CovMatrix(v, 1), "matrix", func(m *stats.Matrix) { log[g.Cycle()-1] = append(log[g.Cycle()-1], fmt.Sprint(m.Values)) })
	g.OnCycleEnd(func(_ engine.Time, cycle uint64) {
		if cycle == saveAt {
			state = save(t, g)
		}
	})
	if from != nil {
		if err := g.Restore(from); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.Run(context.Background(), engine.Config{}); err != nil {
		t.Fatal(err)
	}
	if saveAt == 0 {
		state = save(t, g)
	}
	return log, state
}

func save(t *rapid.T, g *engine.Graph) []byte {
	data, err := g.Save()
	if err != nil {
		t.Fatal(err)
	}
	return data
}
