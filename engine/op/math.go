package op

import (
	"math"

	"gw/engine"
)

// Integer is what has bits and an integer remainder.
type Integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// Cast returns the edge of e's values as another number, by Go's conversion: a fraction is cut off, and what does not fit wraps around.
func Cast[U, T Number](e engine.Edge[T]) engine.Edge[U] {
	return Map(e, func(v T) U { return U(v) })
}

// Add returns the edge of a + b: like every function of two edges here it ticks when either does, once both have.
func Add[T Number](a, b engine.Edge[T]) engine.Edge[T] {
	return combine(a, b, "add", func(x, y T) T { return x + y })
}

// Sub returns the edge of a - b. See [Add] for when it ticks.
func Sub[T Number](a, b engine.Edge[T]) engine.Edge[T] {
	return combine(a, b, "sub", func(x, y T) T { return x - y })
}

// Mul returns the edge of a * b. See [Add] for when it ticks.
func Mul[T Number](a, b engine.Edge[T]) engine.Edge[T] {
	return combine(a, b, "mul", func(x, y T) T { return x * y })
}

// Div returns the edge of a / b as a float64, as csp divides: 7 / 2 is 3.5, and 1 / 0 is infinite. See [Add] for when it ticks.
func Div[T Number](a, b engine.Edge[T]) engine.Edge[float64] {
	return combine(a, b, "div", func(x, y T) float64 { return float64(x) / float64(y) })
}

// FloorDiv returns the edge of the largest integer not above a / b, as Python's // does. See [Add] for when it ticks. A b of 0
// ends the run with an error.
func FloorDiv[T Integer](a, b engine.Edge[T]) engine.Edge[T] {
	return combine(a, b, "floordiv", func(x, y T) T {
		if q := x / y; x%y == 0 || (x < 0) == (y < 0) {
			return q
		} else {
			return q - 1
		}
	})
}

// Mod returns the edge of the remainder of [FloorDiv], which has b's sign. See [Add] for when it ticks. A b of 0 ends the run with
// an error.
func Mod[T Integer](a, b engine.Edge[T]) engine.Edge[T] {
	return combine(a, b, "mod", func(x, y T) T {
		r := x % y
		if r != 0 && (r < 0) != (y < 0) {
			r += y
		}
		return r
	})
}

// Pow returns the edge of a to the power of b. See [Add] for when it ticks.
func Pow[T Number](a, b engine.Edge[T]) engine.Edge[T] {
	return combine(a, b, "pow", func(x, y T) T { return T(math.Pow(float64(x), float64(y))) })
}

// Max returns the edge of the larger of a and b; a NaN wins. See [Add] for when it ticks. The maximum of a window is stats.Max.
func Max[T Number](a, b engine.Edge[T]) engine.Edge[T] {
	return combine(a, b, "max", func(x, y T) T { return max(x, y) })
}

// Min returns the edge of the smaller of a and b; a NaN wins. See [Add] for when it ticks. The minimum of a window is stats.Min.
func Min[T Number](a, b engine.Edge[T]) engine.Edge[T] {
	return combine(a, b, "min", func(x, y T) T { return min(x, y) })
}

// Neg returns the edge of -v.
func Neg[T Number](e engine.Edge[T]) engine.Edge[T] {
	return Map(e, func(v T) T { return -v })
}

// Abs returns the edge of v without its sign.
func Abs[T Number](e engine.Edge[T]) engine.Edge[T] {
	return Map(e, func(v T) T {
		if v <= 0 { // -0 too
			return 0 - v
		}
		return v
	})
}

// Real returns the edge of f(v) for a function of package math: csp's ln, exp, sqrt, erf, sin and their like are Real(e, math.Log),
// Real(e, math.Exp) and so on. Integers are converted.
func Real[T Number](e engine.Edge[T], f func(float64) float64) engine.Edge[float64] {
	return Map(e, func(v T) float64 { return f(float64(v)) })
}
