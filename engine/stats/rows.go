package stats

import "gw/engine"

// rows is a queue of rows of one width with their times. It is a ring that doubles when it is full and does not shrink.
type rows struct {
	vals  []float64
	times []engine.Time
	width int
	head  int // of the first row, in rows
	n     int
}

func (r *rows) push(row []float64, at engine.Time) {
	if r.n == len(r.times) {
		r.grow()
	}
	i := r.index(r.n)
	copy(r.vals[i*r.width:], row)
	r.times[i] = at
	r.n++
}

func (r *rows) grow() {
	size := max(8, 2*len(r.times))
	vals, times := make([]float64, size*r.width), make([]engine.Time, size)
	for i := range r.n {
		copy(vals[i*r.width:], r.at(i))
		times[i] = r.times[r.index(i)]
	}
	r.vals, r.times, r.head = vals, times, 0
}

// index is where the row i, counted from the first, lies.
func (r *rows) index(i int) int {
	if i += r.head; i >= len(r.times) {
		i -= len(r.times)
	}
	return i
}

func (r *rows) at(i int) []float64 {
	k := r.index(i) * r.width
	return r.vals[k : k+r.width : k+r.width]
}

func (r *rows) time(i int) engine.Time { return r.times[r.index(i)] }

func (r *rows) drop() {
	r.head = r.index(1)
	r.n--
}

func (r *rows) clear() { r.head, r.n = 0, 0 }
