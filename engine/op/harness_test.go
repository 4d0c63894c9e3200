package op_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"gw/engine"
)

// A row of a table is a promise: this graph ticks so. Ticks are written "1s=10 2s=20": time since the start and value, a cycle each; a time may repeat.
type row struct {
	name string
	want string
	run  func() (string, error)
}

// ticks is a row whose graph build returns the edge to look at.
func ticks[T any](name, want string, build func(g *engine.Graph) engine.Edge[T]) row {
	return row{name, want, func() (string, error) {
		g := engine.New()
		log := listen(build(g), "")
		err := g.Run(context.Background(), engine.Config{})
		return log.String(), err
	}}
}

// all is a row with several edges, whose ticks are written in the order in which they come with the edge's key before the value.
func all[K comparable, T any](name, want string, build func(g *engine.Graph) engine.Basket[K, T]) row {
	return row{name, want, func() (string, error) {
		g := engine.New()
		log := &strings.Builder{}
		b := build(g)
		for i, k := range b.Keys() {
			listenTo(b.Edges()[i], fmt.Sprint(k, ":"), log)
		}
		err := g.Run(context.Background(), engine.Config{})
		return strings.TrimSpace(log.String()), err
	}}
}

func check(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			got, err := r.run()
			if err != nil {
				t.Fatal(err)
			}
			if got != r.want {
				t.Errorf("got  %s\nwant %s", got, r.want)
			}
		})
	}
}

type tickLog struct{ strings.Builder }

func (l *tickLog) String() string { return strings.TrimSpace(l.Builder.String()) }

func listen[T any](e engine.Edge[T], prefix string) *tickLog {
	l := &tickLog{}
	listenTo(e, prefix, &l.Builder)
	return l
}

func listenTo[T any](e engine.Edge[T], prefix string, log *strings.Builder) {
	n := e.Graph().Node("listen")
	in := engine.Use(n, e)
	n.OnTick(func() { fmt.Fprintf(log, "%v=%s%v ", time.Duration(n.Now()), prefix, in.Get()) })
}

// ints is an edge with the ticks that are written as a row writes them.
func ints(g *engine.Graph, ticks string) engine.Edge[int] {
	return edge(g, ticks, func(s string) (int, error) { return strconv.Atoi(s) })
}

func floats(g *engine.Graph, ticks string) engine.Edge[float64] {
	return edge(g, ticks, func(s string) (float64, error) { return strconv.ParseFloat(s, 64) })
}

func bools(g *engine.Graph, ticks string) engine.Edge[bool] {
	return edge(g, ticks, strconv.ParseBool)
}

func words(g *engine.Graph, ticks string) engine.Edge[string] {
	return edge(g, ticks, func(s string) (string, error) { return s, nil })
}

// lists is an edge of slices, written "1,2,3".
func lists(g *engine.Graph, ticks string) engine.Edge[[]int] {
	return edge(g, ticks, func(s string) (l []int, err error) {
		for _, x := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' }) {
			v, err := strconv.Atoi(x)
			if err != nil {
				return nil, err
			}
			l = append(l, v)
		}
		return l, nil
	})
}

func edge[T any](g *engine.Graph, ticks string, parse func(string) (T, error)) engine.Edge[T] {
	var points []engine.Point[T]
	for _, tick := range strings.Fields(ticks) {
		at, text, _ := strings.Cut(tick, "=")
		d, err := time.ParseDuration(at)
		if err != nil {
			panic(err)
		}
		v, err := parse(text)
		if err != nil {
			panic(err)
		}
		points = append(points, engine.Point[T]{At: engine.Time(d), V: v})
	}
	return engine.Curve(g, points)
}
