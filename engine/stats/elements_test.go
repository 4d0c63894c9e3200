package stats_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"gw/engine"
	"gw/engine/stats"
)

var nan = math.NaN()

// vectors ticks rows at 1, 2, 3 ... seconds, in a run that starts after 0.
func vectors(g *engine.Graph, rows ...[]float64) engine.Edge[[]float64] {
	return points(g, append([][]float64{nil}, rows...)...)
}

// TestElementsTickAsCspOfArrays holds what csp 0.19.1 gives for arrays of three.
func TestElementsTickAsCspOfArrays(t *testing.T) {
	last3 := stats.Config{Interval: stats.Ticks(3), MinWindow: stats.Ticks(1)}
	for _, tc := range []struct {
		name string
		f    func(*stats.Window) engine.Edge[float64]
		c    stats.Config
		want string
	}{
		{"mean", stats.Mean, last3, "1=[1,10,nan] 2=[1.5,10,5] 3=[2,8.5,5] 4=[0.333333,7.5,3.66667] 5=[0.333333,5.66667,2.66667]"},
		{"count", stats.Count, last3, "1=[1,1,0] 2=[2,1,1] 3=[3,2,2] 4=[3,2,3] 5=[3,3,3]"},
		{"min", stats.Min, last3, "1=[1,10,nan] 2=[1,10,5] 3=[1,7,5] 4=[-4,7,1] 5=[-4,2,1]"},
		{"var", variance, last3, "1=[nan,nan,nan] 2=[0.5,nan,nan] 3=[1,4.5,0] 4=[14.3333,0.5,5.33333] 5=[14.3333,10.3333,4.33333]"},
		{"median", stats.Median, last3, "1=[1,10,nan] 2=[1.5,10,5] 3=[2,8.5,5] 4=[2,7.5,5] 5=[2,7,2]"},
		{"sum", stats.Sum, last3, "1=[1,10,0] 2=[3,10,5] 3=[6,17,10] 4=[1,15,11] 5=[1,17,8]"},
		{"unique", func(w *stats.Window) engine.Edge[float64] { return stats.Unique(w, 10) }, last3, "1=[1,1,0] 2=[2,1,1] 3=[3,2,1] 4=[3,2,2] 5=[3,3,3]"},
		{"ema", func(w *stats.Window) engine.Edge[float64] { return stats.Ema(w, stats.Decay{Alpha: 0.5}) }, stats.Config{},
			"1=[1,10,nan] 2=[1.66667,10,5] 3=[2.42857,7.6,5] 4=[-1,7.84615,2.71429] 5=[0.548387,4.62069,2.33333]"},
		{"mean with NaN", stats.Mean, stats.Config{Interval: stats.Ticks(3), MinWindow: stats.Ticks(1), KeepNaN: true},
			"1=[1,10,nan] 2=[1.5,nan,nan] 3=[2,nan,nan] 4=[0.333333,nan,3.66667] 5=[0.333333,5.66667,2.66667]"},
		{"mean on a trigger", stats.Mean, stats.Config{Interval: stats.Span(3 * time.Second), MinWindow: stats.Span(0)}, "2=[1.5,10,5] 5=[-1,5,1.5] 6=[-1,5,1.5]"},
	} {
		g := engine.New()
		x := vectors(g, []float64{1, 10, nan}, []float64{2, nan, 5}, []float64{3, 7, 5}, []float64{-4, 8, 1}, []float64{2, 2, 2})
		if tc.name == "mean on a trigger" {
			at := func(seconds ...int) stats.Signal {
				var ps []engine.Point[bool]
				for _, s := range seconds {
					ps = append(ps, engine.Point[bool]{At: engine.Time(time.Duration(s) * time.Second)})
				}
				return stats.On(engine.Curve(g, ps))
			}
			tc.c.Trigger, tc.c.Reset = at(2, 5, 6), at(4)
		}
		var got []string
		engine.Sink(stats.Elements(x, 3, tc.c, tc.f), "got", func(v *[]float64) {
			cells := strings.ToLower(fmt.Sprintf("%.6g", *v))
			got = append(got, fmt.Sprint(time.Duration(g.Now()).Seconds(), "=", strings.ReplaceAll(cells, " ", ",")))
		})
		if err := g.Run(context.Background(), engine.Config{Start: 1}); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(got, " "); got != tc.want {
			t.Errorf("%s\ngot  %s\nwant %s", tc.name, got, tc.want)
		}
	}
}

func TestElementsHaveOneLength(t *testing.T) {
	g := engine.New()
	stats.Elements(vectors(g, []float64{1, 2}, []float64{1}), 2, stats.Config{}, stats.Mean)
	err := g.Run(context.Background(), engine.Config{Start: 1})
	if err == nil || !strings.Contains(err.Error(), "elements: got a slice of length 1, want 2") {
		t.Errorf("got %v", err)
	}
}
