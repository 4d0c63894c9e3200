package stats

import (
	"fmt"

	"gw/engine"
)

// Elements returns the edge of a statistic of each element of slices of length size, as csp.stats has it of arrays: statistic makes it over the window of one
// element, for example Mean. All elements are taken in and put out together; a NaN takes its place in the window of its element only. A slice of another length ends
// the run with an error. The result is reused by the next tick. It costs what size statistics cost.
func Elements[T any](e engine.Edge[[]float64], size int, c Config, statistic func(w *Window) engine.Edge[T]) engine.Edge[[]T] {
	n := node(e, "elements")
	in := engine.Use(n, e)
	outs := make([]*engine.Out[float64], size)
	for i := range outs {
		outs[i] = engine.Emit[float64](n)
	}
	n.OnTick(func() {
		v := *in.Ptr()
		if len(v) != size {
			n.Stop(fmt.Errorf("elements: got a slice of length %d, want %d", len(v), size))
			return
		}
		for i, x := range v {
			outs[i].Set(x)
		}
	})
	all := node(e, "vector")
	results := make([]*engine.In[T], size)
	for i, out := range outs {
		results[i] = engine.Use(all, statistic(Over(out.Edge(), c)))
	}
	vector := engine.Emit[[]T](all)
	all.OnTick(func() {
		s := (*vector.Slot())[:0]
		for _, r := range results {
			s = append(s, r.Get())
		}
		vector.Set(s)
	})
	return vector.Edge()
}
