package stats

import (
	"math"

	"gw/engine"
)

// First returns the edge of the first value of the window that is a number, NaN if there is none. With KeepNaN it is the first value, whatever it
// is. O(1), and memory for the window.
func First(w *Window) engine.Edge[float64] {
	return emit(&w.window, "first", &first{}, wants{plain: true, nan: w.config.KeepNaN, blind: true})
}

// Last returns the edge of the last value of the window that is a number, NaN if there is none. With KeepNaN it is the last value, whatever it
// is. O(1).
func Last(w *Window) engine.Edge[float64] {
	return emit(&w.window, "last", &last{}, wants{plain: true, nan: w.config.KeepNaN, blind: true})
}

type first struct{ values ring[float64] }

func (f *first) add(row []float64, _ engine.Time) { f.values.push(row[0]) }
func (f *first) remove([]float64)                 { f.values.dropFirst() }
func (f *first) clear()                           { f.values.clear() }

func (f *first) value() float64 {
	if f.values.n == 0 {
		return math.NaN()
	}
	return *f.values.first()
}

type last struct {
	v float64
	n int
}

func (l *last) add(row []float64, _ engine.Time) { l.v, l.n = row[0], l.n+1 }
func (l *last) remove([]float64)                 { l.n-- }
func (l *last) clear()                           { *l = last{} }

func (l *last) value() float64 {
	if l.n == 0 {
		return math.NaN()
	}
	return l.v
}
