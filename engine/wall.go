package engine

import "time"

// wall is the clock of the machine as engine time. It starts at the wall clock and goes on by the monotonic clock, so that it never
// goes back. It is the only place of the engine that reads a clock.
type wall struct {
	began time.Time
	base  Time
}

func (w *wall) start() {
	w.began = time.Now()
	w.base = TimeOf(w.began)
}

func (w *wall) now() Time { return w.base.Add(time.Since(w.began)) }
