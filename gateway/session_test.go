package gateway_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
	"gw/gateway/stage"
)

// busy is a model of everything that takes something from outside.
type busy struct {
	One      gateway.Channel[item]          `channel:"one" state:"id;one_by_x=x" stage:"true"`
	Many     gateway.Channel[[]item]        `channel:"many" state:"y" stage:"true"`
	Two      gateway.Channel[item]          `channel:"two" state:"inner.z"`
	Events   gateway.Channel[item]          `channel:"events"`
	Basket   gateway.Basket[letter, item]   `channel:"basket"`
	Named    gateway.Basket[string, item]   `channel:"named" keys:"b,a"`
	Lists    gateway.Basket[string, []item] `channel:"lists" keys:"k,l"`
	Controls gateway.Channel[gateway.Controls]
}

type busyModule struct{}

// Connect has a timer, a feedback, staging in the graph and a channel that mints ids beside those from outside.
func (busyModule) Connect(ch *busy) error {
	ch.One.Send()
	ch.Many.Send()
	ch.Basket.Send()
	ch.Named.Send()
	ch.Lists.Send()
	ch.One.Set(plusOne(ch.One.Get()))
	timer := engine.Timer(ch.One.Graph(), time.Millisecond, true)
	ch.Two.Set(op.Map(op.Count(timer), func(n int) item { return x(int64(n)) }))
	ch.Two.Set(op.Map(ch.One.Get(), func(v item) item { return x(v.X.Or(0)) }))
	ch.Events.Set(op.MapPtr(ch.One.StageEvents(), eventLog))
	full := op.Filter(op.Count(ch.One.StageEvents()), func(n *int) bool { return *n%20 == 0 })
	ch.One.StageRequests(op.Map(full, func(int) stage.Request { return stage.Request{Action: stage.Released} }))
	ch.Basket.Set(letterA, ch.One.Get())
	return nil
}

// operate does one random operation from outside.
func operate(ctx context.Context, t *testing.T, g *gateway.Gateway, r *rand.Rand) {
	value := func() string { return fmt.Sprintf(`{"x":%d,"y":"%d"}`, r.IntN(50), r.IntN(9)) }
	id := func() string { return fmt.Sprintf(`{"id":"r%d","x":%d}`, r.IntN(20), r.IntN(50)) }
	name := []string{"one", "many"}[r.IntN(2)]
	s := stageOf(t, g, name)
	var ids []string
	if all := s.Areas(); r.IntN(2) == 0 {
		ids = []string{}
		if len(all) > 0 && r.IntN(3) > 0 {
			ids = append(ids, all[r.IntN(len(all))])
		}
	}
	var err error
	switch r.IntN(12) {
	case 0, 1, 2:
		_, err = g.Send(ctx, name, "", []byte(value()))
	case 3:
		_, err = g.Send(ctx, name, "", []byte("["+value()+","+id()+"]"))
	case 4:
		_, err = g.Send(ctx, "basket", "", []byte(`{"A":`+value()+`,"C":`+value()+`}`))
	case 5:
		_, err = g.Send(ctx, "named", "b", []byte("["+value()+","+value()+"]"))
	case 6:
		_, err = g.Send(ctx, "lists", "k", []byte("["+value()+","+value()+"]"))
	case 7:
		_, err = g.Send(ctx, "controls", "", []byte(`{"name":"heartbeat"}`))
	case 8, 9:
		_, err = s.Add(ctx, ids, []byte(id()))
	case 10:
		_, err = s.Remove(ctx, ids, []byte(id()))
	case 11:
		if r.IntN(3) > 0 {
			_, err = s.Clear(ctx, ids)
		} else {
			_, err = s.Release(ctx, ids)
		}
	}
	if _, refused := err.(*gateway.StageError); err != nil && !refused { // somebody else may have released the area
		t.Error(err)
	}
}

// all renders what can be seen of a gateway.
func all(t *testing.T, g *gateway.Gateway) []string {
	t.Helper()
	var lines []string
	for _, p := range g.Ports() {
		for _, tick := range g.Recent(t.Context(), p.Name, "", 1<<20) {
			lines = append(lines, fmt.Sprintf("%s/%s %v #%d %d %s", tick.Channel, tick.Key, tick.Time, tick.Cycle, tick.N, tick.JSON()))
		}
	}
	for _, name := range g.Views() {
		a, err := g.State(t.Context(), name, "")
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, "state "+name, string(a.JSON()))
	}
	for _, name := range g.Stages() {
		lines = append(lines, "stage "+name, string(stageOf(t, g, name).Lookup(t.Context()).JSON()))
	}
	return append(lines, string(g.Snapshot(t.Context())))
}

func TestRecordedSessionGivesTheSameRunAgain(t *testing.T) {
	session := &gateway.Session{}
	newBusy := func() *gateway.Gateway {
		g := gateway.New(&busy{}, busyModule{}, gateway.ControlsModule{})
		g.History = 1 << 20
		return g
	}
	g := newBusy()
	g.Record = session
	runLive(t, g)
	const callers, operations = 4, 2500
	var who sync.WaitGroup
	for i := range callers {
		who.Go(func() {
			ctx := gateway.WithCaller(t.Context(), gateway.Caller{Name: fmt.Sprint("caller", i)})
			r := rand.New(rand.NewPCG(uint64(i), 1))
			for range operations {
				operate(ctx, t, g, r)
			}
		})
	}
	who.Wait()
	g.Stop()
	<-g.Done()

	again := newBusy()
	if err := again.Run(t.Context(), gateway.RunConfig{Feed: session}); err != nil {
		t.Fatal(err)
	}
	was, is := all(t, g), all(t, again)
	if d := cmp.Diff(len(was), len(is)); d != "" {
		t.Errorf("lines: %s", d)
	}
	for i := range min(len(was), len(is)) {
		if was[i] != is[i] {
			t.Fatalf("line %d:\n got %s\nwant %s", i, is[i], was[i])
		}
	}
	callersSeen := map[string]bool{}
	for _, o := range session.Operations {
		callersSeen[o.Caller.Name] = true
	}
	if n := len(session.Operations); len(callersSeen) != callers || n < callers*operations*9/10 {
		t.Errorf("got %d operations of %d callers, want those of %d", n, len(callersSeen), callers)
	}
}

func TestSessionOfAnotherModelIsRefused(t *testing.T) {
	session := &gateway.Session{Operations: []gateway.Operation{{Cycle: 1, Channel: "two", Keys: []string{""}}}, LastCycle: 1}
	err := gateway.New(&busy{}, busyModule{}).Run(t.Context(), gateway.RunConfig{Feed: session})
	if err == nil || !strings.Contains(err.Error(), `session: channel "two" does not take what it took`) {
		t.Errorf("got %v", err)
	}
}
