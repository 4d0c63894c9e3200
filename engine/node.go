package engine

// Node is one node of a graph: what a closure node is built with, and the handle of any other for its effect mark.
type Node struct {
	g     *Graph
	id    int
	name  string
	scope string // "a/b/" if it was wired in scope b in a
	kind  string
	rank  int
	index int // in calling order, -1 for a source

	dirty, block *uint8 // its bytes in the ready set, nil before Build
	effect       bool
	mark         uint8 // colour while ranks are computed

	ins    []port
	outs   []output
	heads  []*head // of outs, known after Build
	body   ticker  // nil for a source
	source source  // nil for a node
	back   *Node   // the source that a feedback's end feeds
	inner  nest    // the sub-graphs it runs, nil if it runs none

	into  *Node     // the pipe that does the work of this one, nil if it does its own
	fused *chain    // what the last of adjacent pipes does
	more  *nodeMore // nil for a plain node
}

// nodeMore is what few nodes have.
type nodeMore struct {
	starts, stops []func() error
	keep          func() (int, []any) // nil if the node keeps no state
}

// rare returns what few nodes have, nothing if n is none of them.
func (n *Node) rare() nodeMore {
	if n.more == nil {
		return nodeMore{}
	}
	return *n.more
}

// extra is where to put what few nodes have.
func (n *Node) extra() *nodeMore {
	if n.more == nil {
		n.more = &nodeMore{}
	}
	return n.more
}

// port is an input with the field it is.
type port struct {
	input
	field string
}

// ticker is what a cycle calls.
type ticker interface{ Tick() }

// source is a node without inputs that schedules its own ticks.
type source interface {
	begin(start, end Time) error
	finish() error
}

// closure is the body of a closure node.
type closure func()

func (f closure) Tick() { f() }

// Node adds a closure node. It needs [Node.OnTick], and inputs by [Use] or an alarm by [NewAlarm] to be called at all.
func (g *Graph) Node(name string) *Node {
	n := g.node(name, "node")
	n.body = closure(func() {})
	return n
}

func (g *Graph) node(name, kind string) *Node {
	n := g.slabs.nodes.one()
	n.g, n.id, n.name, n.scope, n.kind, n.index = g, len(g.nodes), name, g.scope, kind, -1
	g.nodes = append(g.nodes, n)
	g.built = false
	return n
}

// reading adds an input to n.
func (n *Node) reading(in input, field string) {
	if n.ins == nil {
		n.ins = n.g.slabs.ins.take(1)
	}
	n.ins = append(n.ins, port{in, field})
	n.g.inputs++
}

// making adds an output to n.
func (n *Node) making(o output) {
	if n.outs == nil {
		n.outs = n.g.slabs.outs.take(1)
	}
	n.outs = append(n.outs, o)
}

// OnTick sets what is called once in each cycle in which an active input ticks.
func (n *Node) OnTick(f func()) { n.body = closure(f) }

// OnStart adds what is called before the first cycle. An error ends the run before it begins.
func (n *Node) OnStart(f func() error) {
	m := n.extra()
	m.starts = append(m.starts, f)
}

// OnStop adds what is called after the last cycle, if the node was started.
func (n *Node) OnStop(f func() error) {
	m := n.extra()
	m.stops = append(m.stops, f)
}

// Effect marks n as acting on the outside (print, file, network) and returns n.
func (n *Node) Effect() *Node {
	n.effect = true
	return n
}

// Name returns the node's name.
func (n *Node) Name() string { return n.name }

// ID returns the node's number in its graph, in the order of wiring from 0.
func (n *Node) ID() int { return n.id }

// Now returns the engine's time. Engine goroutine only.
func (n *Node) Now() Time { return n.g.clk.now }

// Cycle returns the number of the cycle, 0 in Start. Engine goroutine only.
func (n *Node) Cycle() uint64 { return n.g.clk.cycle }

// Live tells whether the run is realtime and has caught up with the clock: before that, and in a simulated run, ticks are of the past. Engine
// goroutine only.
func (n *Node) Live() bool {
	r := n.g.run
	return r != nil && r.realtime && r.live
}

// Stop ends the run after this cycle, with err named by the node, or cleanly if err is nil. Engine goroutine only; see [Node.Fail].
func (n *Node) Stop(err error) { n.g.fail(n, err) }
