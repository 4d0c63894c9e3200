package op

import (
	"fmt"

	"gw/engine"
)

// KeyOption changes what [Multiplex], [Demultiplex] and [DemultiplexBy] do. Options are added up with |.
type KeyOption uint8

const (
	// TickOnKey lets Multiplex tick, with the value there is, when the key changes, and not only when a value comes.
	TickOnKey KeyOption = 1 << iota
	// FailOnBadKey ends the run with an error at a key that is not in the basket, instead of dropping the value.
	FailOnBadKey
)

// Demultiplex returns the basket of the values of e by key: each ticks the edge of the key that key returns for it. Values of
// other keys are dropped.
func Demultiplex[K comparable, T any](e engine.Edge[T], keys []K, key func(*T) K, o ...KeyOption) engine.Basket[K, T] {
	n := node(e, "demultiplex")
	in, d := engine.Use(n, e), newRouter[K, T](n, o)
	n.OnTick(func() { d.route(key(in.Ptr()), in.Ptr()) })
	return d.basket(keys)
}

// DemultiplexBy is [Demultiplex] by the last value of an edge of keys, which is read and does not tick anything itself. What ticks before
// the first key is dropped.
func DemultiplexBy[K comparable, T any](e engine.Edge[T], key engine.Edge[K], keys []K, o ...KeyOption) engine.Basket[K, T] {
	n := node(e, "demultiplex")
	in, which, d := engine.Use(n, e), engine.Use(n, key), newRouter[K, T](n, o)
	which.Passive()
	n.OnTick(func() {
		if which.Valid() {
			d.route(which.Get(), in.Ptr())
		}
	})
	return d.basket(keys)
}

// router ticks one of many outputs.
type router[K comparable, T any] struct {
	n    *engine.Node
	outs map[K]*engine.Out[T]
	fail bool
}

func newRouter[K comparable, T any](n *engine.Node, o []KeyOption) *router[K, T] {
	return &router[K, T]{n: n, outs: make(map[K]*engine.Out[T]), fail: has(o, FailOnBadKey)}
}

// edge returns the edge of key k, which is made when it is first asked for.
func (r *router[K, T]) edge(k K) engine.Edge[T] {
	out, ok := r.outs[k]
	if !ok {
		out = engine.Emit[T](r.n)
		r.outs[k] = out
	}
	return out.Edge()
}

func (r *router[K, T]) basket(keys []K) engine.Basket[K, T] {
	edges := make([]engine.Edge[T], len(keys))
	for i, k := range keys {
		edges[i] = r.edge(k)
	}
	return engine.NewBasket(keys, edges)
}

func (r *router[K, T]) route(k K, v *T) {
	if out, ok := r.outs[k]; ok {
		out.Set(*v)
	} else if r.fail {
		r.n.Stop(badKey(k))
	}
}

func badKey[K comparable](k K) error { return fmt.Errorf("key %v is not in the basket", k) }

func has(options []KeyOption, o KeyOption) bool {
	for _, x := range options {
		if x&o != 0 {
			return true
		}
	}
	return false
}
