package gateway

import (
	"context"
	"slices"
)

// Last returns the values now on a channel: of one key if key is not "", otherwise of all keys that have ticked, in the
// order of the keys. There are none as long as nothing has ticked; a channel that nothing provides is a *NotFoundError.
// Any goroutine may call it, before, during and after Run.
func (g *Gateway) Last(ctx context.Context, name, key string) (*Answer, error) {
	p, lanes, err := g.find(name, key)
	if err != nil {
		return nil, err
	}
	g.hub.mu.Lock()
	a := answerOf(g.hub.now, g.hub.cycle, p.values(lanes))
	g.hub.mu.Unlock()
	return g.visibleAnswer(ctx, p, a), nil
}

// Next waits for the first tick after the call that the caller may see, of that key or, if key is "", of any key,
// and then answers as Last does in that cycle. When the gateway stops while it waits the answer is empty; once it has
// stopped the error is ErrNotRunning. A context that ends is its error.
func (g *Gateway) Next(ctx context.Context, name, key string) (*Answer, error) {
	p, lanes, err := g.find(name, key)
	if err != nil {
		return nil, err
	}
	w := &waiter{ready: make(chan struct{}, 1)}
	if key != "" {
		w.lane = lanes[0]
	}
	if !g.enlist(p, w) {
		return nil, ErrNotRunning
	}
	defer g.dismiss(p, w)
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-w.ready:
		}
		answers, ended := g.collect(w)
		for _, a := range answers {
			if v := g.visibleAnswer(ctx, p, a); v == a || len(v.Records) > 0 {
				return v, nil
			}
		}
		if ended {
			now, cycle := g.hub.at()
			return &Answer{Time: now, Cycle: cycle}, nil
		}
	}
}

// Recent returns up to n of the newest ticks of a channel that the caller may see, oldest first; of all keys of a basket
// if key is "". It keeps Gateway.History ticks a channel and key. An unknown name has none.
func (g *Gateway) Recent(ctx context.Context, name, key string, n int) []*Tick {
	_, lanes, err := g.find(name, key)
	if err != nil {
		return nil
	}
	var ticks []*Tick
	g.hub.mu.Lock()
	for _, l := range lanes {
		ticks = l.history.newest(ticks, n)
	}
	g.hub.mu.Unlock()
	if len(lanes) > 1 {
		slices.SortFunc(ticks, bySeq)
		ticks = ticks[max(0, len(ticks)-n):]
	}
	return g.visibleTicks(ctx, ticks)
}

func (g *Gateway) enlist(p *Port, w *waiter) bool {
	g.hub.mu.Lock()
	defer g.hub.mu.Unlock()
	if g.hub.ended {
		return false
	}
	p.waiters = append(p.waiters, w)
	return true
}

func (g *Gateway) dismiss(p *Port, w *waiter) {
	g.hub.mu.Lock()
	defer g.hub.mu.Unlock()
	if i := slices.Index(p.waiters, w); i >= 0 {
		p.waiters = slices.Delete(p.waiters, i, i+1)
	}
}

func (g *Gateway) collect(w *waiter) ([]*Answer, bool) {
	g.hub.mu.Lock()
	defer g.hub.mu.Unlock()
	answers := w.answers
	w.answers = nil
	return answers, w.ended
}

// find returns the port of a provided channel and the lanes that key means.
func (g *Gateway) find(name, key string) (*Port, []*lane, error) {
	p, ok := g.Port(name)
	if !ok || !p.provided {
		return nil, nil, channelNotFound(name, key)
	}
	lanes, ok := p.lanesOf(key)
	if !ok {
		return nil, nil, channelNotFound(name, key)
	}
	return p, lanes, nil
}
