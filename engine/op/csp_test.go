package op_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"gw/engine"
	"gw/engine/op"
)

// inputs are the edges of the table, all wired in every graph in the same order.
type inputs struct {
	x, y          engine.Edge[int]
	f             engine.Edge[float64]
	flag, trigger engine.Edge[bool]
	key           engine.Edge[string]
	list          engine.Edge[[]int]
}

func (i inputs) ab() engine.Basket[string, int] {
	return engine.NewBasket([]string{"a", "b"}, []engine.Edge[int]{i.x, i.y})
}

// outputs are edges as text, by key.
type outputs map[string]engine.Edge[string]

func text[T any](e engine.Edge[T]) outputs {
	return outputs{"": engine.Pipe(e, "text", func(v T) string { return show(v) })}
}

func texts[K comparable, T any](b engine.Basket[K, T]) outputs {
	o := outputs{}
	for i, k := range b.Keys() {
		o[fmt.Sprint(k)] = text(b.Edges()[i])[""]
	}
	return o
}

func show(v any) string {
	switch v := v.(type) {
	case float64:
		return strings.ToLower(fmt.Sprintf("%.12g", v))
	case engine.Time:
		return fmt.Sprintf("%.12g", float64(v)/1e9)
	}
	return strings.ReplaceAll(fmt.Sprint(v), " ", ",")
}

func neg(v int) int { return -v }

// operators of the table, by csp's names.
var operators = map[string]func(i inputs) outputs{
	"accum":            func(i inputs) outputs { return text(op.Accum(i.x, 5)) },
	"add":              func(i inputs) outputs { return text(op.Add(i.x, i.y)) },
	"and":              func(i inputs) outputs { return text(op.And(i.flag, i.trigger)) },
	"apply":            func(i inputs) outputs { return text(op.Map(i.x, double)) },
	"collect":          func(i inputs) outputs { return text(op.Collect(op.Map(i.x, neg), i.y)) },
	"count":            func(i inputs) outputs { return text(op.Count(i.x)) },
	"default":          func(i inputs) outputs { return text(op.Default(i.x, 99, 0)) },
	"default later":    func(i inputs) outputs { return text(op.Default(i.y, 99, time.Second/2)) },
	"default too late": func(i inputs) outputs { return text(op.Default(i.y, 99, 3*time.Second/2)) },
	"delay by 0":       func(i inputs) outputs { return text(op.Delay(i.x, 0)) },
	"delay by 1s":      func(i inputs) outputs { return text(op.Delay(i.x, time.Second)) },
	"delay by 2 ticks": func(i inputs) outputs { return text(op.Lag(i.x, 2)) },
	"delayed collect": func(i inputs) outputs {
		c := op.NewDelayedCollect[int](i.x.Graph())
		c.Add(op.Map(i.x, neg))
		c.Add(i.y)
		return text(c.Edge())
	},
	"demultiplex":      func(i inputs) outputs { return texts(op.DemultiplexBy(i.x, i.key, []string{"a", "b"})) },
	"diff by 1":        func(i inputs) outputs { return text(op.Diff(i.x, 1)) },
	"diff by 1s":       func(i inputs) outputs { return text(op.DiffTime(i.x, time.Second)) },
	"div":              func(i inputs) outputs { return text(op.Div(i.x, i.y)) },
	"drop_dups":        func(i inputs) outputs { return text(op.DropDups(i.x)) },
	"drop_dups eps":    func(i inputs) outputs { return text(op.DropNear(i.f, 1)) },
	"drop_nans":        func(i inputs) outputs { return text(op.DropNaNs(i.f)) },
	"eq":               func(i inputs) outputs { return text(op.Eq(i.x, i.y)) },
	"feedback":         func(i inputs) outputs { return text(op.WrapFeedback(i.y)) },
	"filter":           func(i inputs) outputs { return text(op.FilterBy(i.flag, i.x)) },
	"firstN":           func(i inputs) outputs { return text(op.FirstN(i.x, 3)) },
	"flatten":          func(i inputs) outputs { return text(op.Flatten(op.Map(i.x, neg), i.y)) },
	"floordiv":         func(i inputs) outputs { return text(op.FloorDiv(i.y, op.Map(i.x, less4))) },
	"gate":             func(i inputs) outputs { return text(op.Gate(i.x, i.flag)) },
	"gate tick":        func(i inputs) outputs { return text(op.GateTick(i.x, i.flag)) },
	"lt":               func(i inputs) outputs { return text(op.Lt(i.x, i.y)) },
	"max":              func(i inputs) outputs { return text(op.Max(i.x, i.y)) },
	"merge":            func(i inputs) outputs { return text(op.Merge(i.x, i.y)) },
	"mod":              func(i inputs) outputs { return text(op.Mod(i.y, op.Map(i.x, less4))) },
	"multiplex":        func(i inputs) outputs { return text(op.Multiplex(i.ab(), i.key)) },
	"multiplex on key": func(i inputs) outputs { return text(op.Multiplex(i.ab(), i.key, op.TickOnKey)) },
	"not":              func(i inputs) outputs { return text(op.Not(i.flag)) },
	"or":               func(i inputs) outputs { return text(op.Or(i.flag, i.trigger)) },
	"sample":           func(i inputs) outputs { return text(op.Sample(i.trigger, i.x)) },
	"sample_dict":      func(i inputs) outputs { return texts(op.SampleBasket(i.trigger, i.ab())) },
	"split": func(i inputs) outputs {
		yes, no := op.Split(i.flag, i.x)
		return outputs{"true": text(yes)[""], "false": text(no)[""]}
	},
	"struct_collectts": func(i inputs) outputs { return text(op.CollectInto(op.Into(i.x, bid), op.Into(i.y, ask))) },
	"struct_field":     func(i inputs) outputs { return text(op.Field(op.Build(op.Into(i.x, bid), op.Into(i.x, ask)), bid)) },
	"struct_fromts":    func(i inputs) outputs { return text(op.Build(op.Into(i.x, bid), op.Into(i.y, ask))) },
	"struct_fromts trigger": func(i inputs) outputs {
		return text(op.BuildOn(i.trigger, op.Into(i.x, bid), op.Into(i.y, ask)))
	},
	"sync": func(i inputs) outputs { return texts(op.Sync(i.ab(), op.SyncConfig{Threshold: time.Second})) },
	"sync complete": func(i inputs) outputs {
		return texts(op.Sync(i.ab(), op.SyncConfig{Threshold: time.Second, Complete: true}))
	},
	"sync trigger": func(i inputs) outputs {
		return texts(op.SyncOn(i.trigger, i.ab(), op.SyncConfig{Threshold: time.Second}))
	},
	"times":  func(i inputs) outputs { return text(op.Times(i.x)) },
	"unroll": func(i inputs) outputs { return text(op.Unroll(i.list)) },
}

func less4(v int) int { return v - 4 }

// testdata/csp_op.txt is what the real csp ticks; testdata/csp_op.py writes it.
func TestOperatorsTickAsCsp(t *testing.T) {
	table, err := os.ReadFile("testdata/csp_op.txt")
	if err != nil {
		t.Fatal(err)
	}
	in, want := map[string]string{}, map[string]map[string]string{}
	for line := range strings.Lines(string(table)) {
		name, rest, isCase := strings.Cut(strings.TrimSpace(line), " | ")
		if !isCase {
			name, rest, _ = strings.Cut(strings.TrimSpace(line), ": ")
			in[name] = rest
			continue
		}
		key, ticks, _ := strings.Cut(rest, " ")
		if want[name] == nil {
			want[name] = map[string]string{}
		}
		want[name][strings.TrimSuffix(key, ":")] = ticks
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		t.Run(name, func(t *testing.T) { compare(t, in, operators[name], want[name]) })
	}
	if len(want) != len(operators) {
		t.Errorf("the table has %d operators, want %d", len(want), len(operators))
	}
}

func compare(t *testing.T, in map[string]string, wire func(inputs) outputs, want map[string]string) {
	g := engine.New()
	got := map[string]*[]string{}
	for key, e := range wire(inputsOf(g, in)) {
		ticks := &[]string{}
		got[key] = ticks
		engine.Sink(e, "listen", func(v *string) { *ticks = append(*ticks, show(g.Now())+"="+*v) })
	}
	run(t, g)
	for key, ticks := range want {
		if got := strings.Join(*got[key], " "); got != ticks {
			t.Errorf("%s\ngot  %s\nwant %s", key, got, ticks)
		}
	}
}

func inputsOf(g *engine.Graph, in map[string]string) inputs {
	spell := func(name string) string { // as a row spells it
		return strings.ReplaceAll(in[name], "=", "s=")
	}
	return inputs{
		ints(g, spell("x")), ints(g, spell("y")), floats(g, spell("f")), bools(g, spell("flag")), bools(g, spell("trigger")),
		words(g, spell("key")), lists(g, spell("list")),
	}
}
