package peers

import (
	"context"

	"gw/engine"
)

// numbers ticks with 1 to n, a nanosecond apart.
type numbers struct {
	Alarm engine.Alarm[int]
	Out   engine.Out[int]
	n     int
}

func (m *numbers) Start() error { m.Alarm.After(1, 1); return nil }

func (m *numbers) Tick() {
	i := m.Alarm.Get()
	m.Out.Set(i)
	if i < m.n {
		m.Alarm.After(1, i+1)
	}
}

type addOne struct {
	In  engine.In[int]
	Out engine.Out[int]
}

func (n *addOne) Tick() { n.Out.Set(n.In.Get() + 1) }

type add struct {
	A, B engine.In[int]
	Out  engine.Out[int]
}

func (n *add) Tick() { n.Out.Set(n.A.Get() + n.B.Get()) }

type total struct {
	In  engine.In[int]
	sum *int
}

func (n *total) Tick() { *n.sum += n.In.Get() }

// gwGraph wires what build makes of the numbers, and sums the edges that it returns.
func gwGraph(build func(*engine.Graph, engine.Edge[int]) []engine.Edge[int]) func(int) int {
	g, sum := engine.New(), 0
	source := engine.Add(g, &numbers{})
	for _, e := range build(g, source.Out.Edge()) {
		engine.Add(g, &total{In: engine.From(e), sum: &sum})
	}
	return func(n int) int {
		source.n, sum = n, 0
		if err := g.Run(context.Background(), engine.Config{}); err != nil {
			panic(err)
		}
		return sum
	}
}

func gwChain(size int) func(int) int {
	return gwGraph(func(g *engine.Graph, e engine.Edge[int]) []engine.Edge[int] {
		for range size {
			e = engine.Add(g, &addOne{In: engine.From(e)}).Out.Edge()
		}
		return []engine.Edge[int]{e}
	})
}

func gwFanOut(size int) func(int) int {
	return gwGraph(func(_ *engine.Graph, e engine.Edge[int]) (all []engine.Edge[int]) {
		for range size {
			all = append(all, e)
		}
		return all
	})
}

func gwTree(size int) func(int) int {
	return gwGraph(func(g *engine.Graph, e engine.Edge[int]) (row []engine.Edge[int]) {
		for range size {
			row = append(row, engine.Add(g, &addOne{In: engine.From(e)}).Out.Edge())
		}
		for len(row) > 1 {
			var up []engine.Edge[int]
			for i := 0; i < len(row); i += 2 {
				up = append(up, engine.Add(g, &add{A: engine.From(row[i]), B: engine.From(row[i+1])}).Out.Edge())
			}
			row = up
		}
		return row
	})
}
