package op_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gw/engine"
	"gw/engine/op"
)

// A run that is saved at any cycle and taken up in a fresh graph ticks as one that was not.
func TestEveryOperatorSavesItsState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points := rapid.SliceOfN(rapid.IntRange(0, 9), 1, 60).Draw(t, "values")
		gaps := rapid.SliceOfN(rapid.IntRange(0, 3), len(points), len(points)).Draw(t, "gaps")
		whole := newZoo(points, gaps)
		last := whole.run(t)
		at := rapid.Uint64Range(1, last).Draw(t, "saved at")

		first := newZoo(points, gaps)
		var saved []byte
		first.g.OnCycleEnd(func(_ engine.Time, cycle uint64) {
			if cycle == at {
				saved = first.save(t)
			}
		})
		first.run(t)

		second := newZoo(points, gaps)
		if err := second.g.Restore(saved); err != nil {
			t.Fatal(err)
		}
		second.run(t)
		if diff := cmp.Diff(whole.after(at), second.after(at)); diff != "" {
			t.Fatalf("ticks after cycle %d (-whole +restored):\n%s", at, diff)
		}
		if !bytes.Equal(whole.save(t), second.save(t)) {
			t.Fatal("the state at the end differs")
		}
	})
}

// zoo is a graph with all operators that keep state, and most others.
type zoo struct {
	g   *engine.Graph
	log []string
}

func newZoo(values, gaps []int) *zoo {
	z := &zoo{g: engine.New()}
	points, at := make([]engine.Point[int], len(values)), 0
	for i, v := range values {
		at += gaps[i]
		points[i] = engine.Point[int]{At: engine.Time(at), V: v}
	}
	x := engine.Curve(z.g, points)
	even := op.Map(x, func(v int) bool { return v%2 == 0 })
	y := op.Delay(op.Filter(x, func(v *int) bool { return *v > 3 }), 2)
	pairs := engine.NewBasket([]string{"x", "y"}, []engine.Edge[int]{x, y})

	see(z, "accum", op.Accum(x, 5))
	see(z, "collect", op.Collect(x, y))
	see(z, "combine", op.Add(op.Map(op.Map(x, double), double), y))
	see(z, "count", op.Count(x))
	see(z, "default", op.Default(y, -1, 5))
	see(z, "demultiplex", op.CollectBasket(op.Demultiplex(x, []int{1, 2}, func(v *int) int { return *v })))
	see(z, "diff", op.DiffTime(x, 3*time.Nanosecond))
	see(z, "dropdups", op.DropDups(x))
	see(z, "dynamic", op.DynamicCollect(op.DynamicDemultiplexUntil(x, func(v *int) int { return *v % 4 }, y)))
	see(z, "feedback", op.WrapFeedback(x))
	see(z, "firstn", op.FirstN(x, 5))
	see(z, "flatten", op.Flatten(x, y, op.WrapFeedback(y)))
	see(z, "gate", op.Gate(x, op.DropDups(even)))
	see(z, "gatetick", op.GateTick(y, even))
	see(z, "lag", op.Lag(x, 3))
	see(z, "merge", op.Merge(y, x))
	see(z, "multiplex", op.Multiplex(pairs, op.Map(x, func(v int) string { return string(rune('x' + v%3)) }), op.TickOnKey))
	see(z, "sample", op.Sample(x, y))
	see(z, "split", first(op.Split(even, y)))
	see(z, "sync", op.CollectBasket(op.Sync(pairs, op.SyncConfig{Threshold: 2})))
	see(z, "syncon", op.CollectBasket(op.SyncOn(even, pairs, op.SyncConfig{Threshold: 4, Complete: true})))
	see(z, "unroll", op.Unroll(op.Map(x, func(v int) []int { return make([]int, v/2) })))
	return z
}

func first[T any](e, _ T) T { return e }

func see[T any](z *zoo, name string, e engine.Edge[T]) {
	engine.Sink(e, name, func(v *T) {
		z.log = append(z.log, fmt.Sprintf("%06d %d %s=%v", z.g.Cycle(), z.g.Now(), name, *v))
	})
}

// run runs the graph and returns its last cycle.
func (z *zoo) run(t *rapid.T) (last uint64) {
	z.g.OnCycleEnd(func(_ engine.Time, cycle uint64) { last = cycle })
	if err := z.g.Run(context.Background(), engine.Config{}); err != nil {
		t.Fatal(err)
	}
	return last
}

func (z *zoo) save(t *rapid.T) []byte {
	data, err := z.g.Save()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// after returns what has ticked after a cycle.
func (z *zoo) after(cycle uint64) []string {
	for i, line := range z.log {
		if strings.Compare(line, fmt.Sprintf("%06d ", cycle+1)) >= 0 {
			return z.log[i:]
		}
	}
	return nil
}
