package engine

// slab hands out room for elements in order, cut from few large allocations: a large graph is built of many small parts that live
// as long as it does.
type slab[T any] struct {
	free []T
	made int
}

// take returns an empty slice with room for n elements and no more.
func (s *slab[T]) take(n int) []T {
	if len(s.free) < n {
		s.free = make([]T, max(n, min(8+s.made, 512)))
		s.made += len(s.free)
	}
	room := s.free[:0:n]
	s.free = s.free[n:]
	return room
}

// one returns room for a single element.
func (s *slab[T]) one() *T { return &s.take(1)[:1][0] }

// slabs are where the parts of a graph's nodes come from.
type slabs struct {
	nodes slab[Node]
	ins   slab[port]
	outs  slab[output]
	heads slab[*head]
	links slab[*link]
}
