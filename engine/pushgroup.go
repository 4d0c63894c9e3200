package engine

import (
	"errors"
	"fmt"
)

// PushGroup keeps the order of values across the push adapters that name it in their [PushConfig]. A value of a NonCollapsing adapter is a barrier:
// what was pushed to any adapter of the group after it, or after the batch it belongs to, ticks in a later cycle. So quotes that conflate never run ahead of trades.
type PushGroup struct {
	name string
	q    *intake
	g    *Graph

	// Producers' side, guarded by q.mu.
	_     apart
	order []groupEntry // that wait are order[first:]
	first int
	told  bool

	// Engine's goroutine.
	_      apart
	ready  bool
	ticked []grouped // in the cycle that is going on
	_      apart
}

// groupEntry stands for one value that waits in its adapter.
type groupEntry struct {
	a   grouped
	end bool // the last of its batch
}

// grouped is a push adapter as its group sees it. q.mu is held, except in tapTick.
type grouped interface {
	// take ticks the value that waits longest. It returns false if that must wait for the next cycle.
	take() (taken, barrier, first bool)
	owner() *Node
	room() error
	fits(n int) error
	tapTick()
}

// PushGroup returns a new group for push adapters of g.
func (g *Graph) PushGroup(name string) *PushGroup {
	p := &PushGroup{name: name, q: g.intake, g: g}
	g.groups = append(g.groups, p)
	return p
}

// add appends an entry and tells the loop. q.mu is held.
func (p *PushGroup) add(a grouped, end bool) (woke bool) {
	if p.first > 0 && p.first >= len(p.order)/2 {
		k := copy(p.order, p.order[p.first:])
		clear(p.order[k:])
		p.order, p.first = p.order[:k], 0
	}
	p.order = append(p.order, groupEntry{a, end})
	if p.told {
		return false
	}
	p.told = true
	return p.q.announce(p)
}

func (p *PushGroup) enlist() bool {
	was := p.ready
	p.ready = true
	return !was
}

// consume ticks entries in order up to the end of the batch that has a barrier, or to a value that must wait.
func (p *PushGroup) consume() (more bool) {
	p.q.mu.Lock()
	locking := false
	for p.first < len(p.order) {
		e := p.order[p.first]
		taken, barrier, first := e.a.take()
		if !taken {
			break
		}
		p.order[p.first] = groupEntry{}
		p.first++
		if first {
			p.ticked = append(p.ticked, e.a)
		}
		if locking = locking || barrier; locking && e.end {
			break
		}
	}
	more = p.first < len(p.order)
	p.told, p.ready = more, more
	p.q.room.Broadcast()
	p.q.mu.Unlock()
	for _, a := range p.ticked {
		a.tapTick()
	}
	p.ticked = p.ticked[:0]
	return more
}

// reset forgets the run before. q.mu is held.
func (p *PushGroup) reset() {
	clear(p.order)
	p.order, p.first, p.told, p.ready = p.order[:0], 0, false, false
}

// PushBatch collects values that belong together.
type PushBatch struct {
	p    *PushGroup
	adds []func()
	to   []grouped
	err  error
}

// Batch pushes what fill gives to adapters of the group by [PushAdapter.PushIn], as one: all of it enters, in this order, or nothing and an error. Any goroutine.
func (p *PushGroup) Batch(fill func(*PushBatch)) error {
	b := &PushBatch{p: p}
	fill(b)
	if b.err != nil || len(b.to) == 0 {
		return b.err
	}
	p.q.mu.Lock()
	if err := b.room(); err != nil {
		p.q.mu.Unlock()
		return err
	}
	woke := false
	for i, add := range b.adds {
		add()
		woke = p.add(b.to[i], i == len(b.to)-1) || woke
	}
	p.q.mu.Unlock()
	if woke {
		p.q.yield()
	}
	return nil
}

// room makes sure that all of the batch may enter. It looks again at all adapters when it had to wait for one.
func (b *PushBatch) room() error {
	counts := map[grouped]int{}
	for _, a := range b.to {
		counts[a]++
	}
	for i := 0; i < len(b.to); i++ {
		a := b.to[i]
		err := a.fits(counts[a])
		if errors.Is(err, errWait) {
			b.p.q.room.Wait()
			i = -1
			continue
		}
		if err != nil {
			return fmt.Errorf("push adapter %q: %w", a.owner().name, err)
		}
	}
	return nil
}

// PushIn adds v to the batch b of the adapter's group.
func (a *PushAdapter[T]) PushIn(b *PushBatch, v T) {
	if a.cfg.Group != b.p {
		b.err = fmt.Errorf("push adapter %q is not of the group %q", a.node.name, b.p.name)
		return
	}
	b.to = append(b.to, a)
	b.adds = append(b.adds, func() {
		if a.cfg.Full == DropOldest && a.waiting() >= a.cfg.Limit {
			a.dropOldest()
		}
		a.stats.Pushed++
		a.in = append(a.in, v)
	})
}
