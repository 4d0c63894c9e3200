package engine

import "sync/atomic"

// PushAdapter is the door for values from other goroutines.
type PushAdapter[T any] struct {
	_     apart
	node  *Node
	q     *intake
	cfg   PushConfig
	grain int // how many values tick before producers hear of the room, less one

	// Producers' side, guarded by q.mu.
	_      apart
	in     []T // those that wait are in[first:]
	first  int
	told   bool // the engine knows that in is not empty
	stats  PushStats
	waiter int
	voids  int          // values that were dropped and still have an entry in the group
	taken  atomic.Int64 // values of out that have not ticked, as the engine last told

	// Engine's goroutine.
	_     apart
	one   feed[T]
	burst feed[[]T]
	out   []T // what the engine has taken, out[:pos] has ticked
	pos   int
	ready bool // in the run loop's list of adapters with values
	_     apart
}

// NewPush adds a push adapter under name. Its edge is [PushAdapter.Edge], or [PushAdapter.BurstEdge] in Burst mode.
func NewPush[T any](g *Graph, name string, c PushConfig) *PushAdapter[T] {
	if c.Limit < 0 {
		g.wrong("push adapter %q: got limit %d, want 0 or more", name, c.Limit)
	}
	if c.Limit <= 0 {
		c.Limit = defaultLimit
	}
	if c.Group != nil && c.Group.g != g {
		g.wrong("push adapter %q: its group %q is of another graph", name, c.Group.name)
	}
	a := &PushAdapter[T]{cfg: c, q: g.intake, grain: grain(c.Limit)}
	if g.inside != nil {
		g.wrong("push adapter %q: a sub-graph cannot have one; put it into the graph around", name)
		a.q = newIntake(g) // which never opens
	}
	n := g.node(name, "push")
	a.node, a.one.node, a.burst.node = n, n, n
	n.source = a
	n.outs = append(n.outs, &a.one, &a.burst)
	return a
}

// Edge returns the edge that ticks with single values. In Burst mode it never ticks.
func (a *PushAdapter[T]) Edge() Edge[T] { return Edge[T]{&a.one.series} }

// BurstEdge returns the edge that ticks with all waiting values in Burst mode. The slice is reused after the edge's next tick.
func (a *PushAdapter[T]) BurstEdge() Edge[[]T] { return Edge[[]T]{&a.burst.series} }

// Push hands v to the graph; the nodes that read the adapter see it in a later cycle. It may be called from any
// goroutine. When Limit values wait it follows the Full policy: it waits, drops the oldest, or returns ErrFull. Before the run
// has started it returns ErrNotStarted, afterwards ErrStopped. v is copied.
func (a *PushAdapter[T]) Push(v T) error {
	q := a.q
	q.mu.Lock()
	if err := a.room(); err != nil {
		q.mu.Unlock()
		return err
	}
	a.stats.Pushed++
	if a.cfg.Group == nil && a.cfg.Mode == LastValue && a.waiting() > 0 {
		a.in[a.first] = v
		a.stats.Conflated++
		q.mu.Unlock()
		return nil
	}
	if a.first > 0 && a.first >= len(a.in)/2 {
		a.compact()
	}
	a.in = append(a.in, v)
	woke := false
	if p := a.cfg.Group; p != nil {
		woke = p.add(a, true)
	} else if !a.told {
		a.told = true
		woke = q.announce(a)
	}
	q.mu.Unlock()
	if woke {
		q.yield()
	}
	return nil
}

// room makes sure that one more value may wait, by the adapter's policy.
func (a *PushAdapter[T]) room() error {
	for a.q.state == intakeOpen {
		if a.depth() < a.cfg.Limit || a.cfg.Mode == LastValue && a.cfg.Group == nil {
			return nil
		}
		switch a.cfg.Full {
		case Reject:
			a.stats.Rejected++
			return ErrFull
		case DropOldest:
			a.dropOldest()
			return nil
		}
		a.waiter++
		a.q.room.Wait()
		a.waiter--
	}
	if a.q.state == intakeClosed {
		return ErrStopped
	}
	return ErrNotStarted
}

// waiting is how many values the engine has not taken.
func (a *PushAdapter[T]) waiting() int { return len(a.in) - a.first }

// depth is how many values have not ticked, as far as the engine has told.
func (a *PushAdapter[T]) depth() int { return a.waiting() + int(a.taken.Load()) }

// dropOldest relies on DropOldest adapters being taken from one value at a time.
func (a *PushAdapter[T]) dropOldest() {
	a.stats.Dropped++
	a.shift()
	if a.cfg.Group != nil {
		a.voids++
	}
}

// shift removes the value that waits longest.
func (a *PushAdapter[T]) shift() {
	var zero T
	a.in[a.first] = zero
	a.first++
}

// compact moves what waits to the front of in.
func (a *PushAdapter[T]) compact() {
	k := copy(a.in, a.in[a.first:])
	clear(a.in[k:])
	a.in, a.first = a.in[:k], 0
}

// Stats returns how the adapter is doing. Any goroutine.
func (a *PushAdapter[T]) Stats() PushStats {
	a.q.mu.Lock()
	defer a.q.mu.Unlock()
	s := a.stats
	s.Limit = a.cfg.Limit
	s.Depth = a.depth()
	return s
}

func (a *PushAdapter[T]) begin(_, _ Time) error {
	a.q.mu.Lock()
	defer a.q.mu.Unlock()
	a.stats = PushStats{}
	return nil
}

// finish drops what still waits; the intake is closed by then.
func (a *PushAdapter[T]) finish() error {
	a.q.mu.Lock()
	defer a.q.mu.Unlock()
	a.stats.Dropped += uint64(a.waiting() + len(a.left()))
	clear(a.in)
	a.in, a.first, a.out, a.pos = a.in[:0], 0, nil, 0
	a.told, a.ready, a.voids = false, false, 0
	a.taken.Store(0)
	return nil
}
