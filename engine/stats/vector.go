package stats

import (
	"fmt"
	"math"

	"gw/engine"
)

// ListToVector returns the edge of slices with one element an edge, at each tick of any: its value if it ticks, else NaN, or with keep
// the last value. The slice is reused by the next tick.
func ListToVector(edges []engine.Edge[float64], keep bool) engine.Edge[[]float64] {
	var first engine.Edge[float64]
	if len(edges) > 0 {
		first = edges[0]
	}
	n := node(first, "vector")
	ins := make([]*engine.In[float64], len(edges))
	for i, e := range edges {
		ins[i] = engine.Use(n, e)
	}
	out := engine.Emit[[]float64](n)
	n.OnTick(func() {
		v := (*out.Slot())[:0]
		for _, in := range ins {
			x := math.NaN()
			if in.Ticked() || keep && in.Valid() {
				x = in.Get()
			}
			v = append(v, x)
		}
		out.Set(v)
	})
	return out.Edge()
}

// VectorToList returns the edges of the elements of slices of length size. A NaN does not tick. A slice of another length ends the run with an error.
func VectorToList(e engine.Edge[[]float64], size int) []engine.Edge[float64] {
	n := node(e, "list")
	in := engine.Use(n, e)
	outs, edges := make([]*engine.Out[float64], size), make([]engine.Edge[float64], size)
	for i := range outs {
		outs[i] = engine.Emit[float64](n)
		edges[i] = outs[i].Edge()
	}
	n.OnTick(func() {
		v := *in.Ptr()
		if len(v) != size {
			n.Stop(fmt.Errorf("list: got a slice of length %d, want %d", len(v), size))
			return
		}
		for i, x := range v {
			if x == x {
				outs[i].Set(x)
			}
		}
	})
	return edges
}
