package engine

// Clock is a field of a struct node that tells it the engine's time. Engine goroutine only.
type Clock struct{ node *Node }

// Now returns the engine's time; it stands still in a cycle.
func (c *Clock) Now() Time { return c.node.Now() }

// Cycle returns the number of the cycle, 0 in Start.
func (c *Clock) Cycle() uint64 { return c.node.Cycle() }

// Stop ends the run after this cycle, with err named by the node, or cleanly if err is nil.
func (c *Clock) Stop(err error) { c.node.Stop(err) }

// Node returns the node that the clock is a field of.
func (c *Clock) Node() *Node { return c.node }

func (c *Clock) bind(n *Node, _ string) { c.node = n }
