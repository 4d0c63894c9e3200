package engine

import "errors"

// Delayed is a promise of an edge, kept before the graph runs: it stands for an edge that is made later while wiring. It adds nothing
// at run time. Unlike a [Feedback] it cannot close a circle.
type Delayed[T any] struct {
	g *Graph
	s *series[T]
}

// NewDelayed returns a promise that is not bound yet. A promise that is read and never bound is an error of wiring.
func NewDelayed[T any](g *Graph) *Delayed[T] {
	return &Delayed[T]{g, &series[T]{head: head{node: &Node{g: g, name: "delayed"}, cold: &cold{late: true}}}}
}

// Edge returns the edge that stands for the one given to Bind.
func (d *Delayed[T]) Edge() Edge[T] { return Edge[T]{d.s} }

// Bound tells whether Bind was called.
func (d *Delayed[T]) Bound() bool { return d.s.cold.alias != nil }

// Bind sets the edge. It returns an error if that was done before, or if e is no edge or of another graph.
func (d *Delayed[T]) Bind(e Edge[T]) error {
	switch {
	case d.Bound():
		return errors.New("delayed edge is bound twice")
	case e.s == nil:
		return errors.New("delayed edge is bound to no edge")
	case e.Graph() != d.g:
		return errors.New("delayed edge is bound to an edge of another graph")
	}
	d.s.cold.alias = e.s
	d.g.built = false
	return nil
}
