package adapter

import (
	"context"
	"sync"

	"gw/engine"
)

// PushPull is a source that has a past and goes on live, on one edge. Another goroutine gives it the past in time order by Replay, says Live, and then
// pushes. The hand-over: a row of the past ticks at its time, one that is earlier than the engine's time or the start ticks late, at the engine's time; none is lost.
// Values that are pushed before Live was said wait until the past has ticked, then tick in order. Until Live, the graph waits for each next row, because its time may not pass
// one that is still to come; it uses no processor meanwhile, and ends when the run is cancelled or fails.
type PushPull[T any] struct {
	node  *engine.Node
	live  *engine.PushAdapter[T]
	in    *engine.In[T]
	alarm *engine.Alarm[int] // see below
	out   *engine.Out[T]

	mu    sync.Mutex
	wake  *sync.Cond
	rows  []past[T] // given and not taken
	full  int       // how many rows may be given
	done  bool      // Live was said
	ended bool      // the run is over

	// Engine's goroutine.
	next  T
	over  bool // the past has ticked
	early []T  // pushed before that
}

// What the alarm is for.
const (
	lookup  = iota // take the next row
	replay         // tick the row that was taken
	release        // tick a value that was pushed early
)

// past is a row of the past.
type past[T any] struct {
	at engine.Time
	v  T
}

// NewPushPull adds the source under name. c is for the live part, in the mode LastValue or NonCollapsing; c.Limit also bounds the rows that Replay
// may give ahead, 65536 if it is 0.
func NewPushPull[T any](g *engine.Graph, name string, c engine.PushConfig) *PushPull[T] {
	p := &PushPull[T]{live: engine.NewPush[T](g, name+" live", c), node: g.Node(name), full: c.Limit}
	if p.full <= 0 {
		p.full = 1 << 16
	}
	p.wake = sync.NewCond(&p.mu)
	p.in, p.alarm, p.out = engine.Use(p.node, p.live.Edge()), engine.NewAlarm[int](p.node), engine.Emit[T](p.node)
	p.node.OnStart(p.start)
	p.node.OnTick(p.tick)
	return p
}

// Edge returns the edge on which the past and then the live values tick.
func (p *PushPull[T]) Edge() engine.Edge[T] { return p.out.Edge() }

// Replay gives the next row of the past. It waits while too many rows are ahead, and returns ErrStopped after the run or after Live. After [engine.Graph.Started], one goroutine.
func (p *PushPull[T]) Replay(at engine.Time, v T) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.rows) >= p.full && !p.ended {
		p.wake.Wait()
	}
	if p.ended || p.done {
		return engine.ErrStopped
	}
	p.rows = append(p.rows, past[T]{at, v})
	p.wake.Broadcast()
	return nil
}

// Live says that the past is complete. Any goroutine.
func (p *PushPull[T]) Live() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done = true
	p.wake.Broadcast()
}

// Push hands over a live value, as [engine.PushAdapter.Push] does.
func (p *PushPull[T]) Push(v T) error { return p.live.Push(v) }

// Stats returns how the live part is doing. Any goroutine.
func (p *PushPull[T]) Stats() engine.PushStats { return p.live.Stats() }

func (p *PushPull[T]) start() error {
	p.mu.Lock()
	p.rows, p.done, p.ended = nil, false, false
	p.mu.Unlock()
	p.over, p.early = false, nil
	p.alarm.After(0, lookup)
	p.node.Go(func(ctx context.Context) error {
		<-ctx.Done()
		p.mu.Lock()
		defer p.mu.Unlock()
		p.ended = true
		p.wake.Broadcast()
		return nil
	})
	return nil
}

// take waits for the next row of the past.
func (p *PushPull[T]) take() (row past[T], ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.rows) == 0 && !p.done && !p.ended {
		p.wake.Wait()
	}
	if len(p.rows) == 0 || p.ended {
		return row, false
	}
	row = p.rows[0]
	p.rows = p.rows[1:]
	p.wake.Broadcast()
	return row, true
}

func (p *PushPull[T]) tick() {
	if p.in.Ticked() {
		if p.over && len(p.early) == 0 {
			p.out.Set(p.in.Get())
			return
		}
		p.early = append(p.early, p.in.Get())
	}
	if !p.alarm.Ticked() {
		return
	}
	switch p.alarm.Get() {
	case replay:
		p.out.Set(p.next)
		p.look()
	case lookup:
		p.look()
	case release:
		p.out.Set(p.early[0])
		p.early = p.early[1:]
		p.release()
	}
}

// look takes the next row and sets the alarm for it.
func (p *PushPull[T]) look() {
	row, ok := p.take()
	if ok {
		p.next = row.v
		p.alarm.At(max(row.at, p.node.Now()), replay)
		return
	}
	p.over = true
	p.release()
}

// release lets the first value that was pushed early tick in the next cycle.
func (p *PushPull[T]) release() {
	if len(p.early) > 0 {
		p.alarm.After(0, release)
	}
}
