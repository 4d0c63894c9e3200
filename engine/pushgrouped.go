package engine

import (
	"errors"
	"fmt"
)

var errWait = errors.New("full for now")

// A push adapter that belongs to a group. Its values wait in a.in, their order lies in the group.

func (a *PushAdapter[T]) owner() *Node { return a.node }

// fits tells whether n more values may wait: nil, errWait, or what is wrong.
func (a *PushAdapter[T]) fits(n int) error {
	switch {
	case a.q.state == intakeClosed:
		return ErrStopped
	case a.q.state == intakeNew:
		return ErrNotStarted
	case n > a.cfg.Limit:
		return fmt.Errorf("a batch of %d values is more than its limit of %d: %w", n, a.cfg.Limit, ErrFull)
	case a.waiting()+n <= a.cfg.Limit || a.cfg.Full == DropOldest:
		return nil
	case a.cfg.Full == Reject:
		a.stats.Rejected++
		return ErrFull
	}
	return errWait
}

func (a *PushAdapter[T]) take() (taken, barrier, first bool) {
	if a.voids > 0 { // dropped while it waited
		a.voids--
		return true, false, false
	}
	v := a.in[a.first]
	if a.cfg.Mode == Burst {
		if first = a.burst.last != a.burst.clk.cycle; first {
			a.burst.val = a.out[:0]
			a.burst.head.tick()
		}
		a.burst.val = append(a.burst.val, v)
		a.out = a.burst.val
		a.shift()
		return true, false, first
	}
	first = a.one.last != a.one.clk.cycle
	if !first && a.cfg.Mode == NonCollapsing {
		return false, true, false
	}
	a.one.val = v
	if first {
		a.one.head.tick()
	} else {
		a.stats.Conflated++
	}
	a.shift()
	return true, a.cfg.Mode == NonCollapsing, first
}

func (a *PushAdapter[T]) tapTick() {
	if a.cfg.Mode != Burst {
		a.tap(&a.one.val)
		return
	}
	for i := range a.burst.val {
		a.tap(&a.burst.val[i])
	}
}

// save packs the order of what waits in the group.
func (p *PushGroup) save(w *packer) error {
	p.q.mu.Lock()
	defer p.q.mu.Unlock()
	w.uint(uint64(len(p.order) - p.first))
	for _, e := range p.order[p.first:] {
		w.uint(uint64(e.a.owner().id))
		w.bool(e.end)
	}
	return nil
}

func (p *PushGroup) load(r *unpacker) error {
	p.q.mu.Lock()
	defer p.q.mu.Unlock()
	var order []groupEntry
	for range r.length() {
		id, end := r.uint(), r.bool()
		if id >= uint64(len(p.g.nodes)) {
			return errEvents
		}
		a, ok := p.g.nodes[id].source.(grouped)
		if !ok {
			return errEvents
		}
		order = append(order, groupEntry{a, end})
	}
	p.order, p.first = append(order, p.order[p.first:]...), 0
	if len(order) > 0 && !p.told {
		p.told = true
		p.q.announce(p)
	}
	return r.err
}
