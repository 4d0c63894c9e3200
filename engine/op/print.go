package op

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"gw/engine"
)

// Print writes a line with the engine's time, the tag and the value to w at each tick of e. An error of w ends the run. The node is an effect.
func Print[T any](w io.Writer, tag string, e engine.Edge[T]) *engine.Node {
	n := node(e, "print")
	in := engine.Use(n, e)
	n.OnTick(func() {
		if _, err := fmt.Fprintf(w, "%s %s:%v\n", n.Now(), tag, *in.Ptr()); err != nil {
			n.Stop(fmt.Errorf("print %q: %w", tag, err))
		}
	})
	return n.Effect()
}

// Log gives a record with the engine's time, the tag as message and the value as attribute "value" to h at each tick of e. An error of h
// ends the run. The handler is called on the engine's goroutine: see [LogAsync] for one that may wait. The node is an effect.
func Log[T any](h slog.Handler, level slog.Level, tag string, e engine.Edge[T]) *engine.Node {
	n := node(e, "log")
	in := engine.Use(n, e)
	n.OnTick(func() {
		if !h.Enabled(context.Background(), level) {
			return
		}
		if err := h.Handle(context.Background(), record(n.Now(), level, tag, *in.Ptr())); err != nil {
			n.Stop(fmt.Errorf("log %q: %w", tag, err))
		}
	})
	return n.Effect()
}

func record(now engine.Time, level slog.Level, tag string, v any) slog.Record {
	r := slog.NewRecord(now.Std(), level, tag, 0)
	r.AddAttrs(slog.Any("value", v))
	return r
}
