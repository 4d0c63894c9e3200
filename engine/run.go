package engine

import (
	"context"
	"errors"
	"runtime/debug"
	"time"
)

// Config says what time a run covers and how it waits.
type Config struct {
	// Start is the engine's time before the first cycle. In a realtime run 0 means now, a moment in the past means that
	// what lies between is run first, flat out, and a moment in the future is waited for.
	Start Time
	// End is the last moment that is run, 0 means none. A simulated run ends sooner when nothing is left to do.
	End Time
	// Realtime makes the engine follow the clock; otherwise it is simulated and goes from event to event.
	Realtime bool
	// Spin is how long a realtime run looks for values before it sleeps. It saves the time it takes to wake up (microseconds),
	// and makes timers precise to microseconds instead of about a millisecond, at the price of a busy processor; where others want that
	// processor too, values wait for it longer than without. 0 sleeps at once, less than 0 never sleeps.
	Spin time.Duration
}

// Run builds the graph, starts its nodes, runs cycles until the end, and stops its nodes. It returns nil when the time or the events are
// over, when ctx is done, or when a node stopped the run without an error; otherwise what ended it, as a [NodeError], joined with
// the errors of nodes that did not stop well. A graph may be run again; its edges then start empty, while the fields of its nodes are as they were left.
func (g *Graph) Run(ctx context.Context, c Config) error {
	if !g.running.CompareAndSwap(false, true) {
		return ErrRunning
	}
	defer g.running.Store(false)
	if err := g.Build(); err != nil {
		return err
	}
	r := newRun(g, c)
	defer r.watch(ctx)()
	r.helpers.ctx, r.helpers.cancel = context.WithCancel(ctx)
	g.announce(r)
	r.execute()
	g.announce(nil)
	return one(g.failures)
}

// one returns a single error as it is and several joined.
func one(errs []error) error {
	if len(errs) == 1 {
		return errs[0]
	}
	return errors.Join(errs...)
}

// run is one run of a graph.
type run struct {
	g        *Graph
	end      Time
	realtime bool
	spin     time.Duration
	wall     wall
	pace     pace

	helpers  *helpers // goroutines of nodes
	feed     *refeed  // values to be fed again, nil if none
	ready    []pushed // push adapters with values
	live     bool     // what a realtime run has to catch up with is done
	caughtUp Time     // wall clock at the start of the loop
	turn     bool     // the last cycle was a timer's: it is the turn of pushed values
	unread   int      // cycles since the clock was read
	read     Time     // what it said
	behind   Time     // by how much it was ahead of the last cycle

	rested Time // when the run last had nothing to do
	rushed int  // how often in a row that came soon after the time before

	broken bool // a node panicked in this cycle and the run goes on without it

	order ctlOrder    // what Control wants, as of the last look
	alarm *time.Timer // wakes the loop
}

func newRun(g *Graph, c Config) *run {
	r := &run{g: g, end: c.End, realtime: c.Realtime, spin: c.Spin, turn: true, feed: g.feed, helpers: &helpers{}}
	g.run, g.feed = r, nil
	r.wall.start()
	if c.End == 0 {
		r.end = maxTime
	}
	start := c.Start
	switch {
	case g.resume != nil:
		start = g.resume.start
	case c.Realtime && start == 0:
		start = r.wall.now()
	}
	g.clk.cycle, g.clk.now, g.began = 0, start, start
	g.cur, g.firing = -1, nil
	g.failures = nil
	g.intake.flags.Store(flagControl | flagWatch)
	if r.feed != nil {
		r.feed.advance()
	}
	g.renewStarted()
	g.intake.reset()
	g.sched.reset(start)
	g.relink()
	g.hush()
	clear(g.dirty)
	clear(g.block)
	return r
}

// announce tells other goroutines of the run that is going on.
func (g *Graph) announce(r *run) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.live = r
}

// watch lets ctx end the run. The function it returns ends the watching, and waits for it.
func (r *run) watch(ctx context.Context) (stop func()) {
	done := make(chan struct{})
	undo := context.AfterFunc(ctx, func() {
		r.g.raise(flagCancel)
		close(done)
	})
	return func() {
		if !undo() {
			<-done
		}
	}
}

func (r *run) execute() {
	g := r.g
	if r.start() && r.restore() {
		g.mu.Lock()
		close(g.started)
		g.mu.Unlock()
		g.control.begin(*g.clk)
		for !r.guard(nil, r.goOn) && r.broken {
		}
	}
	g.intake.close()
	r.helpers.cancel()
	r.helpers.collect(g)
	r.stop(g)
	r.helpers.wg.Wait()
	r.helpers.collect(g)
	if r.alarm != nil {
		r.alarm.Stop()
	}
	g.control.finish(*g.clk)
}

// goOn runs the loop, after it has done the rest of a cycle that broke.
func (r *run) goOn() error {
	if r.broken {
		r.broken = false
		r.g.mend()
		r.propagate()
		r.unread++
		r.after()
	}
	r.loop()
	return nil
}

// guard calls f and keeps its error or panic as a failure of n, or of the node that was running. It returns whether all was well.
func (r *run) guard(n *Node, f func() error) (ok bool) {
	g := r.g
	defer func() {
		if v := recover(); v != nil {
			if n == nil {
				n = g.culprit()
			}
			err := &PanicError{Value: v, Stack: debug.Stack()}
			if r.broken = g.cur >= 0 && g.absorbs(n, err); !r.broken {
				g.failures = append(g.failures, g.blame(n, err))
			}
			g.cur, g.firing = -1, nil
			ok = false
		}
	}()
	if err := f(); err != nil {
		g.failures = append(g.failures, g.blame(n, err))
		return false
	}
	return true
}
