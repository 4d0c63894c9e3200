package stats

import (
	"math"

	"gw/engine"
)

// Unique returns the edge of how many different numbers are in the window. Numbers are the same if they are up to so many decimal
// places, further ones being cut off; csp's precision is 10. O(1) on average.
func Unique(w *Window, places int) engine.Edge[float64] {
	return emit(&w.window, "unique", &unique{scale: math.Pow10(places)}, wants{plain: true})
}

// unique counts values in a hash table with open addressing.
type unique struct {
	scale float64
	slots []slot // a power of two, at most half full
	n     int
}

type slot struct {
	key   float64
	count int // 0 if free
}

func (u *unique) key(x float64) float64 {
	if k := math.Trunc(x * u.scale); !math.IsInf(k, 0) {
		return k + 0 // no negative zero
	}
	return x
}

// find returns the slot of k, or the free one where it belongs.
func (u *unique) find(k float64) int {
	for i := u.home(k); ; i = (i + 1) & (len(u.slots) - 1) {
		if s := &u.slots[i]; s.count == 0 || s.key == k {
			return i
		}
	}
}

// home is where k lies if nothing is in its way.
func (u *unique) home(k float64) int {
	h := math.Float64bits(k) * 0x9e3779b97f4a7c15
	return int(h>>32) & (len(u.slots) - 1)
}

func (u *unique) add(row []float64, _ engine.Time) {
	if 2*u.n >= len(u.slots) {
		u.grow()
	}
	k := u.key(row[0])
	s := &u.slots[u.find(k)]
	if s.count == 0 {
		s.key = k
		u.n++
	}
	s.count++
}

func (u *unique) grow() {
	old := u.slots
	u.slots = make([]slot, max(16, 2*len(old)))
	for _, s := range old {
		if s.count > 0 {
			u.slots[u.find(s.key)] = s
		}
	}
}

func (u *unique) remove(row []float64) {
	i := u.find(u.key(row[0]))
	if u.slots[i].count--; u.slots[i].count > 0 {
		return
	}
	u.n--
	u.close(i)
}

// close moves back what was put further on because slot i was taken.
func (u *unique) close(free int) {
	mask := len(u.slots) - 1
	for i := (free + 1) & mask; u.slots[i].count > 0; i = (i + 1) & mask {
		if (i-u.home(u.slots[i].key))&mask >= (i-free)&mask {
			u.slots[free], u.slots[i].count = u.slots[i], 0
			free = i
		}
	}
}

func (u *unique) clear() {
	clear(u.slots)
	u.n = 0
}

func (u *unique) value() float64 { return float64(u.n) }
