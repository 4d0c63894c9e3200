package stats

import (
	"math"

	"gw/engine"
)

// Cov returns the edge of the covariance of the pair, with ddof as in [Var]. A row with a NaN in either value counts as one NaN. O(1).
func Cov(p *Pair, ddof int) engine.Edge[float64] {
	return emit(&p.window, "cov", &cov{ddof: ddof}, wants{})
}

// Corr returns the edge of the correlation of the pair, -1 to 1, NaN if the values of either are all equal. O(1).
func Corr(p *Pair) engine.Edge[float64] { return emit(&p.window, "corr", &corr{}, wants{}) }

type cov struct {
	joint
	ddof int
}

func (c *cov) add(row []float64, _ engine.Time) { c.row(row, 1) }
func (c *cov) remove(row []float64)             { c.row(row, -1) }
func (c *cov) clear()                           { c.joint = joint{} }
func (c *cov) value() float64                   { return c.cov(c.ddof) }

type corr struct{ joint }

func (c *corr) add(row []float64, _ engine.Time) { c.row(row, 1) }
func (c *corr) remove(row []float64)             { c.row(row, -1) }
func (c *corr) clear()                           { c.joint = joint{} }
func (c *corr) value() float64                   { return c.corr() }

// joint are the sums over pairs of values that a covariance is made of, counted from a pair in the window.
type joint struct {
	from         [2]float64
	w, x, y      double
	xx, yy, xy   double
	n, beyond    int
	peakX, peakY float64
	inX, inY     streak
}

func (j *joint) row(row []float64, sign float64) {
	if !skips(row, 2) {
		j.put(row[0], row[1], weight(row, 2), sign)
	}
}

func (j *joint) put(x, y, w, sign float64) {
	if math.Abs(x) > limits[2] || math.Abs(y) > limits[2] {
		j.beyond += int(sign)
		return
	}
	if j.n == 0 {
		j.from = [2]float64{x, y}
	}
	w *= sign
	dx, dy := twoSum(x, -j.from[0]), twoSum(y, -j.from[1])
	wx, wy := dx.scale(w), dy.scale(w)
	j.w = j.w.plus(double{w, 0})
	j.x, j.y = j.x.plus(wx), j.y.plus(wy)
	j.xx, j.yy, j.xy = j.xx.plus(wx.times(dx)), j.yy.plus(wy.times(dy)), j.xy.plus(wx.times(dy))
	if sign > 0 {
		j.inX.add(x)
		j.inY.add(y)
	}
	if j.n += int(sign); j.n == 0 {
		*j = joint{beyond: j.beyond, inX: j.inX, inY: j.inY}
	}
	j.peakX, j.peakY = max(j.peakX, j.xx.hi), max(j.peakY, j.yy.hi)
}

func (j *joint) stale() bool {
	j.settle()
	return j.n > 0 && (j.xx.hi < j.peakX*fresh || j.yy.hi < j.peakY*fresh)
}

// settle moves the point that pairs are counted from when the means have gone far away from it.
func (j *joint) settle() {
	if far(j.w, j.x, j.xx) || far(j.w, j.y, j.yy) {
		j.move(j.x.over(j.w).value(), j.y.over(j.w).value())
	}
}

// moments returns the sums of the products of the distances from the means. A sum of equal values is 0.
func (j *joint) moments() (xx, yy, xy double) {
	j.settle()
	flatX, flatY := j.inX.fills(j.n), j.inY.fills(j.n)
	mx, my := j.x.over(j.w), j.y.over(j.w)
	if !flatX {
		xx = j.xx.minus(j.x.times(mx))
	}
	if !flatY {
		yy = j.yy.minus(j.y.times(my))
	}
	if !flatX && !flatY {
		xy = j.xy.minus(j.x.times(my))
	}
	return xx, yy, xy
}

// move counts values from a point by (bx, by) further than now.
func (j *joint) move(bx, by float64) {
	to := [2]float64{j.from[0] + bx, j.from[1] + by}
	dx, dy := twoSum(j.from[0], -to[0]), twoSum(j.from[1], -to[1])
	j.from = to
	j.xy = j.xy.plus(j.x.times(dy)).plus(j.y.times(dx)).plus(j.w.times(dx).times(dy))
	j.xx = j.xx.plus(j.x.times(dx).scale(2)).plus(j.w.times(dx).times(dx))
	j.yy = j.yy.plus(j.y.times(dy).scale(2)).plus(j.w.times(dy).times(dy))
	j.x, j.y = j.x.plus(j.w.times(dx)), j.y.plus(j.w.times(dy))
}

func (j *joint) cov(ddof int) float64 {
	if j.beyond > 0 || j.n == 0 || j.w.value() <= float64(ddof) {
		return math.NaN()
	}
	_, _, xy := j.moments()
	return xy.value() / (j.w.value() - float64(ddof))
}

func (j *joint) corr() float64 {
	if j.beyond > 0 || j.n < 2 {
		return math.NaN()
	}
	xx, yy, xy := j.moments()
	if xx.hi <= 0 || yy.hi <= 0 {
		return math.NaN()
	}
	return max(-1, min(1, xy.value()/(math.Sqrt(xx.value())*math.Sqrt(yy.value()))))
}
