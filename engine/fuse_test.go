package engine_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gw/engine"
	"gw/engine/op"
)

// Fusing changes nothing that a graph ticks: the same maps, with each edge between them named and so kept, give the same log.
func TestFusedPipesTickTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := rapid.SliceOfN(rapid.IntRange(0, 5), 1, 40).Draw(t, "shape")
		if diff := cmp.Diff(pipes(t, shape, true), pipes(t, shape, false)); diff != "" {
			t.Fatalf("kept (-) and fused (+) differ:\n%s", diff)
		}
	})
}

// pipes runs a random graph of maps that mostly follow each other, and logs some of its edges.
func pipes(t *rapid.T, shape []int, named bool) (log []string) {
	g := engine.New()
	all := []engine.Edge[int]{engine.Timer(g, 1, 3), engine.Timer(g, 2, 5)}
	for i, s := range shape {
		e := all[len(all)-1]
		switch s {
		case 0: // another reader of an older edge
			e = all[len(all)/2]
		case 1: // through another type
			e = op.Map(op.Map(e, func(v int) string { return fmt.Sprint(v) }), func(s string) int { return len(s) + i })
		case 2: // no map
			e = op.Merge(e, all[0])
		case 3:
			engine.Sink(e, "log", func(v *int) { log = append(log, fmt.Sprint(g.Now(), g.Cycle(), i, *v)) })
		}
		e = engine.Pipe(e, "pipe", func(v int) int { return (3*v + i) % 1009 })
		if named {
			e.Named(fmt.Sprint(i))
		}
		all = append(all, e)
	}
	engine.Sink(all[len(all)-1], "log", func(v *int) { log = append(log, fmt.Sprint(g.Now(), g.Cycle(), "end", *v)) })
	if err := g.Run(t.Context(), engine.Config{End: 7}); err != nil {
		t.Fatal(err)
	}
	return log
}

func TestPipeIsKeptWhenAReaderIsAddedBetweenRuns(t *testing.T) {
	g := engine.New()
	mid := engine.Pipe(engine.Const(g, 1, 0), "first", func(v int) int { return v + 1 })
	var got []int
	see := func(v *int) { got = append(got, *v) }
	engine.Sink(engine.Pipe(mid, "second", func(v int) int { return 10 * v }), "end", see)
	run(t, g)
	engine.Sink(mid, "mid", see)
	run(t, g)
	if diff := cmp.Diff([]int{20, 2, 20}, got); diff != "" {
		t.Error(diff)
	}
}

func TestPanicInAFusedPipeNamesTheLastOfItsChain(t *testing.T) {
	g := engine.New()
	e := engine.Pipe(engine.Const(g, 0, 0), "divide", func(v int) int { return 1 / v })
	engine.Sink(engine.Pipe(e, "round", func(v int) int { return v }), "end", func(*int) {})
	var at *engine.NodeError
	if err := g.Run(t.Context(), engine.Config{}); !errors.As(err, &at) || at.Node != "round" {
		t.Errorf("got %v, want an error of node %q", err, "round")
	}
}
