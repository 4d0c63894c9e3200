package op

import "gw/engine"

// Field returns the edge of a part of e's values: the one that at points to. at gets the value in place, read-only.
func Field[S, F any](e engine.Edge[S], at func(*S) *F) engine.Edge[F] {
	n := node(e, "field")
	in, out := engine.Use(n, e), engine.Emit[F](n)
	n.OnTick(func() { out.Set(*at(in.Ptr())) })
	return out.Edge()
}

// Setter is an edge and the part of an S that its value fills; see [Into].
type Setter[S any] struct {
	graph func() *engine.Graph
	use   func(n *engine.Node) filler[S]
}

// filler is a setter that a node reads.
type filler[S any] struct {
	in interface {
		Ticked() bool
		Valid() bool
		Passive()
	}
	fill func(*S)
}

// Into says that the value of e fills the part of an S that at points to.
func Into[S, F any](e engine.Edge[F], at func(*S) *F) Setter[S] {
	return Setter[S]{e.Graph, func(n *engine.Node) filler[S] {
		in := engine.Use(n, e)
		return filler[S]{in, func(s *S) { *at(s) = *in.Ptr() }}
	}}
}

// Build returns the edge of structs made from the last values of the edges that have ticked, at each tick of any of them. What has not ticked
// stays zero.
func Build[S any](fields ...Setter[S]) engine.Edge[S] {
	n, fs := fillers(fields, "build")
	return fillBy(n, fs, func(f filler[S]) bool { return f.in.Valid() })
}

// BuildOn is [Build] at each tick of trigger only, the first of which may find nothing but zeros.
func BuildOn[S, U any](trigger engine.Edge[U], fields ...Setter[S]) engine.Edge[S] {
	n, fs := fillers(fields, "build")
	engine.Use(n, trigger)
	for _, f := range fs {
		f.in.Passive()
	}
	return fillBy(n, fs, func(f filler[S]) bool { return f.in.Valid() })
}

// CollectInto returns the edge of structs made from the values that tick in one cycle. What does not tick in it stays zero.
func CollectInto[S any](fields ...Setter[S]) engine.Edge[S] {
	n, fs := fillers(fields, "collect")
	return fillBy(n, fs, func(f filler[S]) bool { return f.in.Ticked() })
}

// fillers adds the node that reads the fields.
func fillers[S any](fields []Setter[S], name string) (*engine.Node, []filler[S]) {
	var g *engine.Graph
	for _, f := range fields {
		if g == nil {
			g = f.graph()
		}
	}
	if g == nil { // no edge has a graph, and what comes of them fits into none
		g = engine.New()
	}
	n := g.Node(name)
	fs := make([]filler[S], len(fields))
	for i, f := range fields {
		fs[i] = f.use(n)
	}
	return n, fs
}

func fillBy[S any](n *engine.Node, fs []filler[S], take func(filler[S]) bool) engine.Edge[S] {
	out := engine.Emit[S](n)
	n.OnTick(func() {
		var s S
		for _, f := range fs {
			if take(f) {
				f.fill(&s)
			}
		}
		out.Set(s)
	})
	return out.Edge()
}
