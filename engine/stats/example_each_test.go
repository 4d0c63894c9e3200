package stats_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"gw/engine"
	"gw/engine/stats"
)

// points ticks the values at 0, 1, 2 ... seconds.
func points[T any](g *engine.Graph, values ...T) engine.Edge[T] {
	var ps []engine.Point[T]
	for i, v := range values {
		ps = append(ps, engine.Point[T]{At: engine.Time(time.Duration(i) * time.Second), V: v})
	}
	return engine.Curve(g, ps)
}

// printed runs the graph of the edges and prints their ticks, a line an edge.
func printed(names []string, edges []engine.Edge[float64]) {
	lines := make([]strings.Builder, len(edges))
	for i, e := range edges {
		engine.Sink(e, names[i], func(v *float64) { fmt.Fprintf(&lines[i], " %.4g", *v) })
	}
	if err := edges[0].Graph().Run(context.Background(), engine.Config{}); err != nil {
		fmt.Println(err)
	}
	for i := range lines {
		fmt.Println(names[i] + ":" + lines[i].String())
	}
}

// Every statistic of one edge, over its last five values.
func ExampleOver() {
	x := points(engine.New(), 4, 1, math.NaN(), 2, 2, 8)
	w := stats.Over(x, stats.Config{Interval: stats.Ticks(5), MinWindow: stats.Ticks(1)})
	at := func(e engine.Edge[engine.Time]) engine.Edge[float64] {
		return engine.Pipe(e, "seconds", func(t engine.Time) float64 { return time.Duration(t).Seconds() })
	}
	quartiles := stats.Quantile(w, stats.Linear, 0.25, 0.75) // or Lower, Higher, Nearest, Midpoint
	printed([]string{
		"count", "unique", "first", "last", "sum", "mean", "prod", "gmean", "min", "max", "argmin", "argmax",
		"median", "lower quartile", "upper quartile", "rank", "var", "stddev", "sem", "skew", "kurt",
	}, []engine.Edge[float64]{
		stats.Count(w), stats.Unique(w, 10), stats.First(w), stats.Last(w), stats.Sum(w), stats.Mean(w), stats.Prod(w), stats.Gmean(w),
		stats.Min(w), stats.Max(w), at(stats.ArgMin(w, true)), at(stats.ArgMax(w, false)),
		stats.Median(w), quartiles[0], quartiles[1], stats.Rank(w, stats.AverageRank, true), // or LowestRank, HighestRank
		stats.Var(w, 1), stats.Stddev(w, 1), stats.Sem(w, 1), stats.Skew(w, true), stats.Kurt(w, true, true),
	})
	// Output:
	// count: 1 2 2 3 4 4
	// unique: 1 2 2 3 3 3
	// first: 4 4 4 4 4 1
	// last: 4 1 1 2 2 8
	// sum: 4 5 5 7 9 13
	// mean: 4 2.5 2.5 2.333 2.25 3.25
	// prod: 4 4 4 8 16 32
	// gmean: 4 2 2 2 2 2.378
	// min: 4 1 1 1 1 1
	// max: 4 4 4 4 4 8
	// argmin: 0 1 1 1 1 1
	// argmax: 0 0 0 0 0 5
	// median: 4 2.5 2.5 2 2 2
	// lower quartile: 4 1.75 1.75 1.5 1.75 1.75
	// upper quartile: 4 3.25 3.25 3 2.5 3.5
	// rank: 0 0 0 1 1.5 3
	// var: NaN 4.5 4.5 2.333 1.583 10.25
	// stddev: NaN 2.121 2.121 1.528 1.258 3.202
	// sem: NaN 1.5 1.5 0.8819 0.6292 1.601
	// skew: NaN NaN NaN 0.3818 0.652 1.078
	// kurt: NaN NaN NaN NaN -0.903 -0.7174
}

// The values of a quantile that lie between two of the window.
func ExampleInterpolation() {
	w := stats.Over(points(engine.New(), 1.0, 2, 10, 20), stats.Config{})
	var edges []engine.Edge[float64]
	for _, between := range []stats.Interpolation{stats.Linear, stats.Lower, stats.Higher, stats.Nearest, stats.Midpoint} {
		edges = append(edges, stats.Quantile(w, between, 0.4)...)
	}
	printed([]string{"linear", "lower", "higher", "nearest", "midpoint"}, edges)
	// Output:
	// linear: 1 1.4 1.8 3.6
	// lower: 1 1 1 2
	// higher: 1 2 2 10
	// nearest: 1 1 2 2
	// midpoint: 1 1.5 1.5 6
}

// Values that are equal share a rank in one of three ways.
func ExampleTies() {
	w := stats.Over(points(engine.New(), 1.0, 2, 2, 2), stats.Config{})
	printed([]string{"lowest", "highest", "average"}, []engine.Edge[float64]{
		stats.Rank(w, stats.LowestRank, false), stats.Rank(w, stats.HighestRank, false), stats.Rank(w, stats.AverageRank, false),
	})
	// Output:
	// lowest: 0 1 1 1
	// highest: 0 1 2 3
	// average: 0 1 1.5 2
}

// Two edges that tick together.
func ExampleOverPair() {
	g := engine.New()
	p := stats.OverPair(points(g, 1, 2, 3, 5), points(g, 2, 4, 6, 8), stats.Config{Interval: stats.Span(3 * time.Second), MinWindow: stats.Span(time.Second)})
	half := stats.Decay{Alpha: 0.5}
	printed([]string{"cov", "corr", "ema cov"}, []engine.Edge[float64]{stats.Cov(p, 1), stats.Corr(p), stats.EmaCov(p, half, false)})
	// Output:
	// cov: 1 2 3
	// corr: 1 1 0.982
	// ema cov: 1 1.857 3
}

// The exponentially weighted spread.
func ExampleEmaVar() {
	w := stats.Over(points(engine.New(), 1, 2, 3, 5), stats.Config{})
	half := stats.Decay{Alpha: 0.5}
	printed([]string{"ema", "var", "std"}, []engine.Edge[float64]{stats.Ema(w, half), stats.EmaVar(w, half, false), stats.EmaStd(w, half, true)})
	// Output:
	// ema: 1 1.667 2.429 3.8
	// var: NaN 0.5 0.9286 3.043
	// std: 0 0.4714 0.7284 1.376
}

// A statistic of each element of a slice.
func ExampleElements() {
	g := engine.New()
	x := points(g, []float64{1, 10}, []float64{2, math.NaN()}, []float64{6, 20})
	means := stats.Elements(x, 2, stats.Config{Interval: stats.Ticks(2), MinWindow: stats.Ticks(1)}, stats.Mean)
	engine.Sink(means, "means", func(v *[]float64) { fmt.Println(*v) })
	_ = g.Run(context.Background(), engine.Config{})
	// Output:
	// [1 10]
	// [1.5 10]
	// [4 20]
}

// Slices as values: their matrices, and edges to slices and back.
func ExampleOverVector() {
	g := engine.New()
	v := stats.ListToVector([]engine.Edge[float64]{points(g, 1.0, 2, 3), points(g, 2.0, 4, 5)}, true)
	w := stats.OverVector(v, 2, stats.Config{MinWindow: stats.Ticks(3)})
	engine.Sink(stats.CovMatrix(w, 1), "cov", func(m *stats.Matrix) { fmt.Println("cov", m.Values, m.At(0, 1)) })
	engine.Sink(stats.CorrMatrix(w), "corr", func(m *stats.Matrix) { fmt.Printf("corr %.3f\n", m.Values) })
	first := stats.VectorToList(v, 2)[0]
	all := stats.CrossSectional(stats.Over(first, stats.Config{Interval: stats.Ticks(2)}))
	engine.Sink(all, "window", func(v *[]float64) { fmt.Println("window", *v) })
	_ = g.Run(context.Background(), engine.Config{})
	// Output:
	// window [1 2]
	// cov [1 1.5 1.5 2.3333333333333335] 1.5
	// corr [1.000 0.982 0.982 1.000]
	// window [2 3]
}
