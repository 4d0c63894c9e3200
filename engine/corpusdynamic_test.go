package engine_test

import (
	"fmt"
	"strconv"
	"strings"

	"gw/engine"
	"gw/engine/op"
)

// corpusSub is what the lines of a sub-graph know of it.
type corpusSub struct {
	path string // its keys, from the outermost
	key  int
	snap func(name string) int // the value that an edge around it has
	end  func()
	out  engine.Edge[int]
}

// basket makes a dynamic basket.
func (w *corpusWiring) basket(kind string, args, inner []string) (b engine.DynamicBasket[int, int], ok bool) {
	switch kind {
	case "keys":
		return w.keyed(args), true
	case "bykey":
		return op.DynamicDemultiplex(w.ints[args[0]], func(v *int) int { return *v % 10 }), true
	case "each":
		return w.each(args[0], args[1:], inner), true
	}
	return b, false
}

// corpusOrder sets or removes a key.
type corpusOrder struct {
	key, value int
	gone       bool
}

func (w *corpusWiring) keyed(args []string) engine.DynamicBasket[int, int] {
	var ps []engine.Point[[]corpusOrder]
	for _, a := range args {
		at, what, _ := strings.Cut(a, ":")
		var orders []corpusOrder
		for word := range strings.SplitSeq(what, ",") {
			key, value, set := strings.Cut(word, "=")
			if !set {
				orders = append(orders, corpusOrder{key: -corpusInt(key), gone: true})
				continue
			}
			orders = append(orders, corpusOrder{key: corpusInt(key), value: corpusInt(value)})
		}
		ps = append(ps, engine.Point[[]corpusOrder]{At: corpusTime(at), V: orders})
	}
	n := w.g.Node("keyed")
	in, out := engine.Use(n, engine.Curve(w.g, ps)), engine.EmitDynamic[int, int](n)
	n.OnTick(func() {
		for _, o := range in.Get() {
			if o.gone {
				out.Remove(o.key)
			} else {
				out.Set(o.key, o.value)
			}
		}
	})
	return out.Basket()
}

// each runs the sub-graph of the inner lines for each key.
func (w *corpusWiring) each(basket string, outer, inner []string) engine.DynamicBasket[int, int] {
	wire := func(s *engine.SubGraph[int, int]) engine.Edge[int] {
		in := newCorpusWiring()
		in.g, in.notes = s.Graph, w.notes
		in.sub = corpusSub{path: strings.TrimPrefix(w.sub.path+"/"+strconv.Itoa(s.Key), "/"), key: s.Key, end: s.End, snap: w.snap}
		in.ints["own"] = s.Value
		for _, name := range outer {
			in.ints[name] = engine.Attach(s.Graph, w.ints[name])
		}
		in.wire(inner, func(string) {})
		return in.sub.out
	}
	if len(outer) == 0 {
		return engine.Dynamic(w.baskets[basket], "each", wire)
	}
	if len(outer) == 1 {
		return engine.Dynamic(w.baskets[basket], "each", wire, w.ints[outer[0]])
	}
	return engine.Dynamic(w.baskets[basket], "each", wire, w.ints[outer[0]], w.ints[outer[1]])
}

// snap takes the value of the moment; csp fails where there is none.
func (w *corpusWiring) snap(name string) int {
	v, ok := w.ints[name].Snap()
	if !ok {
		panic(name + " has no value")
	}
	return v
}

// spell lists what a basket does in a cycle.
func spell(in *engine.DynamicIn[int, int]) (words []string) {
	for _, k := range in.Removed() {
		words = append(words, fmt.Sprintf("-%d", k))
	}
	for _, k := range in.Added() {
		words = append(words, fmt.Sprintf("+%d", k))
	}
	for k, v := range in.TickedItems() {
		words = append(words, fmt.Sprintf("%d=%d", k, v.Get()))
	}
	return words
}
