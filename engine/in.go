package engine

// In is a node's end of an edge that it reads. As an exported field of a struct node it is set to From(edge) before
// [Add]; a closure node gets it from [Use]. Its methods are for the engine's goroutine.
type In[T any] struct {
	src *series[T]
	link
}

// From returns an input on e, to be put in a field of a struct node.
func From[T any](e Edge[T]) In[T] { return In[T]{src: e.s} }

// Use lets the closure node n read e and be called when e ticks.
func Use[T any](n *Node, e Edge[T]) *In[T] {
	in := &In[T]{src: e.s}
	in.bind(n, "")
	return in
}

// Ticked tells whether a value arrived in this cycle.
func (in *In[T]) Ticked() bool { return in.src.last == in.src.clk.cycle }

// Valid tells whether a value has ever arrived.
func (in *In[T]) Valid() bool { return in.src.last != 0 }

// Get returns a copy of the last value, the zero value if none arrived yet.
func (in *In[T]) Get() T { return in.src.val }

// Ptr returns the last value in place. It is read-only, shared by all readers and overwritten by the next tick.
func (in *In[T]) Ptr() *T { return &in.src.val }

// Time returns the engine time of the last tick, 0 if none.
func (in *In[T]) Time() Time { return in.src.at }

// Count returns how many values have arrived in this run.
func (in *In[T]) Count() uint64 { return in.src.count }

// Passive keeps the edge from calling the node; its value can still be read, and Ticked still tells the truth when
// the node runs for another reason. It may be called while wiring, in Start and in Tick. It costs O(listeners of the edge).
func (in *In[T]) Passive() { in.setPassive(true) }

// Active undoes Passive, from the edge's next tick on.
func (in *In[T]) Active() { in.setPassive(false) }

func (in *In[T]) setPassive(on bool) {
	if in.passive == on {
		return
	}
	in.passive = on
	if in.node != nil && in.node.dirty != nil && in.src != nil {
		in.src.relink()
	}
}

// input is an In as its node keeps it.
type input interface {
	// producer resolves delayed edges and returns the head it reads.
	producer() (*head, error)
	listener() *link
	// boxed returns a copy of the value that it reads.
	boxed() any
}

func (in *In[T]) bind(n *Node, field string) {
	in.node = n
	n.reading(in, field)
}

func (in *In[T]) producer() (*head, error) {
	if in.src == nil {
		return nil, errUnwired
	}
	s, err := in.src.target()
	if err != nil {
		return nil, err
	}
	in.src = s
	if s.node == nil {
		return nil, errUnadded
	}
	if m := in.more; m != nil && (m.ticks > 0 || m.span > 0) {
		s.buffer(m.ticks, m.span)
	}
	return &s.head, nil
}

func (in *In[T]) listener() *link { return &in.link }
func (in *In[T]) boxed() any      { return in.src.boxed() }
