package op_test

import (
	"testing"
	"time"

	"gw/engine"
	"gw/engine/op"
)

func double(v int) int { return 2 * v }

func TestOneEdge(t *testing.T) {
	check(t, []row{
		ticks("Map ticks the function of each value", "1s=2 2s=4 2s=6", func(g *engine.Graph) engine.Edge[int] {
			return op.Map(ints(g, "1s=1 2s=2 2s=3"), double)
		}),
		ticks("Map may change the type", "1s=x1", func(g *engine.Graph) engine.Edge[string] {
			return op.Map(ints(g, "1s=1"), func(v int) string { return "x" + string(rune('0'+v)) })
		}),
		ticks("MapPtr gets the value in place", "1s=2", func(g *engine.Graph) engine.Edge[int] {
			return op.MapPtr(ints(g, "1s=1"), func(v *int) int { return 2 * *v })
		}),
		ticks("Filter keeps the values that pass", "2s=2 4s=4", func(g *engine.Graph) engine.Edge[int] {
			return op.Filter(ints(g, "1s=1 2s=2 3s=3 4s=4"), func(v *int) bool { return *v%2 == 0 })
		}),
		ticks("FilterMap keeps and changes", "2s=20", func(g *engine.Graph) engine.Edge[int] {
			return op.FilterMap(ints(g, "1s=1 2s=2"), func(v *int) (int, bool) { return 10 * *v, *v > 1 })
		}),
		ticks("FilterBy lets through while the flag is true, and drops what comes before the flag", "2s=2 5s=5",
			func(g *engine.Graph) engine.Edge[int] {
				return op.FilterBy(bools(g, "2s=1 3s=0 5s=1 6s=1"), ints(g, "1s=1 2s=2 3s=3 4s=4 5s=5"))
			}),
		ticks("DropDups drops what equals the value before", "1s=1 3s=2 4s=1", func(g *engine.Graph) engine.Edge[int] {
			return op.DropDups(ints(g, "1s=1 2s=1 3s=2 4s=1 5s=1"))
		}),
		ticks("DropDups lets a first zero through", "1s=0 3s=1", func(g *engine.Graph) engine.Edge[int] {
			return op.DropDups(ints(g, "1s=0 2s=0 3s=1"))
		}),
		ticks("DropNear compares with the last value let through", "1s=1 4s=1.5", func(g *engine.Graph) engine.Edge[float64] {
			return op.DropNear(floats(g, "1s=1 2s=1.2 3s=1.4 4s=1.5"), 0.5)
		}),
		ticks("DropNear takes NaN for near NaN and far from numbers", "1s=NaN 3s=1 4s=NaN", func(g *engine.Graph) engine.Edge[float64] {
			return op.DropNear(floats(g, "1s=NaN 2s=NaN 3s=1 4s=NaN"), 0.5)
		}),
		ticks("DropNear takes infinity for near itself", "1s=+Inf 3s=-Inf", func(g *engine.Graph) engine.Edge[float64] {
			return op.DropNear(floats(g, "1s=Inf 2s=Inf 3s=-Inf"), 0.5)
		}),
		ticks("DropNaNs drops what is no number", "1s=1 3s=3", func(g *engine.Graph) engine.Edge[float64] {
			return op.DropNaNs(floats(g, "1s=1 2s=NaN 3s=3"))
		}),
		ticks("FirstN stops after n values", "1s=1 2s=2", func(g *engine.Graph) engine.Edge[int] {
			return op.FirstN(ints(g, "1s=1 2s=2 3s=3"), 2)
		}),
		ticks("FirstN of none never ticks", "", func(g *engine.Graph) engine.Edge[int] {
			return op.FirstN(ints(g, "1s=1"), 0)
		}),
		ticks("Count counts from 1", "1s=1 2s=2 2s=3", func(g *engine.Graph) engine.Edge[int] {
			return op.Count(words(g, "1s=a 2s=b 2s=c"))
		}),
		ticks("Accum adds up from the start value", "1s=101 2s=103", func(g *engine.Graph) engine.Edge[int] {
			return op.Accum(ints(g, "1s=1 2s=2"), 100)
		}),
		ticks("Scan keeps any state, such as a running maximum", "1s=2 2s=2 3s=5", func(g *engine.Graph) engine.Edge[int] {
			return op.Scan(ints(g, "1s=2 2s=1 3s=5"), 0, func(s, v *int) { *s = max(*s, *v) })
		}),
		ticks("Scan keeps a running product", "1s=2 2s=6", func(g *engine.Graph) engine.Edge[int] {
			return op.Scan(ints(g, "1s=2 2s=3"), 1, func(s, v *int) { *s *= *v })
		}),
		ticks("Times ticks the engine's time", "1s=1970-01-01T00:00:01.000000000Z", func(g *engine.Graph) engine.Edge[engine.Time] {
			return op.Times(ints(g, "1s=1"))
		}),
		ticks("Lag counts ticks back", "3s=1 4s=2", func(g *engine.Graph) engine.Edge[int] {
			return op.Lag(ints(g, "1s=1 2s=2 3s=3 4s=4"), 2)
		}),
		ticks("LagTime looks back in time, to the last value that is old enough", "3s=1 5s=3 5.5s=3", func(g *engine.Graph) engine.Edge[int] {
			return op.LagTime(ints(g, "1s=1 2.5s=2 3s=3 5s=4 5.5s=5"), 2*time.Second)
		}),
		ticks("Diff subtracts the value n ticks before", "2s=3 3s=5", func(g *engine.Graph) engine.Edge[int] {
			return op.Diff(ints(g, "1s=1 2s=4 3s=9"), 1)
		}),
		ticks("DiffTime subtracts the value d before", "3s=8 4s=12", func(g *engine.Graph) engine.Edge[int] {
			return op.DiffTime(ints(g, "1s=1 2s=4 3s=9 4s=16"), 2*time.Second)
		}),
		ticks("Cast converts as Go does", "1s=1 2s=-1", func(g *engine.Graph) engine.Edge[int] {
			return op.Cast[int](floats(g, "1s=1.9 2s=-1.9"))
		}),
		ticks("Unroll ticks the first at once and the others in cycles of the same time", "1s=1 1s=2 1s=3 2s=4", func(g *engine.Graph) engine.Edge[int] {
			return op.Unroll(lists(g, "1s=1,2,3 2s=4"))
		}),
		ticks("Unroll keeps the order when lists come at the same time", "1s=1 1s=2 1s=3 1s=4 1s=5", func(g *engine.Graph) engine.Edge[int] {
			return op.Unroll(lists(g, "1s=1,2,3 1s=4,5"))
		}),
		ticks("Unroll of an empty list does not tick", "2s=1", func(g *engine.Graph) engine.Edge[int] {
			return op.Unroll(lists(g, "1s= 2s=1"))
		}),
		ticks("WrapFeedback ticks one cycle later at the same time", "1s=10 1s=1 2s=20 2s=2", func(g *engine.Graph) engine.Edge[int] {
			x := ints(g, "1s=1 2s=2")
			return op.Merge(op.Map(x, func(v int) int { return 10 * v }), op.WrapFeedback(x))
		}),
	})
}

func TestFieldTicksAPartOfTheValue(t *testing.T) {
	check(t, []row{
		ticks("Field", "1s=7", func(g *engine.Graph) engine.Edge[int] {
			return op.Field(engine.Const(g, quote{Bid: 7, Ask: 9}, time.Second), func(q *quote) *int { return &q.Bid })
		}),
	})
}

type quote struct{ Bid, Ask int }
