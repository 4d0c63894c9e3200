package engine

import (
	"bytes"
	"cmp"
	"iter"
	"slices"
)

// BasketIn is a node's end of a basket that it reads as a whole: it finds the elements that ticked without looking at the
// others. As a field of a struct node it is set to FromBasket(basket) before [Add]. Engine goroutine only.
type BasketIn[K comparable, T any] struct {
	basket Basket[K, T]
	ins    []In[T]
	order  []int   // elements in the order in which those of one cycle tick
	marks  []uint8 // one an element in that order, 1 = ticked since last looked at
	any    uint8
}

// FromBasket returns an input on all edges of b.
func FromBasket[K comparable, T any](b Basket[K, T]) BasketIn[K, T] {
	return BasketIn[K, T]{basket: b}
}

// UseBasket lets the closure node n read b and be called when any of its edges ticks.
func UseBasket[K comparable, T any](n *Node, b Basket[K, T]) *BasketIn[K, T] {
	in := &BasketIn[K, T]{basket: b}
	in.bind(n, "")
	return in
}

// Keys returns the keys in order. The slice must not be changed.
func (b *BasketIn[K, T]) Keys() []K { return b.basket.keys }

// Len returns the number of keys.
func (b *BasketIn[K, T]) Len() int { return len(b.ins) }

// At returns the input of key k, nil if there is no such key.
func (b *BasketIn[K, T]) At(k K) *In[T] {
	if i, ok := b.basket.index[k]; ok {
		return &b.ins[i]
	}
	return nil
}

// Passive keeps all elements from calling the node; see [In.Passive]. Those that are passive are not among the TickedItems.
func (b *BasketIn[K, T]) Passive() {
	for i := range b.ins {
		b.ins[i].Passive()
	}
}

// Active undoes Passive, from the next ticks on.
func (b *BasketIn[K, T]) Active() {
	for i := range b.ins {
		b.ins[i].Active()
	}
}

// Ticked tells whether any active element ticked in this cycle. It costs O(elements that ticked).
func (b *BasketIn[K, T]) Ticked() bool {
	for range b.TickedItems() {
		return true
	}
	return false
}

// Valid tells whether every element has ticked at least once. It costs O(elements).
func (b *BasketIn[K, T]) Valid() bool {
	for i := range b.ins {
		if !b.ins[i].Valid() {
			return false
		}
	}
	return true
}

// TickedItems yields the keys and inputs of the active elements that ticked in this cycle, in the order in which they ticked: by the rank of
// the nodes that make them, at one rank by wiring.
func (b *BasketIn[K, T]) TickedItems() iter.Seq2[K, *In[T]] {
	return func(yield func(K, *In[T]) bool) {
		for i := 0; i < len(b.marks); i++ {
			k := bytes.IndexByte(b.marks[i:], 1)
			if k < 0 {
				return
			}
			i += k
			e := b.order[i]
			in := &b.ins[e]
			if !in.Ticked() { // marked in an earlier cycle that did not look
				b.marks[i] = 0
			} else if !in.passive && !yield(b.basket.keys[e], in) {
				return
			}
		}
	}
}

// ValidItems yields the keys and inputs of the elements that have ever ticked, in the order of the keys. It costs O(elements).
func (b *BasketIn[K, T]) ValidItems() iter.Seq2[K, *In[T]] {
	return func(yield func(K, *In[T]) bool) {
		for i := range b.ins {
			if in := &b.ins[i]; in.Valid() && !yield(b.basket.keys[i], in) {
				return
			}
		}
	}
}

func (b *BasketIn[K, T]) bind(n *Node, field string) {
	b.ins = make([]In[T], len(b.basket.keys))
	b.marks = make([]uint8, len(b.ins))
	for i, e := range b.basket.edges {
		in := &b.ins[i]
		in.src = e.s
		in.bind(n, field)
	}
	n.g.sets = append(n.g.sets, b)
}

// arrange orders the elements, now that ranks are known.
func (b *BasketIn[K, T]) arrange() {
	b.order = make([]int, len(b.ins))
	for i := range b.order {
		b.order[i] = i
	}
	slices.SortStableFunc(b.order, func(x, y int) int {
		m, n := b.ins[x].src.node, b.ins[y].src.node
		return cmp.Or(cmp.Compare(m.rank, n.rank), cmp.Compare(m.id, n.id))
	})
	for i, e := range b.order {
		m := b.ins[e].extra()
		m.mark, m.markBlk = &b.marks[i], &b.any
	}
}
