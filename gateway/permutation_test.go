package gateway_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
)

// web is a model of channels that random modules set and read.
type web struct {
	C gateway.Basket[string, item] `channel:"c" keys:"a,b,c,d,e"`
}

// link is a random module: it sets one channel to what it makes of another, or to a source.
type link struct {
	name     string
	from, to string
	source   []engine.Point[item]
}

func (l *link) ModuleName() string { return l.name }

// Connect sets the channel. Values get smaller on each way, so loops come to an end.
func (l *link) Connect(ch *web) error {
	if l.from == "" {
		ch.C.Set(l.to, engine.Curve(ch.C.Graph(), l.source))
		return nil
	}
	positive := op.Filter(ch.C.At(l.from), func(v *item) bool { return v.X.Or(0) > 0 })
	ch.C.Set(l.to, op.Map(positive, func(v item) item { return x(v.X.Or(0) - 1) }))
	return nil
}

// drawLinks draws modules.
func drawLinks(t *rapid.T) []*link {
	keys := rapid.SampledFrom([]string{"a", "b", "c", "d", "e"})
	var all []*link
	for i := range rapid.IntRange(1, 6).Draw(t, "modules") {
		l := &link{name: fmt.Sprintf("m%d", i), to: keys.Draw(t, "to")}
		if i > 0 && rapid.Bool().Draw(t, "reads") {
			l.from = keys.Draw(t, "from")
		} else {
			second := int64(0)
			for _, gap := range rapid.SliceOfN(rapid.Int64Range(0, 2), 1, 4).Draw(t, "gaps") {
				second += gap
				l.source = append(l.source, points(second, rapid.Int64Range(0, 4).Draw(t, "x"))...)
			}
		}
		all = append(all, l)
	}
	return all
}

// outcome is what a gateway of the links did: its topology and its ticks.
func outcome(t *rapid.T, links []*link) (gateway.Topology, []string) {
	modules := make([]any, len(links))
	for i := range links {
		modules[i] = links[i]
	}
	g := gateway.New(&web{}, modules...)
	if err := g.Run(t.Context(), gateway.RunConfig{Start: start}); err != nil {
		t.Fatal(err)
	}
	p, _ := g.Port("c")
	var ticks []*gateway.Tick
	if p.Provided() {
		ticks = g.Recent(t.Context(), "c", "", 1<<20)
	}
	return g.Topology(), exactly(ticks)
}

// exactly shows all there is to a tick.
func exactly(ticks []*gateway.Tick) []string {
	var all []string
	for _, tick := range ticks {
		all = append(all, fmt.Sprintf("%v #%d %s %d %s", tick.Time, tick.Cycle, tick.Key, tick.N, tick.JSON()))
	}
	return all
}

func shuffled(t *rapid.T, links []*link) []*link {
	links = slices.Clone(links)
	random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "shuffle"), 0))
	random.Shuffle(len(links), func(i, j int) { links[i], links[j] = links[j], links[i] })
	return links
}

func TestOrderOfModulesChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		links := drawLinks(t)
		topology, ticks := outcome(t, links)
		again, same := outcome(t, shuffled(t, links))
		if d := cmp.Diff(topology, again); d != "" {
			t.Errorf("topology:\n%s", d)
		}
		if d := cmp.Diff(ticks, same); d != "" {
			t.Errorf("ticks:\n%s", d)
		}
	})
}

func TestRunsAreTheSameOnAnyNumberOfProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	rapid.Check(t, func(t *rapid.T) {
		links := drawLinks(t)
		var first []string
		for _, procs := range []int{1, 2, 4} {
			runtime.GOMAXPROCS(procs)
			_, ticks := outcome(t, links)
			if first == nil {
				first = ticks
			}
			if d := cmp.Diff(strings.Join(first, "\n"), strings.Join(ticks, "\n")); d != "" {
				t.Errorf("with %d processors:\n%s", procs, d)
			}
		}
	})
}
