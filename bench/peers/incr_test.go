//go:build incr

// go-incr is measured where it can be had: go get github.com/wcharczuk/go-incr, then go test -tags incr.

package peers

import (
	"context"

	"github.com/wcharczuk/go-incr"
)

var _ = register(peer{"go-incr", incrChain, incrFanOut, incrTree})

func register(p peer) bool {
	peers = append(peers, p)
	return true
}

// incrGraph observes what build makes of the numbers, and sums it after each pass.
func incrGraph(build func(*incr.Graph, incr.Incr[int]) []incr.Incr[int]) func(int) int {
	g := incr.New(incr.OptGraphMaxHeight(4096))
	source := incr.Var(g, 0)
	var ends []incr.ObserveIncr[int]
	for _, e := range build(g, source) {
		ends = append(ends, incr.MustObserve(g, e))
	}
	return func(n int) (sum int) {
		for i := 1; i <= n; i++ {
			source.Set(i)
			if err := g.Stabilize(context.Background()); err != nil {
				panic(err)
			}
			for _, e := range ends {
				sum += e.Value()
			}
		}
		return sum
	}
}

func incrAddOne(v int) int { return v + 1 }

func incrChain(size int) func(int) int {
	return incrGraph(func(g *incr.Graph, e incr.Incr[int]) []incr.Incr[int] {
		for range size {
			e = incr.Map(g, e, incrAddOne)
		}
		return []incr.Incr[int]{e}
	})
}

func incrFanOut(size int) func(int) int {
	return incrGraph(func(g *incr.Graph, e incr.Incr[int]) (all []incr.Incr[int]) {
		for range size {
			all = append(all, incr.Map(g, e, func(v int) int { return v }))
		}
		return all
	})
}

func incrTree(size int) func(int) int {
	return incrGraph(func(g *incr.Graph, e incr.Incr[int]) (row []incr.Incr[int]) {
		for range size {
			row = append(row, incr.Map(g, e, incrAddOne))
		}
		for len(row) > 1 {
			var up []incr.Incr[int]
			for i := 0; i < len(row); i += 2 {
				up = append(up, incr.Map2(g, row[i], row[i+1], func(a, b int) int { return a + b }))
			}
			row = up
		}
		return row
	})
}
