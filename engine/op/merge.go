package op

import "gw/engine"

// Merge returns the edge of the values of all edges, one a cycle: if several tick at once, the first in the
// order given wins and the others are lost. See [Flatten] for all of them.
func Merge[T any](edges ...engine.Edge[T]) engine.Edge[T] {
	if len(edges) < 2 {
		return only(edges)
	}
	n := node(edges[0], "merge")
	ins, out := use(n, edges), engine.Emit[T](n)
	n.OnTick(func() {
		for _, in := range ins {
			if in.Ticked() {
				out.Set(*in.Ptr())
				return
			}
		}
	})
	return out.Edge()
}

// use lets n read all edges.
func use[T any](n *engine.Node, edges []engine.Edge[T]) []*engine.In[T] {
	ins := make([]*engine.In[T], len(edges))
	for i, e := range edges {
		ins[i] = engine.Use(n, e)
	}
	return ins
}

// only returns the edge of a list of one or none.
func only[T any](edges []engine.Edge[T]) engine.Edge[T] {
	if len(edges) == 0 {
		return engine.Edge[T]{}
	}
	return edges[0]
}
