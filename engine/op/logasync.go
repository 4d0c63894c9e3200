package op

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"gw/engine"
)

// LogAsync is [Log] with a goroutine between, so that a slow handler does not stop the engine. At most limit records wait; what ticks
// while they do is dropped, and how many were is logged as a warning when the run ends. The run's end waits for the handler, and returns
// the first error it gave. A value that points to something must not be changed after it has ticked.
func LogAsync[T any](h slog.Handler, level slog.Level, tag string, limit int, e engine.Edge[T]) *engine.Node {
	n := node(e, "log")
	in, a := engine.Use(n, e), &asyncLog{h: h}
	n.OnStart(func() error { a.start(max(limit, 1)); return nil })
	n.OnTick(func() {
		if h.Enabled(context.Background(), level) {
			a.offer(record(n.Now(), level, tag, *in.Ptr()))
		}
	})
	n.OnStop(func() error {
		if err := a.stop(tag, n.Now()); err != nil {
			return fmt.Errorf("log %q: %w", tag, err)
		}
		return nil
	})
	return n.Effect()
}

// asyncLog hands records to a handler on a goroutine of its own.
type asyncLog struct {
	h       slog.Handler
	records chan slog.Record
	done    chan error // gets what the goroutine ended with
	dropped int
}

func (a *asyncLog) start(limit int) {
	a.records, a.done, a.dropped = make(chan slog.Record, limit), make(chan error, 1), 0
	go a.handle(a.records)
}

func (a *asyncLog) handle(records <-chan slog.Record) {
	var first error
	for r := range records {
		if err := a.h.Handle(context.Background(), r); err != nil && first == nil {
			first = err
		}
	}
	a.done <- first
}

func (a *asyncLog) offer(r slog.Record) {
	select {
	case a.records <- r:
	default:
		a.dropped++
	}
}

// stop waits for the handler and tells it what was dropped.
func (a *asyncLog) stop(tag string, now engine.Time) error {
	close(a.records)
	err := <-a.done
	if a.dropped == 0 {
		return err
	}
	r := slog.NewRecord(now.Std(), slog.LevelWarn, tag, 0)
	r.AddAttrs(slog.Int("dropped", a.dropped))
	return errors.Join(err, a.h.Handle(context.Background(), r))
}
