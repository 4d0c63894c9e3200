package op

import (
	"cmp"

	"gw/engine"
)

// Eq returns the edge of a == b. Like every comparison here it ticks when either edge does, once both have, whether or not the answer
// changes; see [DropDups] for changes alone.
func Eq[T comparable](a, b engine.Edge[T]) engine.Edge[bool] {
	return combine(a, b, "eq", func(x, y T) bool { return x == y })
}

// Ne returns the edge of a != b. See [Eq] for when it ticks.
func Ne[T comparable](a, b engine.Edge[T]) engine.Edge[bool] {
	return combine(a, b, "ne", func(x, y T) bool { return x != y })
}

// Lt returns the edge of a < b. See [Eq] for when it ticks.
func Lt[T cmp.Ordered](a, b engine.Edge[T]) engine.Edge[bool] {
	return combine(a, b, "lt", func(x, y T) bool { return x < y })
}

// Le returns the edge of a <= b. See [Eq] for when it ticks.
func Le[T cmp.Ordered](a, b engine.Edge[T]) engine.Edge[bool] {
	return combine(a, b, "le", func(x, y T) bool { return x <= y })
}

// Gt returns the edge of a > b. See [Eq] for when it ticks.
func Gt[T cmp.Ordered](a, b engine.Edge[T]) engine.Edge[bool] {
	return combine(a, b, "gt", func(x, y T) bool { return x > y })
}

// Ge returns the edge of a >= b. See [Eq] for when it ticks.
func Ge[T cmp.Ordered](a, b engine.Edge[T]) engine.Edge[bool] {
	return combine(a, b, "ge", func(x, y T) bool { return x >= y })
}

// Not returns the edge of the opposite of e's values.
func Not(e engine.Edge[bool]) engine.Edge[bool] {
	return Map(e, func(v bool) bool { return !v })
}

// BitNot returns the edge of e's values with all bits turned.
func BitNot[T Integer](e engine.Edge[T]) engine.Edge[T] {
	return Map(e, func(v T) T { return ^v })
}

// And returns the edge that tells whether the last values of all edges are true. It ticks when any edge does, once all have.
func And(edges ...engine.Edge[bool]) engine.Edge[bool] {
	return CombineAll(edges, func(vs []bool) bool {
		for _, v := range vs {
			if !v {
				return false
			}
		}
		return true
	})
}

// Or returns the edge that tells whether the last value of any edge is true. It ticks when any edge does, once all have.
func Or(edges ...engine.Edge[bool]) engine.Edge[bool] {
	return CombineAll(edges, func(vs []bool) bool {
		for _, v := range vs {
			if v {
				return true
			}
		}
		return false
	})
}
