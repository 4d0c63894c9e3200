package engine

// muted is called instead of an effect node.
type muted struct{}

func (muted) Tick() {}

// Mute keeps nodes that are marked by [Node.Effect] from being called in cycles of times from one moment until before another, so that a rerun prints and
// sends nothing twice; all else runs as ever. Their Start and Stop are called. A second call takes the place of the first. Before Run, or in a hook of [Graph.OnCycleEnd].
func (g *Graph) Mute(from, until Time) {
	g.quietFrom, g.quietUntil = from, until
	if g.run != nil {
		g.hush()
	}
}

// Muted tells whether effects are muted now. Engine goroutine only.
func (g *Graph) Muted() bool {
	root := g.root()
	return root.quietFrom <= g.clk.now && g.clk.now < root.quietUntil
}

// hush puts effect nodes into the table as they are to be called at the present time, and notes when that changes.
func (g *Graph) hush() {
	on := g.Muted()
	for i, n := range g.order {
		if n.effect {
			g.table[i] = n.caller()
			if on {
				g.table[i] = muted{}
			}
		}
		if n.inner != nil {
			for _, sub := range n.inner.graphs() {
				sub.hush()
			}
		}
	}
	switch now := g.clk.now; {
	case on:
		g.hushAt = g.quietUntil
	case now < g.quietFrom && g.quietFrom < g.quietUntil:
		g.hushAt = g.quietFrom
	default:
		g.hushAt = maxTime
	}
}
