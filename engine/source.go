package engine

// feed is the series of a source that takes one value a cycle.
type feed[T any] struct {
	series[T]
	queue list
}

func (f *feed[T]) held() *list   { return &f.queue }
func (f *feed[T]) touch() uint64 { return f.last }

// add makes n the node of the feed, and s what begins and ends with the run.
func (f *feed[T]) add(g *Graph, name, kind string, s source) {
	n := g.node(name, kind)
	n.source = s
	f.node = n
	n.making(f)
}

func (f *feed[T]) prepare() *head {
	f.queue = list{}
	return f.series.prepare()
}

func (f *feed[T]) load(r *unpacker) error {
	f.queue = list{}
	return f.series.load(r)
}

// put ticks the feed with v, unless it has ticked in this cycle.
func (f *feed[T]) put(v T) bool {
	if f.last == f.clk.cycle {
		return false
	}
	f.val = v
	f.head.tick()
	return true
}

func (f *feed[T]) begin(_, _ Time) error { return nil }
func (f *feed[T]) finish() error         { return nil }
