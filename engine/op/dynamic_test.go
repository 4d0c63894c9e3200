package op_test

import (
	"testing"

	"gw/engine"
	"gw/engine/op"
)

func TestDynamicBaskets(t *testing.T) {
	tens := func(v *int) int { return *v / 10 }
	type ticked = engine.Edge[[]op.Keyed[int, int]]
	check(t, []row{
		ticks("DynamicDemultiplex makes keys of what comes", "1s=[{1 10}] 2s=[{2 20}] 3s=[{1 11}]", func(g *engine.Graph) ticked {
			return op.DynamicCollect(op.DynamicDemultiplex(ints(g, "1s=10 2s=20 3s=11"), tens))
		}),
		ticks("DynamicDemultiplexUntil lets keys go and come again", "1s=[{1 10}] 2s=[{2 20}] 5s=[{1 12}]", func(g *engine.Graph) ticked {
			return op.DynamicCollect(op.DynamicDemultiplexUntil(ints(g, "1s=10 2s=20 5s=12"), tens, ints(g, "3s=1 4s=9 5s=1")))
		}),
		ticks("a key goes when it is told to", "1s=1 2s=2 3s=1 5s=2 6s=2", func(g *engine.Graph) engine.Edge[int] {
			return keys(op.DynamicDemultiplexUntil(ints(g, "1s=10 2s=20 5s=12 6s=13"), tens, ints(g, "3s=1 4s=9 6s=1")))
		}),
	})
}

// keys is the edge of the number of keys.
func keys[K comparable, T any](b engine.DynamicBasket[K, T]) engine.Edge[int] {
	n := b.Graph().Node("keys")
	in, out := engine.UseDynamic(n, b), engine.Emit[int](n)
	n.OnTick(func() { out.Set(in.Len()) })
	return out.Edge()
}
