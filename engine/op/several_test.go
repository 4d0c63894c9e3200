package op_test

import (
	"fmt"
	"testing"
	"time"

	"gw/engine"
	"gw/engine/op"
)

func TestSeveralEdgesToOne(t *testing.T) {
	check(t, []row{
		ticks("Merge takes the first edge that ticks", "1s=1 2s=2 3s=30", func(g *engine.Graph) engine.Edge[int] {
			return op.Merge(ints(g, "1s=1 2s=2"), ints(g, "2s=20 3s=30"))
		}),
		ticks("Flatten loses nothing: equal times become cycles, in the order of the ticks", "1s=1 2s=2 2s=20 2s=200 3s=30", func(g *engine.Graph) engine.Edge[int] {
			return op.Flatten(ints(g, "1s=1 2s=2"), ints(g, "2s=20 3s=30"), ints(g, "2s=200"))
		}),
		ticks("Collect ticks what ticks in one cycle as a slice", "1s=[1] 2s=[2 20]", func(g *engine.Graph) engine.Edge[[]int] {
			return op.Collect(ints(g, "1s=1 2s=2"), ints(g, "2s=20"))
		}),
		ticks("Collect goes by the order of the ticks, not of the edges", "1s=[1 2]", func(g *engine.Graph) engine.Edge[[]int] {
			x := ints(g, "1s=1")
			return op.Collect(op.Map(x, double), x)
		}),
		ticks("DelayedCollect goes by the order of the ticks", "1s=[1 2]", func(g *engine.Graph) engine.Edge[[]int] {
			x := ints(g, "1s=1")
			c := op.NewDelayedCollect[int](g)
			c.Add(op.Map(x, double))
			c.Add(x)
			return c.Edge()
		}),
		ticks("CollectBasket does so for a basket", "1s=[1] 2s=[2 20]", func(g *engine.Graph) engine.Edge[[]int] {
			return op.CollectBasket(pair(g, "1s=1 2s=2", "2s=20"))
		}),
		ticks("Combine2 waits for both and then ticks with either", "2s=3 3s=4 4s=14", func(g *engine.Graph) engine.Edge[int] {
			return op.Combine2(ints(g, "1s=1 3s=2"), ints(g, "2s=2 4s=12"), func(a, b int) int { return a + b })
		}),
		ticks("Combine2 ticks once when both tick", "1s=3", func(g *engine.Graph) engine.Edge[int] {
			return op.Combine2(ints(g, "1s=1"), ints(g, "1s=2"), func(a, b int) int { return a + b })
		}),
		ticks("Combine3 waits for all three", "3s=1 2 3", func(g *engine.Graph) engine.Edge[string] {
			return op.Combine3(ints(g, "1s=1"), ints(g, "2s=2"), ints(g, "3s=3"), func(a, b, c int) string { return fmt.Sprint(a, b, c) })
		}),
		ticks("CombineAll gives the values in the order of the edges", "2s=12 3s=13", func(g *engine.Graph) engine.Edge[int] {
			return op.CombineAll([]engine.Edge[int]{ints(g, "1s=1"), ints(g, "2s=2 3s=3")}, func(v []int) int { return 10*v[0] + v[1] })
		}),
		ticks("Multiplex ticks the chosen edge and not the change of the key", "3s=30 4s=2", func(g *engine.Graph) engine.Edge[int] {
			return op.Multiplex(pair(g, "1s=1 4s=2", "2s=20 3s=30"), words(g, "2.5s=b 3.5s=a 5s=c"))
		}),
		ticks("Multiplex with TickOnKey ticks the value there is when the key changes", "2.5s=20 3s=30 3.5s=1 4s=2", func(g *engine.Graph) engine.Edge[int] {
			return op.Multiplex(pair(g, "1s=1 4s=2", "2s=20 3s=30"), words(g, "0.5s=a 0.6s=c 2.5s=b 3.5s=a 5s=c"), op.TickOnKey)
		}),
		ticks("Build makes a struct of what has ticked", "1s={1 0} 2s={1 20} 3s={3 30}", func(g *engine.Graph) engine.Edge[quote] {
			return op.Build(op.Into(ints(g, "1s=1 3s=3"), bid), op.Into(ints(g, "2s=20 3s=30"), ask))
		}),
		ticks("BuildOn does so at the trigger only", "500ms={0 0} 2.5s={1 20}", func(g *engine.Graph) engine.Edge[quote] {
			return op.BuildOn(bools(g, "0.5s=1 2.5s=1"), op.Into(ints(g, "1s=1"), bid), op.Into(ints(g, "2s=20"), ask))
		}),
		ticks("CollectInto makes a struct of what ticks in the cycle", "1s={1 0} 2s={0 20} 3s={3 30}", func(g *engine.Graph) engine.Edge[quote] {
			return op.CollectInto(op.Into(ints(g, "1s=1 3s=3"), bid), op.Into(ints(g, "2s=20 3s=30"), ask))
		}),
		ticks("DelayedCollect is read before its inputs are added", "1s=[1] 2s=[2 20]", func(g *engine.Graph) engine.Edge[[]int] {
			c := op.NewDelayedCollect[int](g)
			e := op.Map(c.Edge(), func(v []int) []int { return v })
			c.Add(ints(g, "1s=1 2s=2"))
			c.Add(ints(g, "2s=20"))
			return e
		}),
		ticks("DelayedCollect without inputs never ticks", "", func(g *engine.Graph) engine.Edge[[]int] {
			return op.NewDelayedCollect[int](g).Edge()
		}),
	})
}

func TestOneEdgeToSeveral(t *testing.T) {
	tens := func(v *int) int { return *v / 10 }
	check(t, []row{
		all("Demultiplex ticks the edge of the value's key and drops others", "1s=1:10 2s=2:20 3s=1:11", func(g *engine.Graph) engine.Basket[int, int] {
			return op.Demultiplex(ints(g, "1s=10 2s=20 3s=11 4s=30"), []int{1, 2}, tens)
		}),
		all("DemultiplexBy goes by the last key", "2s=a:2 3s=a:3 4s=b:4", func(g *engine.Graph) engine.Basket[string, int] {
			return op.DemultiplexBy(ints(g, "1s=1 2s=2 3s=3 4s=4 5s=5"), words(g, "1.5s=a 3.5s=b 4.5s=c"), []string{"a", "b"})
		}),
		all("DelayedDemultiplex makes the edges that are asked for", "1s=1:10 3s=1:11", func(g *engine.Graph) engine.Basket[int, int] {
			d := op.NewDelayedDemultiplex(ints(g, "1s=10 2s=20 3s=11"), tens)
			if a, b := d.At(1), d.At(1); a != b {
				panic("two edges of one key")
			}
			return engine.NewBasket([]int{1}, []engine.Edge[int]{d.At(1)})
		}),
		all("Split goes by the flag and drops what comes before it", "2s=true:2 3s=true:3 4s=false:4", func(g *engine.Graph) engine.Basket[bool, int] {
			yes, no := op.Split(bools(g, "2s=1 4s=0"), ints(g, "1s=1 2s=2 3s=3 4s=4"))
			return engine.NewBasket([]bool{true, false}, []engine.Edge[int]{yes, no})
		}),
		all("MapBasket maps each edge", "1s=a:2 1s=b:4", func(g *engine.Graph) engine.Basket[string, int] {
			return op.MapBasket(pair(g, "1s=1", "1s=2"), double)
		}),
		all("SampleBasket ticks what is there at the trigger", "2.5s=a:1 3s=a:3 3s=b:4", func(g *engine.Graph) engine.Basket[string, int] {
			return op.SampleBasket(bools(g, "0.5s=1 2.5s=1 3s=1"), pair(g, "1s=1 3s=3", "3s=4"))
		}),
	})
}

func TestSync(t *testing.T) {
	type basket = engine.Basket[string, int]
	check(t, []row{
		all("ticks together with the last that was missing", "2s=a:1 2s=b:2", func(g *engine.Graph) basket {
			return op.Sync(pair(g, "1s=1", "2s=2"), op.SyncConfig{Threshold: 2 * time.Second})
		}),
		all("takes the last value within the threshold", "2s=a:9 2s=b:2", func(g *engine.Graph) basket {
			return op.Sync(pair(g, "1s=1 1.5s=9", "2s=2"), op.SyncConfig{Threshold: 2 * time.Second})
		}),
		all("ticks what has come when the threshold passes", "3s=a:1 6s=b:2", func(g *engine.Graph) basket {
			return op.Sync(pair(g, "1s=1", "4s=2"), op.SyncConfig{Threshold: 2 * time.Second})
		}),
		all("drops what has come then if it wants all", "5s=a:3 5s=b:2", func(g *engine.Graph) basket {
			return op.Sync(pair(g, "1s=1 5s=3", "4s=2"), op.SyncConfig{Threshold: 2 * time.Second, Complete: true})
		}),
		all("begins with the trigger", "3s=a:3 3s=b:2", func(g *engine.Graph) basket {
			return op.SyncOn(bools(g, "2s=1"), pair(g, "1s=1 3s=3", "2s=2"), op.SyncConfig{Threshold: 2 * time.Second})
		}),
	})
}

// pair is a basket of two edges under the keys a and b.
func pair(g *engine.Graph, a, b string) engine.Basket[string, int] {
	return engine.NewBasket([]string{"a", "b"}, []engine.Edge[int]{ints(g, a), ints(g, b)})
}

func bid(q *quote) *int { return &q.Bid }
func ask(q *quote) *int { return &q.Ask }
