package stats

import "math"

// moments are the sums of the powers of what lies in a window, counted from a value in it, so that large values with small differences lose
// nothing. order is the highest power.
type moments struct {
	order  int
	from   float64   // what values are counted from
	sums   [5]double // of weight * (x-from)^p
	n      int
	beyond int     // values too large for their powers
	peak   float64 // the largest that sums[2] has been
	streak streak
}

// limits is the largest value whose powers of an order can be added up.
var limits = [5]float64{2: 1e150, 3: 1e100, 4: 1e75}

func (m *moments) empty() { *m = moments{order: m.order} }

// put adds a value, or takes it out if sign is -1.
func (m *moments) put(x, w, sign float64) {
	if math.Abs(x) > limits[m.order] {
		m.beyond += int(sign)
		return
	}
	if m.n == 0 {
		m.from = x
	}
	d, p := twoSum(x, -m.from), double{w * sign, 0}
	for i := 0; ; i++ {
		m.sums[i] = m.sums[i].plus(p)
		if i == m.order {
			break
		}
		p = p.times(d)
	}
	if sign > 0 {
		m.streak.add(x)
	}
	if m.n += int(sign); m.n == 0 {
		m.sums, m.peak = [5]double{}, 0
		return
	}
	m.peak = max(m.peak, m.sums[2].hi)
}

// stale tells whether a value far from the others has left.
func (m *moments) stale() bool {
	m.settle()
	return m.n > 0 && m.sums[2].hi < m.peak*fresh
}

// settle moves the point that values are counted from when the mean has gone far away from it.
func (m *moments) settle() {
	if far(m.sums[0], m.sums[1], m.sums[2]) {
		m.move(m.sums[1].over(m.sums[0]).value())
	}
}

// far tells whether the mean of some numbers is more than 16 times their deviation: mean² > 256 (mean of squares - mean²).
func far(w, sum, squares double) bool { return 257*sum.hi*sum.hi > 256*squares.hi*w.hi }

// central returns the mean of the powers of the distance from the mean. They are 0 if all values are equal.
func (m *moments) central() (p2, p3, p4 double) {
	if m.streak.fills(m.n) {
		return
	}
	m.settle()
	w := m.sums[0]
	mu, s2 := m.sums[1].over(w), m.sums[2].over(w)
	mu2 := mu.times(mu)
	p2 = s2.minus(mu2)
	if p2.hi <= 0 || m.order == 2 {
		return p2, p3, p4
	}
	s3 := m.sums[3].over(w)
	p3 = s3.minus(mu.times(s2).scale(3)).plus(mu2.times(mu).scale(2))
	if m.order > 3 {
		s4 := m.sums[4].over(w)
		p4 = s4.minus(mu.times(s3).scale(4)).plus(mu2.times(s2).scale(6)).minus(mu2.times(mu2).scale(3))
	}
	return p2, p3, p4
}

// move counts values from a point by further than now: the sums of (d-by)^p follow from those of d^p.
func (m *moments) move(by float64) {
	to := m.from + by
	back := twoSum(m.from, -to)
	for p := m.order; p > 0; p-- {
		sum, c := m.sums[p], back
		for j := 1; j <= p; j++ {
			sum = sum.plus(m.sums[p-j].times(c).scale(binomial[p][j]))
			c = c.times(back)
		}
		m.sums[p] = sum
	}
	m.from = to
}

var binomial = [5][5]float64{{1}, {1, 1}, {1, 2, 1}, {1, 3, 3, 1}, {1, 4, 6, 4, 1}}

// streak is how often the last value has come in a row.
type streak struct {
	last float64
	n    int
}

func (s *streak) add(x float64) {
	if s.n > 0 && s.last == x {
		s.n++
		return
	}
	s.last, s.n = x, 1
}

// fills tells whether the last n values are all equal.
func (s *streak) fills(n int) bool { return s.n >= n }
