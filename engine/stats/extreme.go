package stats

import (
	"math"

	"gw/engine"
)

// Max returns the edge of the largest value of the window, NaN if it is empty. O(1) on average.
func Max(w *Window) engine.Edge[float64] {
	return emit(&w.window, "max", &extreme{sign: 1}, wants{plain: true})
}

// Min returns the edge of the smallest value of the window, NaN if it is empty. O(1) on average.
func Min(w *Window) engine.Edge[float64] {
	return emit(&w.window, "min", &extreme{sign: -1}, wants{plain: true})
}

// ArgMax returns the edge of the engine time at which the largest value of the window ticked: of equal ones the last, or the first if recent is
// false; 0 if there is no result. O(1) on average.
func ArgMax(w *Window, recent bool) engine.Edge[engine.Time] {
	return when(w, "argmax", &extreme{sign: 1, recent: recent})
}

// ArgMin is [ArgMax] for the smallest value.
func ArgMin(w *Window, recent bool) engine.Edge[engine.Time] {
	return when(w, "argmin", &extreme{sign: -1, recent: recent})
}

func when(w *Window, name string, s *extreme) engine.Edge[engine.Time] {
	n, run := follow(&w.window, name, s, wants{plain: true})
	out := engine.Emit[engine.Time](n)
	run(func(valid bool) {
		var at engine.Time
		if valid && s.best.n > 0 {
			at = s.best.first().at
		}
		out.Set(at)
	})
	return out.Edge()
}

// extreme keeps, in order, the values that are or may yet become the largest: each is smaller than the one before and came after it.
type extreme struct {
	sign    float64 // -1 for the smallest
	recent  bool    // of equal values only the last is kept
	best    ring[candidate]
	in, out uint64 // how many values have come and gone
}

type candidate struct {
	v  float64
	at engine.Time
	i  uint64 // its number
}

func (e *extreme) add(row []float64, at engine.Time) {
	v := row[0] * e.sign
	for e.best.n > 0 {
		if last := e.best.last().v; last > v || last == v && !e.recent {
			break
		}
		e.best.dropLast()
	}
	e.in++
	e.best.push(candidate{v, at, e.in})
}

func (e *extreme) remove([]float64) {
	e.out++
	if e.best.n > 0 && e.best.first().i == e.out {
		e.best.dropFirst()
	}
}

func (e *extreme) clear() {
	e.best.clear()
	e.in, e.out = 0, 0
}

func (e *extreme) value() float64 {
	if e.best.n == 0 {
		return math.NaN()
	}
	return e.best.first().v * e.sign
}
