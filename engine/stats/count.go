package stats

import "gw/engine"

// Count returns the edge of how many numbers are in the window. O(1).
func Count(w *Window) engine.Edge[float64] {
	return emit(&w.window, "count", &count{}, wants{plain: true})
}

type count struct{ n int }

func (c *count) add([]float64, engine.Time) { c.n++ }
func (c *count) remove([]float64)           { c.n-- }
func (c *count) clear()                     { c.n = 0 }
func (c *count) value() float64             { return float64(c.n) }
