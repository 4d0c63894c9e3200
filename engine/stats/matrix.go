package stats

import (
	"math"

	"gw/engine"
)

// Matrix is a square matrix of Size rows, one after the other. The values are overwritten by the next tick.
type Matrix struct {
	Size   int
	Values []float64
}

// At returns the value in row i and column j, from 0.
func (m Matrix) At(i, j int) float64 { return m.Values[i*m.Size+j] }

// CovMatrix returns the edge of the covariances of the elements of the vectors, with ddof as in [Var]. A NaN is passed over in its own row and
// column only. O(size²).
func CovMatrix(v *Vector, ddof int) engine.Edge[Matrix] {
	return matrix(v, "cov_matrix", func(j *joint) float64 { return j.cov(ddof) })
}

// CorrMatrix returns the edge of the correlations of the elements of the vectors. A NaN is passed over in its own row and column only. O(size²).
func CorrMatrix(v *Vector) engine.Edge[Matrix] {
	return matrix(v, "corr_matrix", (*joint).corr)
}

func matrix(v *Vector, name string, value func(*joint) float64) engine.Edge[Matrix] {
	s := &pairs{size: v.size, all: make([]joint, v.size*(v.size+1)/2), counts: make([]keeper, v.size*(v.size+1)/2)}
	n, run := follow(&v.window, name, s, wants{nan: true, blind: true})
	out, c := engine.Emit[Matrix](n), v.config
	run(func(bool) {
		m := out.Slot()
		if m.Values == nil {
			*m = Matrix{s.size, make([]float64, s.size*s.size)}
		}
		s.each(func(k, i, j int) {
			x := math.NaN()
			if n := s.counts[k]; n.points >= c.MinDataPoints && !(c.KeepNaN && n.nans > 0) {
				x = value(&s.all[k])
			}
			m.Values[i*s.size+j], m.Values[j*s.size+i] = x, x
		})
		out.Tick()
	})
	return out.Edge()
}

// pairs are the joint sums of every two elements of a vector.
type pairs struct {
	size   int
	all    []joint // of i <= j, row after row
	counts []keeper
}

func (p *pairs) each(f func(k, i, j int)) {
	k := 0
	for i := range p.size {
		for j := i; j < p.size; j++ {
			f(k, i, j)
			k++
		}
	}
}

func (p *pairs) add(row []float64, _ engine.Time) { p.count(row, 1) }
func (p *pairs) remove(row []float64)             { p.count(row, -1) }

func (p *pairs) count(row []float64, by int) {
	w, k := weight(row, p.size), 0
	for i := range p.size {
		for j := i; j < p.size; j++ {
			if c := &p.counts[k]; row[i] != row[i] || row[j] != row[j] || w != w {
				c.nans += by
			} else {
				c.points += by
				if !skips(row, p.size) {
					p.all[k].put(row[i], row[j], w, float64(by))
				}
			}
			k++
		}
	}
}

func (p *pairs) clear() {
	clear(p.all)
	clear(p.counts)
}

func (p *pairs) stale() bool {
	for i := range p.all {
		if p.all[i].stale() {
			return true
		}
	}
	return false
}
