package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
	"gw/gateway/stage"
	"gw/schema"
)

// held is a model of staged channels.
type held struct {
	One    gateway.Channel[item]   `channel:"one" stage:"true"`
	Many   gateway.Channel[[]item] `channel:"many" stage:"true"`
	Free   gateway.Channel[item]   `channel:"free"`
	Events gateway.Channel[item]   `channel:"events"`
}

// heldModule only connects.
type heldModule func(*held)

func (m heldModule) Connect(ch *held) error {
	m(ch)
	return nil
}

func stageOf(t *testing.T, g *gateway.Gateway, channel string) *gateway.Stage {
	t.Helper()
	s, err := g.Stage(channel)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// staged renders an answer with ids of areas as letters in the order of their first sight.
type staged struct{ names map[string]string }

func (s *staged) name(id string) string {
	if s.names == nil {
		s.names = map[string]string{}
	}
	if s.names[id] == "" {
		s.names[id] = string(rune('A' + len(s.names)))
	}
	return s.names[id]
}

func (s *staged) show(a *gateway.StageAnswer, err error) string {
	if err != nil {
		return err.Error()
	}
	var all []string
	for _, area := range a.Areas {
		all = append(all, s.name(area.ID)+"["+values(area.Records)+"]")
	}
	return strings.Join(all, " ")
}

func (s *staged) id(name string) string {
	for id, n := range s.names {
		if n == name {
			return id
		}
	}
	return name
}

func TestStagingFromOutside(t *testing.T) {
	g := gateway.New(&held{})
	runLive(t, g)
	s, show, ctx := stageOf(t, g, "one"), &staged{}, t.Context()
	check := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: got %s, want %s", what, got, want)
		}
	}
	check("new", show.show(s.New(ctx)), "A[]")
	check("add", show.show(s.Add(ctx, nil, []byte(`{"id":"r1","x":1}`))), "A[1]")
	check("add nothing", show.show(s.Add(ctx, nil, []byte(` null `))), "B[]")
	check("add to both", show.show(s.Add(ctx, []string{show.id("A"), show.id("B")}, []byte(`{"id":"r2","x":2}`))), "A[1,2] B[2]")
	check("unknown id", show.show(s.Add(ctx, []string{show.id("A"), "nope"}, []byte(`{"x":3}`))), "Staging ID not found: nope")
	check("nothing was done", show.show(s.Lookup(ctx), nil), "A[1,2] B[2]")
	check("remove", show.show(s.Remove(ctx, nil, []byte(`{"id":"r2"}`))), "B[]")
	check("release", show.show(s.Release(ctx, []string{show.id("A")})), "A[1,2]")
	check("one is gone", show.show(s.Lookup(ctx, show.id("A")), nil), "")
	check("the other stays", fmt.Sprint(len(s.Areas()), s.Areas(show.id("B"))[0] == show.id("B"), s.Areas("nope")), "1 true []")
	check("clear", show.show(s.Clear(ctx, []string{})), "B[]")
	check("list", fmt.Sprint(s.Areas()), "[]")
	check("ticks", last(t, g, "one", ""), "2")
	check("staged channels", fmt.Sprint(g.Stages()), "[one many]")
}

func TestNobodyTakesWhatOthersStaged(t *testing.T) {
	g := gateway.New(&held{})
	g.Guard = func(ctx context.Context, _ string, r schema.Record) error {
		c, _ := gateway.CallerOf(ctx)
		v, _ := schema.As[item](r)
		if v.Y == "" {
			v.Y = c.Name
		}
		if v.Y != c.Name {
			return errors.New("of " + v.Y)
		}
		return nil
	}
	runLive(t, g)
	s := stageOf(t, g, "one")
	as := func(who string) context.Context { return gateway.WithCaller(t.Context(), gateway.Caller{Name: who}) }
	if _, err := s.Add(as("ann"), nil, []byte(`{"id":"hers"}`)); err != nil {
		t.Fatal(err)
	}
	for what, do := range map[string]func(context.Context) (*gateway.StageAnswer, error){
		"remove by id": func(ctx context.Context) (*gateway.StageAnswer, error) {
			return s.Remove(ctx, nil, []byte(`{"id":"hers"}`))
		},
		"drop newest": func(ctx context.Context) (*gateway.StageAnswer, error) { return s.Clear(ctx, nil) },
		"drop all":    func(ctx context.Context) (*gateway.StageAnswer, error) { return s.Clear(ctx, []string{}) },
		"empty one":   func(ctx context.Context) (*gateway.StageAnswer, error) { return s.Clear(ctx, s.Areas()) },
		"release":     func(ctx context.Context) (*gateway.StageAnswer, error) { return s.Release(ctx, nil) },
	} {
		if _, err := do(as("bob")); err == nil || err.Error() != "of ann" {
			t.Errorf("%s: got %v, want it refused", what, err)
		}
	}
	if a, err := s.Release(as("ann"), nil); err != nil || len(a.Areas) != 1 || len(a.Areas[0].Records) != 1 {
		t.Errorf("got %v, %v, want her own released", a, err)
	}
}

// TestAreasAreGuardedInTheCycle has one caller clear the newest area again and again while another stages in it.
func TestAreasAreGuardedInTheCycle(t *testing.T) {
	g := gateway.New(&held{})
	g.Guard = func(ctx context.Context, _ string, r schema.Record) error {
		c, _ := gateway.CallerOf(ctx)
		if v, _ := schema.As[item](r); v.Y != c.Name {
			return errors.New("of " + v.Y)
		}
		return nil
	}
	runLive(t, g)
	s := stageOf(t, g, "one")
	done := make(chan struct{})
	go func() {
		defer close(done)
		ctx := gateway.WithCaller(t.Context(), gateway.Caller{Name: "ann"})
		for i := range 500 {
			if _, err := s.Add(ctx, nil, fmt.Appendf(nil, `{"id":"a%d","x":%d,"y":"ann"}`, i, i)); err != nil {
				t.Error(err)
			}
		}
	}()
	ctx := gateway.WithCaller(t.Context(), gateway.Caller{Name: "bob"})
	for working := true; working; {
		select {
		case <-done:
			working = false
		default:
		}
		if _, err := s.New(ctx); err != nil {
			t.Fatal(err)
		}
		_, _ = s.Clear(ctx, nil) // refused if the newest is no longer empty
	}
	held := 0
	for _, area := range s.Lookup(t.Context()).Areas {
		held += len(area.Records)
	}
	if held != 500 {
		t.Errorf("got %d of 500 values still staged", held)
	}
}

func TestReleasedIsOnTheChannelWhenReleaseReturns(t *testing.T) {
	g := gateway.New(&held{})
	runLive(t, g)
	s := stageOf(t, g, "one")
	for i := range 50 {
		if _, err := s.Add(t.Context(), nil, fmt.Appendf(nil, `{"x":%d}`, i)); err != nil {
			t.Fatal(err)
		}
		a, err := s.Release(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := last(t, g, "one", ""); got != fmt.Sprint(i) {
			t.Errorf("got %s on the channel after release, want %d", got, i)
		}
		if string(a.JSON()) != fmt.Sprintf(`{"%s":[%s]}`, a.Areas[0].ID, a.Areas[0].Records[0]) {
			t.Errorf("got %s", a.JSON())
		}
	}
}

func TestReleasedRecordsTickIndividuallyInTheirOrder(t *testing.T) {
	g := gateway.New(&held{})
	runLive(t, g)
	for _, channel := range []string{"one", "many"} {
		s := stageOf(t, g, channel)
		sub, err := g.Subscribe(t.Context(), gateway.SubscribeOptions{Select: []gateway.Selector{{Channel: channel}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []int{1, 2, 3} {
			if _, err := s.Add(t.Context(), nil, fmt.Appendf(nil, `{"x":%d}`, x)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Release(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		var got []string
		for len(got) < 3 {
			<-sub.Ready()
			ticks, _, _ := sub.Take()
			for _, tick := range ticks {
				got = append(got, values(tick.Records))
			}
		}
		if fmt.Sprint(got) != "[1 2 3]" {
			t.Errorf("%s: got %v, want a tick each", channel, got)
		}
		sub.Close()
	}
}

func TestStageChecksWhatItIsGiven(t *testing.T) {
	g := gateway.New(&held{})
	runLive(t, g)
	s := stageOf(t, g, "one")
	for body, want := range map[string]string{
		`{"x":-1}`:  "value_error [body x] Value error, value must be non-negative.",
		`[{"x":1}]`: "model_attributes_type [body] Input should be a valid dictionary or object to extract fields from",
		`{"no":1}`:  "extra_forbidden [body no] Extra inputs are not permitted",
	} {
		if _, err := s.Add(t.Context(), nil, []byte(body)); problemsOf(err) != want {
			t.Errorf("%s: got %s, want %s", body, problemsOf(err), want)
		}
	}
	if got := s.Areas(); len(got) > 0 {
		t.Errorf("got areas %v, want none", got)
	}
	for name, want := range map[string]string{"free": "Staging not enabled for channel: free", "nope": "Channel not found: nope"} {
		_, err := g.Stage(name)
		wantError(t, err, want)
	}
}

func TestStageNeedsARunningEngine(t *testing.T) {
	g := gateway.New(&held{})
	if err := g.Build(); err != nil {
		t.Fatal(err)
	}
	s := stageOf(t, g, "one")
	if _, err := s.New(t.Context()); !errors.Is(err, gateway.ErrNotRunning) {
		t.Errorf("before the run: got %v", err)
	}
	runLive(t, g)
	g.Stop()
	<-g.Done()
	if _, err := s.New(t.Context()); !errors.Is(err, gateway.ErrNotRunning) {
		t.Errorf("after the run: got %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.New(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("with an ended context: got %v", err)
	}
}

func TestStageGivesCallersOnlyWhatTheyMaySee(t *testing.T) {
	g := gateway.New(&held{})
	g.Filter = func(ctx context.Context, _ string, r schema.Record) bool {
		c, _ := gateway.CallerOf(ctx)
		v, _ := schema.As[item](r)
		return v.Y == c.Name
	}
	runLive(t, g)
	s := stageOf(t, g, "one")
	for _, y := range []string{"ann", "bob"} {
		ctx := gateway.WithCaller(t.Context(), gateway.Caller{Name: y})
		if _, err := s.Add(ctx, nil, fmt.Appendf(nil, `{"x":%d,"y":%q}`, len(y)+int(y[0]), y)); err != nil {
			t.Fatal(err)
		}
	}
	show := &staged{}
	ctx := gateway.WithCaller(t.Context(), gateway.Caller{Name: "bob"})
	if got, want := show.show(s.Lookup(ctx), nil), "A[101]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := show.show(s.Release(ctx, nil)), "A[101]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// eventLog renders events as values of a channel.
func eventLog(e *stage.Event) item {
	return item{Y: fmt.Sprintf("%s [%s] %s", e.Action, values(e.Records), e.Reason)}
}

func TestStagingInTheGraph(t *testing.T) {
	ask := heldModule(func(ch *held) {
		a, b := x(1), x(2)
		ch.One.StageRequests(engine.Curve(ch.One.Graph(), []engine.Point[stage.Request]{
			{At: at(time.Second), V: stage.Request{Action: stage.Added, Records: []schema.Record{schema.RecordOf(&a), schema.RecordOf(&b)}}},
			{At: at(2 * time.Second), V: stage.Request{Action: stage.Added, IDs: []string{"nope"}, Records: []schema.Record{schema.RecordOf(&a)}}},
			{At: at(3 * time.Second), V: stage.Request{Action: stage.Released}},
		}))
	})
	listen := heldModule(func(ch *held) {
		ch.Events.Set(op.MapPtr(ch.One.StageEvents(), eventLog))
	})
	for _, modules := range [][]any{{ask, listen}, {listen, ask}} {
		g := gateway.New(&held{}, modules...)
		replay(t, g)
		if got, want := history(t, g, "one", ""), "3s:1 3s:2"; got != want {
			t.Errorf("got ticks %s, want %s", got, want)
		}
		var events []string
		for _, tick := range g.Recent(t.Context(), "events", "", 100) {
			v, _ := schema.As[item](tick.Records[0])
			events = append(events, v.Y)
		}
		want := "CREATED [] |ADDED [1] |ADDED [2] |REFUSED [] Staging ID not found: nope|RELEASED [1,2] "
		if got := strings.Join(events, "|"); got != want {
			t.Errorf("got events %s, want %s", got, want)
		}
	}
}

// A module may answer each addition with a request: the way back is a feedback.
func TestStageEventsMayLeadToStageRequests(t *testing.T) {
	g := gateway.New(&held{}, heldModule(func(ch *held) {
		added := op.Filter(ch.One.StageEvents(), func(e *stage.Event) bool { return e.Action == stage.Added })
		ch.One.StageRequests(op.MapPtr(added, func(*stage.Event) stage.Request { return stage.Request{Action: stage.Released} }))
	}))
	runLive(t, g)
	sub, err := g.Subscribe(t.Context(), gateway.SubscribeOptions{Select: []gateway.Selector{{Channel: "one"}}})
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	changed := stageOf(t, g, "one").Changed()
	if _, err := stageOf(t, g, "one").Add(t.Context(), nil, []byte(`{"x":1}`)); err != nil {
		t.Fatal(err)
	}
	<-changed
	<-sub.Ready()
	if got := last(t, g, "one", ""); got != "1" {
		t.Errorf("got %s, want what was added released", got)
	}
}

func TestStagingIsWiredOnlyWhereItCanBe(t *testing.T) {
	type basket struct {
		B gateway.Basket[string, item] `channel:"b" keys:"k" stage:"true"`
	}
	wantError(t, gateway.New(&basket{}).Build(),
		`channel "b": a basket cannot be staged; stage a channel of structs or of lists that sets it`)
	wantError(t, gateway.New(&held{}, heldModule(func(ch *held) { ch.Free.StageEvents() })).Build(),
		`module "heldModule": channel "free" is not staged; give it a stage tag or call its Stage method`)
	g := gateway.New(&held{}, heldModule(func(ch *held) { ch.Free.StageEvents() }), heldModule(func(ch *held) { ch.Free.Stage() }))
	if err := g.Build(); err != nil {
		t.Error(err)
	}
}

func TestStagedChannelOfARunTimeType(t *testing.T) {
	typ, err := schema.Of[item]()
	if err != nil {
		t.Fatal(err)
	}
	g := gateway.New(gateway.NewModel().Add(gateway.ChannelSpec{Name: "one", Type: typ, Stage: true}))
	runLive(t, g)
	s, show := stageOf(t, g, "one"), &staged{}
	if got := show.show(s.Add(t.Context(), nil, []byte(`{"x":7}`))); got != "A[7]" {
		t.Errorf("got %s", got)
	}
	if got := show.show(s.Release(t.Context(), nil)); got != "A[7]" || last(t, g, "one", "") != "7" {
		t.Errorf("got %s and %s on the channel", got, last(t, g, "one", ""))
	}
}
