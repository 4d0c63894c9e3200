package gatewaytest

import (
	"fmt"
	"sync"
	"time"

	"gw/engine"
	"gw/gateway"
)

// Probe watches one channel, or one key of a basket. Its assertions speak of the ticks of this step; those of a value
// speak of the last tick of the step.
type Probe[T any] struct {
	h    *Harness
	name func() string

	mu     sync.Mutex // the engine's goroutine writes
	ticks  []Tick[T]
	cycles []uint64
}

// Tick is one tick that a probe has seen.
type Tick[T any] struct {
	Time  time.Time
	Value T
}

// Watch makes a probe of a channel. Make it before the script begins.
func Watch[T any](h *Harness, c *gateway.Channel[T]) *Probe[T] {
	h.t.Helper()
	return newProbe(h, func() string { return c.Name() }, func() engine.Edge[T] { return c.Get() })
}

// WatchKey makes a probe of one key of a basket. Make it before the script begins.
func WatchKey[K comparable, T any](h *Harness, b *gateway.Basket[K, T], k K) *Probe[T] {
	h.t.Helper()
	return newProbe(h, func() string { return fmt.Sprint(b.Name(), "/", b.KeyName(k)) }, func() engine.Edge[T] { return b.At(k) })
}

func newProbe[T any](h *Harness, name func() string, get func() engine.Edge[T]) *Probe[T] {
	h.t.Helper()
	h.unbegun()
	p := &Probe[T]{h: h, name: name}
	h.probes = append(h.probes, p)
	h.wires = append(h.wires, func(bus *gateway.Bus) {
		n := bus.Graph().Node("probe")
		in := engine.Use(n, get())
		n.OnTick(func() { p.take(n, in.Get()) })
	})
	return p
}

func (p *Probe[T]) take(n *engine.Node, v T) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ticks = append(p.ticks, Tick[T]{n.Now().Std(), v})
	p.cycles = append(p.cycles, n.Cycle())
}

// Ticks returns the ticks of this step, oldest first. Read values only.
func (p *Probe[T]) Ticks() []Tick[T] {
	p.h.t.Helper()
	p.h.settle()
	return p.seen()
}

// Last returns the value of the last tick of this step; if there was none the test ends.
func (p *Probe[T]) Last() T {
	p.h.t.Helper()
	ticks := p.Ticks()
	if len(ticks) == 0 {
		p.h.t.Fatalf("%s has not ticked\n%s", p.label(), p.h.ticked())
	}
	return ticks[len(ticks)-1].Value
}

func (p *Probe[T]) seen() []Tick[T] {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ticks
}

func (p *Probe[T]) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ticks, p.cycles = nil, nil
}

func (p *Probe[T]) count() int { return len(p.seen()) }

func (p *Probe[T]) label() string { return p.name() }

func (p *Probe[T]) lines() []line {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := make([]line, len(p.ticks))
	for i, t := range p.ticks {
		all[i] = line{p.cycles[i], fmt.Sprintf("%s #%d %s %s", t.Time.Format(clock), p.cycles[i], p.label(), render(t.Value))}
	}
	return all
}
