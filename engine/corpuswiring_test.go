package engine_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gw/engine"
	"gw/engine/op"
)

// corpusWiring turns the lines of a corpus block into edges of a graph, or of a sub-graph.
type corpusWiring struct {
	g       *engine.Graph
	ints    map[string]engine.Edge[int]
	lists   map[string]engine.Edge[[]int]
	baskets map[string]engine.DynamicBasket[int, int]
	binds   map[string]func(engine.Edge[int])
	notes   *[]string // of this cycle
	sub     corpusSub
}

func newCorpusWiring() corpusWiring {
	return corpusWiring{
		engine.New(), map[string]engine.Edge[int]{}, map[string]engine.Edge[[]int]{}, map[string]engine.DynamicBasket[int, int]{},
		map[string]func(engine.Edge[int]){}, &[]string{}, corpusSub{},
	}
}

// wire makes what the lines ask for and calls made with the name of each edge.
func (w *corpusWiring) wire(lines []string, made func(name string)) {
	for i, line := range lines {
		if strings.HasPrefix(line, " ") { // belongs to the sub-graph of a line before
			continue
		}
		var inner []string
		for _, below := range lines[i+1:] {
			if !strings.HasPrefix(below, " ") {
				break
			}
			inner = append(inner, below[2:])
		}
		for _, name := range w.line(strings.Fields(line), inner) {
			made(name)
		}
	}
}

// line makes what a line asks for and returns the names of its edges.
func (w *corpusWiring) line(f, inner []string) (names []string) {
	if w.verb(f) {
		return nil
	}
	at := slices.Index(f, "=")
	names, kind, args := f[:at], f[at+1], f[at+2:]
	var edges []engine.Edge[int]
	for _, a := range args {
		if e, ok := w.ints[a]; ok {
			edges = append(edges, e)
		}
	}
	if b, ok := w.basket(kind, args, inner); ok {
		w.baskets[names[0]] = b
		return names
	}
	if e, ok := w.list(kind, args, edges); ok {
		w.lists[names[0]] = e
		return names
	}
	for i, e := range w.values(names[0], kind, args, edges) {
		w.ints[names[i]] = e
	}
	return names
}

// verb does what a line asks for that makes no edge.
func (w *corpusWiring) verb(f []string) bool {
	switch f[0] {
	case "bind":
		w.binds[f[1]](w.ints[f[2]])
	case "stop":
		n := w.g.Node("stop")
		engine.Use(n, w.ints[f[1]])
		n.OnTick(func() { n.Stop(nil) })
	case "end":
		engine.Sink(w.ints[f[1]], "end", func(*int) { w.sub.end() })
	case "note":
		engine.Sink(w.ints[f[1]], "note", func(v *int) {
			*w.notes = append(*w.notes, fmt.Sprintf(" %s[%s]=%d", f[1], w.sub.path, *v))
		})
	case "out":
		w.sub.out = w.ints[f[1]]
	default:
		return false
	}
	return true
}

// list makes an edge of lists.
func (w *corpusWiring) list(kind string, args []string, on []engine.Edge[int]) (e engine.Edge[[]int], ok bool) {
	switch kind {
	case "values":
		return op.Map(op.DynamicCollect(w.baskets[args[0]]), func(all []op.Keyed[int, int]) (values []int) {
			for _, k := range all {
				values = append(values, k.Value)
			}
			return values
		}), true
	case "burst":
		return w.burst(args), true
	case "collect":
		return op.CollectBasket(corpusBasket(on)), true
	case "ticked":
		return w.keys(on, func(in *engine.BasketIn[int, int]) (keys []int) {
			for k := range in.TickedItems() {
				keys = append(keys, k)
			}
			return keys
		}), true
	case "valid":
		return w.keys(on, func(in *engine.BasketIn[int, int]) (keys []int) {
			for k := range in.ValidItems() {
				keys = append(keys, k)
			}
			return keys
		}), true
	case "gate":
		return op.Gate(on[1], corpusFlag(on[0])), true
	case "gatetick":
		return op.GateTick(on[1], corpusFlag(on[0])), true
	case "repeat":
		n := corpusInt(args[0])
		return op.Map(on[0], func(v int) []int { return []int{v, 10 * v, 100 * v}[:n] }), true
	}
	return e, false
}

// values makes the edges of a line, of one value each.
func (w *corpusWiring) values(name, kind string, args []string, on []engine.Edge[int]) []engine.Edge[int] {
	switch kind {
	case "split":
		yes, no := op.Split(corpusFlag(on[0]), on[1])
		return []engine.Edge[int]{yes, no}
	case "demultiplex":
		return op.Demultiplex(on[0], []int{1, 2}, func(v *int) int { return *v % 10 }).Edges()
	case "feedback":
		fb := engine.NewFeedback[int](w.g)
		w.binds[name] = fb.Bind
		return []engine.Edge[int]{fb.Edge()}
	case "delayed":
		d := engine.NewDelayed[int](w.g)
		w.binds[name] = func(e engine.Edge[int]) {
			if err := d.Bind(e); err != nil {
				panic(err)
			}
		}
		return []engine.Edge[int]{d.Edge()}
	}
	if e, ok := w.source(kind, args); ok {
		return []engine.Edge[int]{e}
	}
	return []engine.Edge[int]{w.operator(kind, args, on)}
}

func (w *corpusWiring) source(kind string, args []string) (e engine.Edge[int], ok bool) {
	switch kind {
	case "key":
		return engine.Const(w.g, w.sub.key, 0), true
	case "snap":
		return engine.Const(w.g, w.sub.snap(args[0]), 0), true
	case "const":
		return engine.Const(w.g, corpusInt(args[0]), corpusDuration(args[1])), true
	case "timer":
		return engine.Timer(w.g, corpusDuration(args[0]), corpusInt(args[1])), true
	case "null":
		return engine.Null[int](w.g), true
	case "curve", "conflate":
		return engine.Curve(w.g, corpusPoints(args)), true
	case "alarms":
		return w.alarms(corpusPoints(args)), true
	case "cancel":
		return w.cancel(corpusTime(args[0]), corpusTime(args[1])), true
	case "rearm":
		return w.rearm(corpusDuration(args[0]), corpusInt(args[1])), true
	case "move":
		return w.move(corpusTime(args[0]), corpusTime(args[1]), corpusTime(args[2])), true
	case "twoalarms":
		return w.twoAlarms(corpusTime(args[0])), true
	}
	return e, false
}

func (w *corpusWiring) operator(kind string, args []string, on []engine.Edge[int]) engine.Edge[int] {
	switch kind {
	case "chain":
		e := on[0]
		for range w.sub.key {
			e = op.Add(e, e)
		}
		return e
	case "merge":
		return op.Merge(on...)
	case "add":
		return op.Combine2(on[0], on[1], func(a, b int) int { return a + b })
	case "sample":
		return op.Sample(on[0], on[1])
	case "filter":
		return op.FilterBy(corpusFlag(on[0]), on[1])
	case "flatten":
		return op.Flatten(on...)
	case "count":
		return op.Count(on[0])
	case "dropdups":
		return op.DropDups(on[0])
	case "accum":
		return op.Accum(on[0], corpusInt(args[0]))
	case "firstn":
		return op.FirstN(on[0], corpusInt(args[0]))
	case "lag":
		return op.Lag(on[0], corpusInt(args[0]))
	case "diff":
		return op.Diff(on[0], corpusInt(args[0]))
	case "delay":
		return op.Delay(on[0], corpusDuration(args[0]))
	case "default":
		return op.Default(on[0], corpusInt(args[0]), corpusDuration(args[1]))
	case "unroll":
		return op.Unroll(w.lists[args[0]])
	case "len":
		return op.Map(w.lists[args[0]], func(v []int) int { return len(v) })
	case "multiplex":
		return op.Multiplex(corpusBasketFrom(1, on[1:]), on[0], op.TickOnKey)
	}
	return w.node(kind, on)
}

func corpusFlag(e engine.Edge[int]) engine.Edge[bool] {
	return op.Map(e, func(v int) bool { return v != 0 })
}

// corpusBasket numbers the edges from 0.
func corpusBasket(edges []engine.Edge[int]) engine.Basket[int, int] {
	return corpusBasketFrom(0, edges)
}

func corpusBasketFrom(first int, edges []engine.Edge[int]) engine.Basket[int, int] {
	keys := make([]int, len(edges))
	for i := range keys {
		keys[i] = first + i
	}
	return engine.NewBasket(keys, edges)
}

func corpusPoints(args []string) (ps []engine.Point[int]) {
	for _, a := range args {
		at, vals, _ := strings.Cut(a, ":")
		for v := range strings.SplitSeq(vals, ",") {
			ps = append(ps, engine.Point[int]{At: corpusTime(at), V: corpusInt(v)})
		}
	}
	return ps
}

func corpusInt(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}
