package op_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"gw/engine"
	"gw/engine/op"
)

func TestPrintWritesTimeTagAndValue(t *testing.T) {
	g := engine.New()
	var b bytes.Buffer
	op.Print(&b, "x", ints(g, "1s=1 2s=2"))
	run(t, g)
	want := "1970-01-01T00:00:01.000000000Z x:1\n1970-01-01T00:00:02.000000000Z x:2\n"
	if b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

func TestPrintEndsTheRunWhenItCannotWrite(t *testing.T) {
	g := engine.New()
	op.Print(broken{}, "x", ints(g, "1s=1 2s=2"))
	wantError(t, g, `node "print" (cycle 1 at 1970-01-01T00:00:01.000000000Z): print "x": disk is full`)
}

func TestLogGivesRecordsWithEngineTime(t *testing.T) {
	g := engine.New()
	h := &handler{}
	op.Log(h, slog.LevelInfo, "trade", ints(g, "1s=1"))
	op.Log(h, slog.LevelDebug, "not enabled", ints(g, "1s=1"))
	run(t, g)
	h.want(t, "00:00:01 INFO trade value=1")
}

func TestLogAsyncHandsOverAllThatFits(t *testing.T) {
	g := engine.New()
	h := &handler{}
	op.LogAsync(h, slog.LevelInfo, "trade", 10, ints(g, "1s=1 2s=2 3s=3"))
	run(t, g)
	h.want(t, "00:00:01 INFO trade value=1", "00:00:02 INFO trade value=2", "00:00:03 INFO trade value=3")
}

func TestLogAsyncCountsWhatASlowHandlerDrops(t *testing.T) {
	g := engine.New()
	h := &handler{busy: make(chan struct{}), free: make(chan struct{})}
	op.LogAsync(h, slog.LevelInfo, "trade", 1, op.Map(ints(g, "1s=1 2s=2 3s=3 4s=4"), func(v int) int {
		switch v {
		case 2:
			<-h.busy // the handler has taken 1 and holds it; 2 fits, 3 and 4 do not
		case 4:
			defer close(h.free)
		}
		return v
	}))
	h.stay = 1
	if err := g.Run(context.Background(), engine.Config{}); err != nil {
		t.Fatal(err)
	}
	h.wantLast(t, "00:00:04 WARN trade dropped=")
}

func TestLogAsyncReturnsTheHandlersError(t *testing.T) {
	g := engine.New()
	op.LogAsync(&handler{err: errors.New("disk is full")}, slog.LevelInfo, "trade", 10, ints(g, "1s=1"))
	wantError(t, g, `log "trade": disk is full`)
}

func TestStopEndsTheRunAfterTheCycle(t *testing.T) {
	g := engine.New()
	x := ints(g, "1s=1 2s=2 3s=3")
	op.Stop(op.Filter(x, func(v *int) bool { return *v == 2 }))
	log := listen(x, "")
	run(t, g)
	if log.String() != "1s=1 2s=2" {
		t.Errorf("got %s", log)
	}
}

func TestStopWithEndsTheRunWithAnError(t *testing.T) {
	g := engine.New()
	op.StopWith(ints(g, "1s=7"), func(v *int) error { return fmt.Errorf("got %d", *v) })
	wantError(t, g, `node "stop" (cycle 1 at 1970-01-01T00:00:01.000000000Z): got 7`)
}

func TestAtStopIsCalledWhenTheRunHasEnded(t *testing.T) {
	g := engine.New()
	x := ints(g, "1s=1")
	log := listen(x, "")
	at := ""
	op.AtStop(g, func() error { at = log.String(); return nil })
	run(t, g)
	if at != "1s=1" {
		t.Errorf("got %q", at)
	}
}

func TestBadKeysFailWhenAskedTo(t *testing.T) {
	for name, build := range map[string]func(g *engine.Graph){
		"multiplex": func(g *engine.Graph) { op.Multiplex(pair(g, "1s=1", "1s=2"), words(g, "1s=z"), op.FailOnBadKey) },
		"demultiplex": func(g *engine.Graph) {
			op.Demultiplex(words(g, "1s=z"), []string{"a"}, func(v *string) string { return *v }, op.FailOnBadKey)
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := engine.New()
			build(g)
			wantError(t, g, "key z is not in the basket")
		})
	}
}

func TestOperatorsOverNoEdgeAreErrorsOfWiring(t *testing.T) {
	var none engine.Edge[int]
	for name, e := range map[string]engine.Edge[int]{
		"Map": op.Map(none, double), "Merge": op.Merge(none, none), "Merge of none": op.Merge[int](), "Flatten": op.Flatten[int](),
		"Delay": op.Delay(none, 1), "Add": op.Add(none, none), "WrapFeedback": op.WrapFeedback(none), "Lag": op.Lag(none, 1),
		"Build": op.Build(op.Into(none, func(v *int) *int { return v })),
	} {
		t.Run(name, func(t *testing.T) {
			g := engine.New()
			n := g.Node("reader")
			engine.Use(n, e)
			if err := g.Build(); err == nil || !strings.Contains(err.Error(), `node "reader"`) {
				t.Errorf("got %v, want an error that names the reader", err)
			}
		})
	}
}

func run(t *testing.T, g *engine.Graph) {
	t.Helper()
	if err := g.Run(context.Background(), engine.Config{}); err != nil {
		t.Fatal(err)
	}
}

func wantError(t *testing.T, g *engine.Graph, want string) {
	t.Helper()
	err := g.Run(context.Background(), engine.Config{})
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got error %v, want one with %s", err, want)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("disk is full") }

// handler keeps what it is given. At its first record it tells busy and waits for free, if they are set.
type handler struct {
	slog.Handler
	lines      []string
	err        error
	busy, free chan struct{}
	stay       int
}

func (h *handler) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelInfo }

func (h *handler) Handle(_ context.Context, r slog.Record) error {
	line := fmt.Sprint(r.Time.Format(time.TimeOnly), " ", r.Level, " ", r.Message)
	r.Attrs(func(a slog.Attr) bool { line += " " + a.String(); return true })
	h.lines = append(h.lines, line)
	if h.stay--; h.stay == 0 {
		close(h.busy)
		<-h.free
	}
	return h.err
}

func (h *handler) want(t *testing.T, lines ...string) {
	t.Helper()
	if got, want := strings.Join(h.lines, "\n"), strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func (h *handler) wantLast(t *testing.T, start string) {
	t.Helper()
	if len(h.lines) == 0 || !strings.HasPrefix(h.lines[len(h.lines)-1], start) {
		t.Errorf("got %q, want the last to begin with %q", h.lines, start)
	}
}
