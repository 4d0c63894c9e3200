package engine_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gw/engine"
)

func TestNodesOfOneTypeAreToldApart(t *testing.T) {
	g := engine.New()
	var ns []*engine.Node
	g.Scope("a", func() {
		ns = append(ns, g.Node("map"))
		g.Scope("b", func() { ns = append(ns, g.Node("map"), g.Node("map")) })
	})
	ns = append(ns, g.Node("map"))
	var got []string
	for _, n := range ns {
		got = append(got, n.Path())
	}
	if diff := cmp.Diff([]string{"a/map", "a/b/map#1", "a/b/map#2", "map"}, got); diff != "" {
		t.Error(diff)
	}
	engine.Use(ns[1], engine.Const(g, 1, 0))
	ns[1].OnTick(func() { ns[1].Stop(errBoom) })
	var n *engine.NodeError
	if err := g.Run(context.Background(), engine.Config{}); !errors.As(err, &n) || n.Node != "a/b/map#1" {
		t.Errorf("got %v", err)
	}
}

func TestMemoWiresOnce(t *testing.T) {
	g := engine.New()
	wired := 0
	one := func(key string) engine.Edge[int] {
		return engine.Memo(g, key, func() engine.Edge[int] { wired++; return engine.Const(g, wired, 0) })
	}
	a, b := one("a"), one("b")
	if again := one("a"); again != a || a == b || wired != 2 || a.Node().Path() != "a/const" {
		t.Errorf("wired %d times, as %s", wired, a.Node().Path())
	}
	engine.Memo(g, "a", func() string { return "" })
	if err := g.Build(); err == nil || err.Error() != `memo "a": holds a engine.Edge[int], want a string` {
		t.Errorf("got %v", err)
	}
}
