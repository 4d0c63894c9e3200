package op_test

import (
	"context"
	"fmt"
	"strings"

	"gw/engine"
)

// sheet is a graph whose edges print their ticks when it has run, a line each.
type sheet struct {
	g     *engine.Graph
	names []string
	lines map[string][]string
}

func newSheet() *sheet { return &sheet{g: engine.New(), lines: map[string][]string{}} }

// of is an edge that ticks the values at 1, 2, 3 ... nanoseconds.
func of[T any](t *sheet, values ...T) engine.Edge[T] {
	var points []engine.Point[T]
	for i, v := range values {
		points = append(points, engine.Point[T]{At: engine.Time(i + 1), V: v})
	}
	return engine.Curve(t.g, points)
}

// tell has the ticks of e printed under name, as time:value.
func tell[T any](t *sheet, name string, e engine.Edge[T]) {
	t.names = append(t.names, name)
	engine.Sink(e, name, func(v *T) { t.lines[name] = append(t.lines[name], fmt.Sprintf("%d:%v", int64(t.g.Now()), *v)) })
}

func (t *sheet) run() {
	if err := t.g.Run(context.Background(), engine.Config{}); err != nil {
		fmt.Println("error:", err)
	}
	for _, name := range t.names {
		fmt.Println(name, strings.Join(t.lines[name], " "))
	}
}
