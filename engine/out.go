package engine

// Out is a node's end of an edge that it makes. It ticks at most once a cycle; a second tick ends the run with an error.
// Its methods are for the node it belongs to, in Tick.
type Out[T any] struct{ series[T] }

// Emit gives the closure node n an output.
func Emit[T any](n *Node) *Out[T] {
	o := &Out[T]{}
	o.bind(n, "")
	return o
}

// Set ticks the output with a copy of v.
func (o *Out[T]) Set(v T) {
	o.val = v
	o.head.tick()
}

// Slot returns the place of the value, to be written before [Out.Tick]. It still holds the value before.
func (o *Out[T]) Slot() *T { return &o.val }

// Tick ticks the output with what Slot holds.
func (o *Out[T]) Tick() { o.head.tick() }

// Edge returns the edge that others read. Call it after [Add].
func (o *Out[T]) Edge() Edge[T] { return Edge[T]{&o.series} }

func (o *Out[T]) bind(n *Node, field string) {
	o.node = n
	o.name = field
	n.making(&o.series)
}
