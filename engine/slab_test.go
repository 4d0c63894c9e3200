package engine_test

import (
	"testing"

	"gw/engine"
)

// A struct node costs the allocation that its user makes; what the graph keeps of it comes from slabs.
func TestAStructNodeCostsOneAllocation(t *testing.T) {
	const n = 10_000
	got := testing.AllocsPerRun(1, func() {
		g := engine.New()
		e := engine.Const(g, 1, 0)
		for range n {
			e = engine.Add(g, &addOne{In: engine.From(e)}).Out.Edge()
		}
		run(t, g)
	})
	if got > 1.1*n {
		t.Errorf("a graph of %d nodes took %.0f allocations, want little more than one a node", n, got)
	}
}
