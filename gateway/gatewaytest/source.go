package gatewaytest

import (
	"errors"

	"gw/engine"
	"gw/gateway"
)

// Source sends values to one channel, or to one key of a basket.
type Source[T any] struct {
	h    *Harness
	door int
}

// Feed makes a source that sets a channel beside its other setters. Make it before the script begins.
func Feed[T any](h *Harness, c *gateway.Channel[T]) *Source[T] {
	h.t.Helper()
	return newSource(h, func(e engine.Edge[T]) { c.Set(e) })
}

// FeedKey makes a source that sets one key of a basket. Make it before the script begins.
func FeedKey[K comparable, T any](h *Harness, b *gateway.Basket[K, T], k K) *Source[T] {
	h.t.Helper()
	return newSource(h, func(e engine.Edge[T]) { b.Set(k, e) })
}

// Override makes a source that takes the place of all setters of a channel. Make it before the script begins.
func Override[T any](h *Harness, c *gateway.Channel[T]) *Source[T] {
	h.t.Helper()
	return newSource(h, func(e engine.Edge[T]) { c.Override(e) })
}

// OverrideKey makes a source that takes the place of all setters of one key of a basket. Make it before the script begins.
func OverrideKey[K comparable, T any](h *Harness, b *gateway.Basket[K, T], k K) *Source[T] {
	h.t.Helper()
	return newSource(h, func(e engine.Edge[T]) { b.Override(k, e) })
}

func newSource[T any](h *Harness, set func(engine.Edge[T])) *Source[T] {
	h.t.Helper()
	h.unbegun()
	s := &Source[T]{h: h, door: len(h.doors)}
	h.doors = append(h.doors, nil)
	h.wires = append(h.wires, func(bus *gateway.Bus) {
		n := bus.Graph().Node("source")
		due, out := engine.NewAlarm[T](n), engine.Emit[T](n)
		n.OnTick(func() { out.Set(due.Get()) })
		h.doors[s.door] = func(o order) { due.At(o.at, o.value.(T)) }
		set(out.Edge())
	})
	return s
}

// unbegun ends the test if the run has begun.
func (h *Harness) unbegun() {
	h.t.Helper()
	if h.begun {
		h.t.Fatal("sources and probes are made before the script begins: before the first line that sends, waits or asserts")
	}
}

// Send ticks the channel with each value at the script's time, one after the other. It does not wait: an assertion does.
func (s *Source[T]) Send(values ...T) {
	s.h.t.Helper()
	s.h.begin()
	for _, v := range values {
		err := s.h.script.Push(order{at: s.h.now, door: s.door, value: v})
		if errors.Is(err, engine.ErrStopped) {
			s.h.flush()
		}
		if err != nil {
			s.h.t.Fatalf("send: %v", err)
		}
	}
}
