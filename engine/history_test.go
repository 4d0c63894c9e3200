package engine_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gw/engine"
)

// past wires a node that reads e, keeps so much of its past, and looks at it in each cycle in which it is called.
func past(e engine.Edge[int], ticks int, span time.Duration, look func(now engine.Time, h engine.History[int])) {
	n := e.Graph().Node("past")
	in := engine.Use(n, e)
	in.Buffer(ticks, span)
	n.OnTick(func() { look(n.Now(), in.History()) })
}

// TestHistoryAnswersAsCspDoes holds what csp 0.19 gives for ticks of 10 at 1, 20 at 2, 30 at 3, 40 and 41 at 4, 50 at 5, 60 at 6.
func TestHistoryAnswersAsCspDoes(t *testing.T) {
	g := engine.New()
	var ps []engine.Point[int]
	for _, at := range []engine.Time{10, 20, 30, 40, 40, 50, 60} {
		ps = append(ps, engine.Point[int]{At: at, V: int(at)})
	}
	ps[4].V = 41
	e := engine.Curve(g, ps)
	past(e, 0, 50, func(now engine.Time, h engine.History[int]) {
		if now < 60 {
			return
		}
		for _, tc := range []struct {
			from, to engine.Time
			bound    engine.Bound
			want     string
		}{
			{25, 55, engine.Inclusive, "[{30 30} {40 40} {40 41} {50 50}]"},
			{25, 55, engine.Exclusive, "[{30 30} {40 40} {40 41} {50 50}]"},
			{25, 55, engine.Extrapolate, "[{25 20} {30 30} {40 40} {40 41} {50 50} {55 50}]"},
			{40, 50, engine.Inclusive, "[{40 40} {40 41} {50 50}]"},
			{40, 50, engine.Exclusive, "[]"},
			{40, 50, engine.Extrapolate, "[{40 41} {50 50}]"},
			{0, 5, engine.Extrapolate, "[]"},
			{50, 40, engine.Inclusive, "[]"},
			{60, 99, engine.Inclusive, "[{60 60}]"},
		} {
			got := []string{}
			for p := range h.Between(tc.from, tc.to, tc.bound, tc.bound) {
				got = append(got, fmt.Sprintf("{%d %d}", int64(p.At), p.V))
			}
			if got := fmt.Sprint(got); got != tc.want {
				t.Errorf("between %d and %d, bound %d: got %s, want %s", tc.from, tc.to, tc.bound, got, tc.want)
			}
		}
		last, _ := h.At(45)
		first, _ := h.FirstAt(45)
		if _, ok := h.At(9); ok || h.Len() < 7 || last.V != 41 || first.V != 40 {
			t.Errorf("got %v, %v and %v", last, first, ok)
		}
	})
	must(t, g.Run(context.Background(), engine.Config{}))
}

func TestHistoryKeepsWhatItsReadersAskFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := engine.New()
		e := engine.Curve(g, drawPoints(t))
		var all []engine.Point[int]
		engine.Sink(e, "all", func(v *int) { all = append(all, engine.Point[int]{At: g.Now(), V: *v}) })
		ticks, span := 0, engine.Time(0)
		var look func(now engine.Time, h engine.History[int])
		for range rapid.IntRange(1, 3).Draw(t, "readers") {
			n, d := rapid.IntRange(0, 4).Draw(t, "ticks"), rapid.IntRange(0, 80).Draw(t, "span")
			if n == 0 && d == 0 {
				n = 1
			}
			ticks, span = max(ticks, n), max(span, engine.Time(d))
			past(e, n, time.Duration(d), func(now engine.Time, h engine.History[int]) { look(now, h) })
		}
		look = func(now engine.Time, h engine.History[int]) {
			held := slices.Collect(h.All())
			if len(held) > len(all) || len(held) < min(ticks, len(all)) {
				t.Fatalf("holds %d of %d ticks, want at least %d", len(held), len(all), ticks)
			}
			if diff := cmp.Diff(all[len(all)-len(held):], held); diff != "" {
				t.Fatal(diff)
			}
			if len(held) < len(all) && span > 0 && held[0].At > now-span {
				t.Fatalf("at %d the past begins at %d, want all of the last %d", now, held[0].At, span)
			}
			back := engine.Time(rapid.IntRange(0, int(span)).Draw(t, "back"))
			want := engine.Point[int]{}
			for _, p := range all {
				if p.At <= now-back {
					want = p
				}
			}
			if got, _ := h.At(now - back); got != want {
				t.Fatalf("at %d before %d: got %v, want %v", back, now, got, want)
			}
		}
		for range 2 {
			all = nil
			if err := g.Run(context.Background(), engine.Config{}); err != nil {
				t.Fatal(err)
			}
		}
	})
}
