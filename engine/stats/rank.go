package stats

import (
	"math"

	"gw/engine"
)

// Ties says which rank a value has among equal ones.
type Ties uint8

const (
	LowestRank  Ties = iota // as many as are less
	HighestRank             // as many as are less or equal, but itself
	AverageRank             // halfway between them
)

// Rank returns the edge of how many values of the window are less than the last one: 0 for the smallest. A NaN as the last value has no rank, so the
// result is NaN, or with skipNaN that of the last number. O(log n), and memory for the window.
func Rank(w *Window, ties Ties, skipNaN bool) engine.Edge[float64] {
	return emit(&w.window, "rank", &rank{ties: ties, skip: skipNaN}, wants{plain: true, nan: true})
}

type rank struct {
	ordered
	ties Ties
	skip bool
	last float64
}

func (r *rank) add(row []float64, at engine.Time) {
	switch nan := row[0] != row[0]; {
	case !nan:
		r.ordered.add(row, at)
		r.last = row[0]
	case !r.skip:
		r.last = row[0]
	}
}

func (r *rank) remove(row []float64) {
	if row[0] == row[0] {
		r.ordered.remove(row)
	}
}

func (r *rank) clear() {
	r.ordered.clear()
	r.last = math.NaN()
}

func (r *rank) value() float64 {
	if r.last != r.last {
		return math.NaN()
	}
	less, equal := r.rank(r.last)
	if equal == 0 { // it has left
		return math.NaN()
	}
	switch r.ties {
	case HighestRank:
		less += equal - 1
	case AverageRank:
		return float64(less) + float64(equal-1)/2
	}
	return float64(less)
}
