package engine

import "fmt"

// PullAdapter is a source that is read in time order on the engine's goroutine, such as a file. Some methods are optional:
// Start(start, end Time) error, called before the first Next with the bounds of the run (end 0 = none), and Stop() error, called after the last.
// A third, Skip(n uint64) error, passes over n values when a saved state is restored; without it they are read again.
type PullAdapter[T any] interface {
	// Next returns the next value and its time, or ok false when there are no more. An error ends the run.
	Next() (at Time, v T, ok bool, err error)
}

// pull ticks what an adapter gives; it holds one value in advance.
type pull[T any] struct {
	feed[T]
	a     PullAdapter[T]
	start Time
	next  T
	rows  uint64 // read from a in this run
}

// Pull returns an edge that ticks with the values of a at their times. Values before the start of the run are skipped; a
// value that is earlier than one before it ticks late, at the engine's time. Values of one time tick in following cycles.
func Pull[T any](g *Graph, name string, a PullAdapter[T]) Edge[T] {
	p := &pull[T]{a: a}
	p.add(g, name, "pull", p)
	return Edge[T]{&p.series}
}

func (p *pull[T]) begin(start, end Time) error {
	p.start, p.rows = start, 0
	if s, ok := p.a.(interface{ Start(start, end Time) error }); ok {
		if err := s.Start(start, end); err != nil {
			return err
		}
	}
	return p.look()
}

func (p *pull[T]) finish() error {
	var zero T
	p.next = zero
	if s, ok := p.a.(stopper); ok {
		return s.Stop()
	}
	return nil
}

// look reads the next value and schedules it.
func (p *pull[T]) look() error {
	for {
		at, v, ok, err := p.a.Next()
		if err != nil || !ok {
			return err
		}
		p.rows++
		if at < p.start {
			continue
		}
		p.next = v
		p.clk.sched.add(max(at, p.clk.now), p, 0)
		return nil
	}
}

func (p *pull[T]) fire(uint32) bool {
	if !p.put(p.next) {
		return false
	}
	g := p.node.g
	g.firing = p.node
	if err := p.look(); err != nil {
		g.fail(p.node, err)
	}
	g.firing = nil
	return true
}

func (p *pull[T]) save(w *packer) error {
	w.uint(p.rows)
	return nil
}

// load reads on until as many values have been read as when the state was saved. Their ticks are among what is scheduled.
func (p *pull[T]) load(r *unpacker) error {
	rows := r.uint()
	if s, ok := p.a.(interface{ Skip(n uint64) error }); ok && rows > p.rows+1 {
		if err := s.Skip(rows - p.rows - 1); err != nil {
			return err
		}
		p.rows = rows - 1
	}
	for p.rows < rows {
		_, v, ok, err := p.a.Next()
		if err != nil {
			return err
		}
		if !ok {
			return fmt.Errorf("has read %d values, this source has %d", rows, p.rows)
		}
		p.next = v
		p.rows++
	}
	return r.err
}
