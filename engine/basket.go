package engine

import "fmt"

// Basket is a fixed set of edges of one type by key. It is a value; copies share the edges.
type Basket[K comparable, T any] struct {
	keys  []K
	edges []Edge[T]
	index map[K]int
}

// NewBasket returns the basket of the edges under the keys, in that order. Keys that repeat and lengths that differ are errors of
// wiring, reported by the edges' graph. The slices are not copied.
func NewBasket[K comparable, T any](keys []K, edges []Edge[T]) Basket[K, T] {
	b := Basket[K, T]{keys: keys, edges: edges, index: make(map[K]int, len(keys))}
	err := error(nil)
	if len(keys) != len(edges) {
		err = fmt.Errorf("basket: got %d keys and %d edges", len(keys), len(edges))
		b.keys = keys[:min(len(keys), len(edges))]
		b.edges = edges[:len(b.keys)]
	}
	for i, k := range b.keys {
		if _, ok := b.index[k]; ok {
			err = fmt.Errorf("basket: key %v repeats", k)
		}
		b.index[k] = i
	}
	if g := b.Graph(); g != nil && err != nil {
		g.wrong("%w", err)
	}
	return b
}

// Graph returns the graph of the edges, nil if there are none.
func (b Basket[K, T]) Graph() *Graph {
	for _, e := range b.edges {
		if g := e.Graph(); g != nil {
			return g
		}
	}
	return nil
}

// Len returns the number of keys.
func (b Basket[K, T]) Len() int { return len(b.keys) }

// Keys returns the keys in order. The slice must not be changed.
func (b Basket[K, T]) Keys() []K { return b.keys }

// Edges returns the edges in the order of the keys. The slice must not be changed.
func (b Basket[K, T]) Edges() []Edge[T] { return b.edges }

// At returns the edge of key k, the zero Edge if there is no such key.
func (b Basket[K, T]) At(k K) Edge[T] {
	if i, ok := b.index[k]; ok {
		return b.edges[i]
	}
	return Edge[T]{}
}
