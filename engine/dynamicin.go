package engine

import (
	"iter"
	"time"
)

// DynamicIn is a node's end of a dynamic basket that it reads: the node is called when an element ticks, a key appears or a key goes. As an exported
// field of a struct node it is set to FromDynamic(basket) before [Add]. Engine goroutine only.
type DynamicIn[K comparable, T any] struct {
	src *dynamicSeries[K, T]
	link
}

// FromDynamic returns an input on b, to be put in a field of a struct node.
func FromDynamic[K comparable, T any](b DynamicBasket[K, T]) DynamicIn[K, T] {
	return DynamicIn[K, T]{src: b.o}
}

// UseDynamic lets the closure node n read b.
func UseDynamic[K comparable, T any](n *Node, b DynamicBasket[K, T]) *DynamicIn[K, T] {
	in := &DynamicIn[K, T]{src: b.o}
	in.bind(n, "")
	return in
}

// Buffer makes the engine keep the past of every element, those of keys that are to come too; see [In.Buffer].
func (d *DynamicIn[K, T]) Buffer(ticks int, span time.Duration) {
	if d.src == nil {
		return // which Build reports
	}
	if ticks < 0 || span < 0 {
		d.src.node.g.wrong("dynamic basket: got a buffer of %d ticks and %v, want 0 or more", ticks, span)
	}
	d.src.keep(ticks, Time(span))
}

// Ticked tells whether an element ticked or the keys changed in this cycle.
func (d *DynamicIn[K, T]) Ticked() bool { return d.src.last == d.src.clk.cycle }

// Keys returns the keys there are; their order changes when one goes. The slice must not be changed or kept.
func (d *DynamicIn[K, T]) Keys() []K { return d.src.keys }

// Len returns the number of keys.
func (d *DynamicIn[K, T]) Len() int { return len(d.src.keys) }

// Added returns the keys that appeared in this cycle. The slice must not be changed or kept.
func (d *DynamicIn[K, T]) Added() []K {
	if d.src.shapeAt != d.src.clk.cycle {
		return nil
	}
	return d.src.added
}

// Removed returns the keys that went in this cycle. The slice must not be changed or kept.
func (d *DynamicIn[K, T]) Removed() []K {
	if d.src.shapeAt != d.src.clk.cycle {
		return nil
	}
	return d.src.removed
}

// At returns the element of key k for reading, nil if there is no such key. It must not be kept.
func (d *DynamicIn[K, T]) At(k K) *In[T] {
	if e := d.src.element(k); e != nil {
		return &e.in
	}
	return nil
}

// TickedItems yields the keys and elements that ticked in this cycle, in the order of their ticks.
func (d *DynamicIn[K, T]) TickedItems() iter.Seq2[K, *In[T]] {
	return func(yield func(K, *In[T]) bool) {
		if d.src.tickAt != d.src.clk.cycle {
			return
		}
		for _, i := range d.src.ticked {
			if !yield(d.src.keys[i], &d.src.elems[i].in) {
				return
			}
		}
	}
}

// Items yields all keys and elements, in the order of Keys. An element that is made by [Dynamic] is not valid before it ticks; all others are.
func (d *DynamicIn[K, T]) Items() iter.Seq2[K, *In[T]] {
	return func(yield func(K, *In[T]) bool) {
		for i, k := range d.src.keys {
			if !yield(k, &d.src.elems[i].in) {
				return
			}
		}
	}
}

func (d *DynamicIn[K, T]) bind(n *Node, field string) {
	d.node = n
	n.reading(d, field)
}

func (d *DynamicIn[K, T]) producer() (*head, error) {
	if d.src == nil {
		return nil, errUnwired
	}
	if d.src.node == nil {
		return nil, errUnadded
	}
	return &d.src.head, nil
}

func (d *DynamicIn[K, T]) listener() *link { return &d.link }
func (d *DynamicIn[K, T]) boxed() any      { return d.src.boxed() }
