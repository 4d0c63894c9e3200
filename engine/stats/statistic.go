package stats

import (
	"math"

	"gw/engine"
)

// A statistic is computed of rows that come and go. Unless it wants them, rows with a NaN are not shown to it.
type statistic interface {
	add(row []float64, at engine.Time)
	remove(row []float64)
	clear()
}

// stale is a statistic that may lose its precision when large values leave, and tells when it has.
type stale interface{ stale() bool }

// keeper counts what a statistic holds.
type keeper struct {
	points, nans int // rows without and with a NaN
}

// wants is what a statistic wants of the rows it follows.
type wants struct {
	nan   bool // shows rows with a NaN to the statistic
	blind bool // a NaN in the window does not make the result NaN
	plain bool // without the weight of a row
	roots bool // a negative value counts as NaN
}

// emit adds the node of a statistic, whose result is one number.
func emit[S interface {
	statistic
	value() float64
}](w *window, name string, s S, o wants) engine.Edge[float64] {
	n, run := follow(w, name, s, o)
	out := engine.Emit[float64](n)
	run(func(valid bool) {
		if valid {
			out.Set(s.value())
		} else {
			out.Set(math.NaN())
		}
	})
	return out.Edge()
}

// follow adds the node of a statistic that is kept up to date with w. run is called with what ticks the result.
func follow(w *window, name string, s statistic, o wants) (n *engine.Node, run func(result func(valid bool))) {
	n = node(w.e, name)
	k, in, c := &keeper{}, engine.Use(n, w.e), w.config
	n.Keep(1, k, s)
	n.OnStart(func() error { *k = keeper{}; s.clear(); return nil })
	f := &follower{keeper: k, statistic: s, wants: o, weighted: !c.Weights.IsZero(), all: w.state}
	f.aging, _ = s.(stale)
	return n, func(result func(valid bool)) {
		n.OnTick(func() {
			u := in.Ptr()
			f.take(u)
			if u.due {
				result(k.points >= c.MinDataPoints && (o.blind || !c.KeepNaN || k.nans == 0))
			}
		})
	}
}

// follower gives a statistic the rows of updates.
type follower struct {
	*keeper
	statistic
	wants
	weighted bool
	aging    stale // the statistic, nil if it does not lose precision
	all      *windowState
}

func (f *follower) take(u *update) {
	if u.clear {
		*f.keeper = keeper{}
		f.clear()
	}
	for i := 0; i < len(u.rem); i += u.width {
		row, nan := f.row(u.rem[i : i+u.width])
		if f.count(nan, -1) {
			f.remove(row)
		}
	}
	for i, at := range u.at {
		row, nan := f.row(u.add[i*u.width : (i+1)*u.width])
		if f.count(nan, 1) {
			f.add(row, at)
		}
	}
	if f.aging != nil && len(u.rem) > 0 && f.aging.stale() {
		f.again()
	}
}

// again has the statistic start afresh from all that is in the window, all of which has been told.
func (f *follower) again() {
	*f.keeper = keeper{}
	f.clear()
	for i := range f.all.rows.n {
		row, nan := f.row(f.all.rows.at(i))
		if f.count(nan, 1) {
			f.add(row, f.all.rows.time(i))
		}
	}
}

// row returns what the statistic is shown of a row, and whether that counts as NaN.
func (f *follower) row(row []float64) ([]float64, bool) {
	if f.plain && f.weighted {
		row = row[:len(row)-1]
	}
	for _, x := range row {
		if x != x || f.roots && x < 0 {
			return row, true
		}
	}
	return row, false
}

// count counts a row and tells whether the statistic wants to see it.
func (f *follower) count(nan bool, by int) bool {
	if nan {
		f.nans += by
		return f.nan
	}
	f.points += by
	return true
}
