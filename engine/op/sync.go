package op

import (
	"time"

	"gw/engine"
)

// SyncConfig says how [Sync] aligns the edges of a basket.
type SyncConfig struct {
	// Threshold is how long the edges have to tick, counted from the first tick.
	Threshold time.Duration
	// Complete drops what has come when the threshold passes and some edge has not ticked; otherwise what has come ticks then.
	Complete bool
}

// Sync returns the basket of b's edges aligned: the last values that ticked within the threshold tick together, in the cycle in which the last
// missing edge ticks, or else when the threshold has passed.
func Sync[K comparable, T any](b engine.Basket[K, T], c SyncConfig) engine.Basket[K, T] {
	n := basketNode(b, "sync")
	return sync(n, b, c, func() bool { return true })
}

// SyncOn is [Sync] whose time begins with a tick of trigger; what ticks before is dropped.
func SyncOn[K comparable, T, U any](trigger engine.Edge[U], b engine.Basket[K, T], c SyncConfig) engine.Basket[K, T] {
	n := basketNode(b, "sync")
	begin := engine.Use(n, trigger)
	return sync(n, b, c, begin.Ticked)
}

func basketNode[K comparable, T any](b engine.Basket[K, T], name string) *engine.Node {
	var first engine.Edge[T]
	if b.Len() > 0 {
		first = b.Edges()[0]
	}
	return node(first, name)
}

func sync[K comparable, T any](n *engine.Node, b engine.Basket[K, T], c SyncConfig, begins func() bool) engine.Basket[K, T] {
	s := &syncer[T]{SyncConfig: c, ins: use(n, b.Edges()), late: engine.NewAlarm[struct{}](n)}
	outs, edges := emit[T](n, b.Len())
	s.outs, s.vals, s.have = outs, make([]T, b.Len()), make([]bool, b.Len())
	n.OnStart(func() error { s.clear(); return nil })
	n.Keep(1, &s.open, &s.end, &s.vals, &s.have, &s.count)
	n.OnTick(func() {
		if !s.open && begins() {
			s.open, s.end = true, s.late.After(c.Threshold, struct{}{})
		}
		s.tick()
	})
	return engine.NewBasket(b.Keys(), edges)
}

// syncer keeps what has come since the time began.
type syncer[T any] struct {
	SyncConfig
	ins  []*engine.In[T]
	outs []*engine.Out[T]
	late *engine.Alarm[struct{}]
	end  engine.Handle

	open  bool
	vals  []T
	have  []bool
	count int
}

func (s *syncer[T]) tick() {
	if !s.open {
		return
	}
	for i, in := range s.ins {
		if in.Ticked() {
			s.put(i, in.Ptr())
		}
	}
	full := s.count == len(s.ins)
	if !full && !s.late.Ticked() {
		return
	}
	if full || !s.Complete {
		s.release()
	}
	s.late.Cancel(s.end)
	s.clear()
}

func (s *syncer[T]) put(i int, v *T) {
	s.vals[i] = *v
	if !s.have[i] {
		s.have[i] = true
		s.count++
	}
}

func (s *syncer[T]) release() {
	for i, ok := range s.have {
		if ok {
			s.outs[i].Set(s.vals[i])
		}
	}
}

func (s *syncer[T]) clear() {
	clear(s.vals)
	clear(s.have)
	s.open, s.count = false, 0
}
