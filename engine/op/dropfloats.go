package op

import (
	"math"

	"gw/engine"
)

// DropNear returns the edge of the values of e that lie at least eps from the last value let through. A NaN is near another NaN and far
// from everything else. It is csp's drop_dups with eps; csp's own eps is 1e-12.
func DropNear[T ~float32 | ~float64](e engine.Edge[T], eps T) engine.Edge[T] {
	return DropDupsFunc(e, func(last, v *T) bool {
		if *v != *v || *last != *last {
			return *v != *v && *last != *last
		}
		return *v == *last || math.Abs(float64(*v-*last)) < float64(eps)
	})
}

// DropNaNs returns the edge of the values of e that are numbers.
func DropNaNs[T ~float32 | ~float64](e engine.Edge[T]) engine.Edge[T] {
	return Filter(e, func(v *T) bool { return *v == *v })
}
