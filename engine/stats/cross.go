package stats

import "gw/engine"

// CrossSectional returns the edge of all values of the window, NaNs included, the oldest first. The slice is reused by the next tick. It
// costs O(n) a tick.
func CrossSectional(w *Window) engine.Edge[[]float64] {
	s := &section{}
	n, run := follow(&w.window, "cross_sectional", s, wants{plain: true, nan: true})
	out := engine.Emit[[]float64](n)
	run(func(bool) {
		list := (*out.Slot())[:0]
		for i := range s.values.n {
			list = append(list, *s.values.at(i))
		}
		out.Set(list)
	})
	return out.Edge()
}

type section struct{ values ring[float64] }

func (s *section) add(row []float64, _ engine.Time) { s.values.push(row[0]) }
func (s *section) remove([]float64)                 { s.values.dropFirst() }
func (s *section) clear()                           { s.values.clear() }
