package engine

// DynamicOut is a node's end of a dynamic basket that it makes. Its methods are for the node it belongs to, in Tick. As an exported field of a struct
// node it needs nothing; a closure node gets it from [EmitDynamic].
type DynamicOut[K comparable, T any] struct{ dynamicSeries[K, T] }

// EmitDynamic gives the closure node n a dynamic basket as output.
func EmitDynamic[K comparable, T any](n *Node) *DynamicOut[K, T] {
	o := &DynamicOut[K, T]{}
	o.bind(n, "")
	return o
}

// Set ticks the element of key k with v; a key that is new appears. An element ticks at most once a cycle.
func (o *DynamicOut[K, T]) Set(k K, v T) { o.set(k, v) }

// Remove takes key k away. A key that has appeared or ticked in this cycle, or is not there, ends the run with an error.
func (o *DynamicOut[K, T]) Remove(k K) { o.remove(k) }

// Has tells whether there is a key k.
func (o *DynamicOut[K, T]) Has(k K) bool {
	_, ok := o.index[k]
	return ok
}

// Basket returns the basket that others read. Call it after [Add].
func (o *DynamicOut[K, T]) Basket() DynamicBasket[K, T] {
	return DynamicBasket[K, T]{&o.dynamicSeries}
}

func (o *DynamicOut[K, T]) bind(n *Node, field string) {
	o.node = n
	o.name = field
	n.making(&o.dynamicSeries)
}
