package op_test

import (
	"testing"
	"time"

	"gw/engine"
	"gw/engine/op"
)

func TestInTime(t *testing.T) {
	check(t, []row{
		ticks("Delay ticks each value later", "3s=1 4s=2 4s=3", func(g *engine.Graph) engine.Edge[int] {
			return op.Delay(ints(g, "1s=1 2s=2 2s=3"), 2*time.Second)
		}),
		ticks("Delay by nothing means the next cycle", "1s=2 1s=1", func(g *engine.Graph) engine.Edge[int] {
			x := ints(g, "1s=1")
			return op.Merge(op.Map(x, double), op.Delay(x, 0))
		}),
		ticks("Sample ticks the last value at the trigger", "2.5s=2 3s=3 4s=3", func(g *engine.Graph) engine.Edge[int] {
			return op.Sample(bools(g, "0.5s=1 2.5s=1 3s=1 4s=1"), ints(g, "1s=1 2s=2 3s=3"))
		}),
		ticks("Default ticks at the start when nothing else does", "0s=7 1s=1", func(g *engine.Graph) engine.Edge[int] {
			return op.Default(ints(g, "1s=1"), 7, 0)
		}),
		ticks("Default gives way to a value at the start", "0s=1", func(g *engine.Graph) engine.Edge[int] {
			return op.Default(ints(g, "0s=1"), 7, 0)
		}),
		ticks("Default waits for its delay", "2s=7 3s=1", func(g *engine.Graph) engine.Edge[int] {
			return op.Default(ints(g, "3s=1"), 7, 2*time.Second)
		}),
		ticks("Default is not needed after a value", "1s=1", func(g *engine.Graph) engine.Edge[int] {
			return op.Default(ints(g, "1s=1"), 7, 2*time.Second)
		}),
		ticks("Gate keeps values until the release and then lets each through", "3s=[1 2] 4s=[4] 7s=[5 6]", func(g *engine.Graph) engine.Edge[[]int] {
			return op.Gate(ints(g, "1s=1 2s=2 4s=4 5s=5 6s=6"), bools(g, "3s=1 4.5s=0 7s=1"))
		}),
		ticks("GateTick lets through in the cycles of the release only", "3s=[1 2] 7s=[4 5 6]", func(g *engine.Graph) engine.Edge[[]int] {
			return op.GateTick(ints(g, "1s=1 2s=2 4s=4 5s=5 6s=6"), bools(g, "3s=1 4.5s=0 7s=1"))
		}),
		ticks("Gate lets a value of the release's cycle through", "3s=[1 3]", func(g *engine.Graph) engine.Edge[[]int] {
			return op.Gate(ints(g, "1s=1 3s=3"), bools(g, "3s=1"))
		}),
	})
}
