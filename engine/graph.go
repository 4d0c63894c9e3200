package engine

import (
	"errors"
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
)

// Graph is a set of nodes and edges that runs as one. Make it with [New], wire it on one goroutine, then call [Graph.Run].
// Two graphs know nothing of each other, and a graph may be run again after a run has ended.
type Graph struct {
	clk   *clock     // shared with sub-graphs
	table []ticker   // nodes in calling order
	dirty []uint8    // one a node, 1 = due
	block []uint8    // one for 64 nodes, 1 = look inside
	cur   int        // the node being called, -1 if none
	sched *scheduler // shared with sub-graphs

	nobody [2]uint8 // bytes of the listener that edges without one have

	scope  string         // of what is wired now
	memo   map[string]any // what Memo has made
	paths  []string       // of nodes, once asked for; guarded by pathMu
	pathMu sync.Mutex
	nodes  []*Node
	slabs  slabs
	inputs int                      // of all nodes
	sets   []interface{ arrange() } // baskets that nodes read
	pipes  int                      // nodes that may be fused
	plans  map[reflect.Type]*plan
	wrongs,
	broken []error // wiring mistakes: made while wiring, found by the last Build
	built  bool
	began  Time    // when the last run began
	resume *saved  // what the next run goes on from, nil if nothing
	order  []*Node // as table
	up     []*head // behind each input, in the order of nodes and inputs

	firing   *Node // the source whose code runs outside a node's Tick
	failures []error
	cycleEnd []func(Time, uint64)
	taps     []func(IntakeEvent)
	absorb   func(*Node, error) bool

	intake   *intake // shared with sub-graphs
	groups   []*PushGroup
	inside   *inside // the node around it, nil if it is no sub-graph
	begun    []*Node // in the order of starting
	control  *Control
	watch    watch // what is watched now
	watching bool  // it is something

	quietFrom, quietUntil Time // when effects are muted
	hushAt                Time // when that begins or ends next

	feed    *refeed // what the next run is fed with, nil if nothing
	run     *run    // the run that is going on
	running atomic.Bool

	mu       sync.Mutex
	live     *run // the run that is going on, for other goroutines
	started  chan struct{}
	profiler *profiler // nil if it is off
	tracer   *tracer   // nil if none is wanted
}

// New returns an empty graph.
func New() *Graph {
	s := &scheduler{}
	g := &Graph{clk: &clock{sched: s}, sched: s, plans: map[reflect.Type]*plan{}, started: make(chan struct{}), cur: -1}
	g.intake = newIntake(g)
	g.sched.reset(0)
	g.control = newControl(g)
	return g
}

// wrong keeps a mistake in wiring for [Graph.Build].
func (g *Graph) wrong(format string, args ...any) {
	g.wrongs = append(g.wrongs, fmt.Errorf(format, args...))
	g.built = false
}

// Now returns the engine's time. Engine goroutine only.
func (g *Graph) Now() Time { return g.clk.now }

// Cycle returns the number of the cycle, 0 before the first. Engine goroutine only.
func (g *Graph) Cycle() uint64 { return g.clk.cycle }

// OnCycleEnd adds a hook that is called on the engine's goroutine after each cycle, in the order of adding. Before Run.
func (g *Graph) OnCycleEnd(f func(now Time, cycle uint64)) { g.cycleEnd = append(g.cycleEnd, f) }

// Control returns the handle that pauses, steps and paces the run. Any goroutine.
func (g *Graph) Control() *Control { return g.control }

// Started returns a channel that is closed when all nodes have started and the first cycle may come. A graph that is run
// again has a new channel, made when its second Run begins. Any goroutine.
func (g *Graph) Started() <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.started
}

// renewStarted gives a graph that is run again a fresh channel.
func (g *Graph) renewStarted() {
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case <-g.started:
		g.started = make(chan struct{})
	default:
	}
}

// fail ends the run after this cycle, with err if it is not nil.
func (g *Graph) fail(n *Node, err error) {
	if err != nil && g.absorbs(n, err) {
		return
	}
	root := g.root()
	if err != nil {
		root.failures = append(root.failures, g.blame(n, err))
	}
	root.raise(flagStop)
}

func (g *Graph) blame(n *Node, err error) *NodeError {
	e := &NodeError{Time: g.clk.now, Cycle: g.clk.cycle, Err: err}
	if n != nil {
		e.Node = n.Path()
	}
	return e
}

// Build checks the wiring, ranks the nodes and readies the graph for Run, which calls it. All mistakes are
// returned, joined. It costs O(nodes + edges), and nothing if nothing was wired since.
func (g *Graph) Build() error {
	if !g.built {
		g.broken = g.build()
		g.built = true
	}
	return errors.Join(g.broken...)
}
