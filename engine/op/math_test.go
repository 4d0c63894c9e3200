package op_test

import (
	"math"
	"testing"

	"gw/engine"
	"gw/engine/op"
)

func TestArithmetic(t *testing.T) {
	binary := func(name, want string, f func(a, b engine.Edge[int]) engine.Edge[int]) row {
		return ticks(name, want, func(g *engine.Graph) engine.Edge[int] { return f(ints(g, "1s=7 3s=-7"), ints(g, "2s=2 4s=-2")) })
	}
	check(t, []row{
		binary("Add", "2s=9 3s=-5 4s=-9", op.Add),
		binary("Sub", "2s=5 3s=-9 4s=-5", op.Sub),
		binary("Mul", "2s=14 3s=-14 4s=14", op.Mul),
		binary("FloorDiv rounds down as Python does", "2s=3 3s=-4 4s=3", op.FloorDiv),
		binary("Mod has the sign of the divisor", "2s=1 3s=1 4s=-1", op.Mod),
		binary("Max", "2s=7 3s=2 4s=-2", op.Max),
		binary("Min", "2s=2 3s=-7 4s=-7", op.Min),
		ticks("Div of integers is a float", "1s=3.5", func(g *engine.Graph) engine.Edge[float64] {
			return op.Div(ints(g, "1s=7"), ints(g, "1s=2"))
		}),
		ticks("Div by zero is infinite", "1s=+Inf", func(g *engine.Graph) engine.Edge[float64] {
			return op.Div(ints(g, "1s=7"), ints(g, "1s=0"))
		}),
		ticks("Pow", "1s=8", func(g *engine.Graph) engine.Edge[int] { return op.Pow(ints(g, "1s=2"), ints(g, "1s=3")) }),
		ticks("Neg", "1s=-2", func(g *engine.Graph) engine.Edge[int] { return op.Neg(ints(g, "1s=2")) }),
		ticks("Abs", "1s=2 2s=0 3s=3", func(g *engine.Graph) engine.Edge[float64] { return op.Abs(floats(g, "1s=-2 2s=-0 3s=3")) }),
		ticks("Real applies a function of package math", "1s=2 2s=NaN", func(g *engine.Graph) engine.Edge[float64] {
			return op.Real(ints(g, "1s=4 2s=-1"), math.Sqrt)
		}),
	})
}

func TestComparison(t *testing.T) {
	compare := func(name, want string, f func(a, b engine.Edge[int]) engine.Edge[bool]) row {
		return ticks(name, want, func(g *engine.Graph) engine.Edge[bool] { return f(ints(g, "1s=1 3s=2"), ints(g, "2s=2 4s=1")) })
	}
	check(t, []row{
		compare("Eq", "2s=false 3s=true 4s=false", op.Eq),
		compare("Ne", "2s=true 3s=false 4s=true", op.Ne),
		compare("Lt", "2s=true 3s=false 4s=false", op.Lt),
		compare("Le", "2s=true 3s=true 4s=false", op.Le),
		compare("Gt", "2s=false 3s=false 4s=true", op.Gt),
		compare("Ge", "2s=false 3s=true 4s=true", op.Ge),
	})
}

func TestLogic(t *testing.T) {
	check(t, []row{
		ticks("And waits for all", "2s=false 3s=true", func(g *engine.Graph) engine.Edge[bool] {
			return op.And(bools(g, "1s=1"), bools(g, "2s=0 3s=1"))
		}),
		ticks("Or waits for all", "2s=true 3s=false", func(g *engine.Graph) engine.Edge[bool] {
			return op.Or(bools(g, "1s=0"), bools(g, "2s=1 3s=0"))
		}),
		ticks("Not", "1s=false 2s=true", func(g *engine.Graph) engine.Edge[bool] { return op.Not(bools(g, "1s=1 2s=0")) }),
		ticks("BitNot", "1s=-6", func(g *engine.Graph) engine.Edge[int] { return op.BitNot(ints(g, "1s=5")) }),
	})
}
