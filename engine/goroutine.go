package engine

import (
	"context"
	"errors"
	"runtime/debug"
	"sync"
)

// helpers are the goroutines that nodes have started in a run, and what came of them.
type helpers struct {
	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup
	mu     sync.Mutex
	failed []mishap
}

// mishap is an error of a node that happened on another goroutine.
type mishap struct {
	n   *Node
	err error
}

// Go runs f on a goroutine of its own until the run ends; call it in Start or Tick. An error or a panic of f ends the run and is named by the node. When the
// run ends ctx is done and the nodes are stopped; then Run waits for f. An error that comes of ctx is none.
func (n *Node) Go(f func(ctx context.Context) error) {
	h := n.g.run.helpers
	h.wg.Go(func() {
		defer func() {
			if v := recover(); v != nil {
				h.fail(n, &PanicError{Value: v, Stack: debug.Stack()})
			}
		}()
		if err := f(h.ctx); err != nil && !(h.ctx.Err() != nil && errors.Is(err, context.Cause(h.ctx))) {
			h.fail(n, err)
		}
	})
}

// Fail is [Node.Stop] for other goroutines: it ends the run after the cycle that is going on, with err named by the node. Without a run it does nothing.
func (n *Node) Fail(err error) {
	g := n.g.root()
	g.mu.Lock()
	defer g.mu.Unlock()
	if r := g.live; r != nil {
		r.helpers.fail(n, err)
	}
}

func (h *helpers) fail(n *Node, err error) {
	h.mu.Lock()
	h.failed = append(h.failed, mishap{n, err})
	h.mu.Unlock()
	h.cancel()
	n.g.root().raise(flagStop)
}

// collect makes the errors of other goroutines failures of the run. Engine goroutine.
func (h *helpers) collect(g *Graph) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, m := range h.failed {
		if m.err != nil {
			g.failures = append(g.failures, g.blame(m.n, m.err))
		}
	}
	h.failed = nil
}
