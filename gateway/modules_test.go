package gateway_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
	"gw/schema"
)

// plugin is a module that knows no model.
type plugin struct {
	gateway.ModuleOptions
	name    string
	specs   []gateway.ChannelSpec
	states  map[string][]string
	connect func(*gateway.Bus) error
	info    []string
}

func (p *plugin) ModuleName() string                     { return p.name }
func (p *plugin) DynamicChannels() []gateway.ChannelSpec { return p.specs }
func (p *plugin) DynamicStates() map[string][]string     { return p.states }
func (p *plugin) Info() []string                         { return p.info }

func (p *plugin) Connect(bus *gateway.Bus) error {
	if p.connect == nil {
		return nil
	}
	return p.connect(bus)
}

// adds is a module that adds channels.
func adds(name string, specs ...gateway.ChannelSpec) *plugin {
	return &plugin{name: name, specs: specs}
}

func TestDynamicChannelsAreKnownToAllModules(t *testing.T) {
	owner := adds("owner", gateway.Spec[item]("extra"))
	owner.connect = func(bus *gateway.Bus) error {
		c, err := gateway.Find[item](bus, "extra")
		if err != nil {
			return err
		}
		c.Set(engine.Curve(bus.Graph(), points(1, 1, 2, 2)))
		return nil
	}
	reader := &plugin{name: "reader", connect: func(bus *gateway.Bus) error {
		from, err := gateway.Find[item](bus, "extra")
		if err != nil {
			return err
		}
		to, err := gateway.Find[item](bus, "two")
		if err != nil {
			return err
		}
		to.Set(op.Map(from.Get(), func(v item) item { return x(v.X.Or(0) + 10) }))
		return nil
	}}
	for _, modules := range [][]any{{owner, reader}, {reader, owner}} {
		g := gateway.New(&channels{}, modules...)
		replay(t, g)
		if got, want := history(t, g, "two", ""), "1s:11 2s:12"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestDynamicChannelsOfSeveralModulesAddUp(t *testing.T) {
	keyed := func(keys ...string) gateway.ChannelSpec {
		s := gateway.Spec[item]("k")
		s.Keys = keys
		return s
	}
	list := gateway.Spec[[]item]("l")
	list.State = []string{"y"}
	sent := gateway.Spec[[]item]("l")
	sent.Send = true
	modules := []any{adds("a", keyed("x", "z"), list), adds("b", keyed("y", "z"), sent)}
	for range 2 {
		slices.Reverse(modules)
		g := gateway.New(&channels{}, modules...)
		if err := g.Build(); err != nil {
			t.Fatal(err)
		}
		k, _ := g.Port("k")
		l, _ := g.Port("l")
		if got, want := fmt.Sprint(k.Keys(), l.Kind, l.Views(), l.Sendable()), "[x y z] list [l] true"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestDynamicChannelsThatDisagreeAreRefused(t *testing.T) {
	for _, tc := range []struct {
		a, b *plugin
		want string
	}{
		{adds("a", gateway.Spec[item]("c")), adds("b", gateway.Spec[parcel]("c")),
			`module "b": channel "c": adds it with parcel, module "a" with item; use two channels or one type`},
		{adds("a", gateway.Spec[item]("c")), adds("b", gateway.Spec[[]item]("c")),
			`module "b": channel "c": adds it with lists of item, module "a" with item; use two channels or one type`},
		{adds("a", gateway.Spec[parcel]("one")), adds("b"), `channel "one": module "a" adds it with parcel, the model has it with item`},
		{adds("a", gateway.Spec[inner]("c")), adds("b"), `channel "c": type inner does not embed gateway.Struct as its first field`},
		{&plugin{name: "a", states: map[string][]string{"nope": {"id"}}}, adds("b"),
			`state of channel "nope", which there is not (has: one, two, many, never_ticks, basket, named, lists, controls)`},
		{&plugin{name: "a", states: map[string][]string{"one": {"nope"}}}, adds("b"),
			`channel "one": state "one" by nope is already declared for channel "one" by id`},
	} {
		wantError(t, gateway.New(&channels{}, tc.a, tc.b).Build(), tc.want)
	}
}

func TestDynamicStates(t *testing.T) {
	m := &plugin{name: "m", states: map[string][]string{"two": {"two_by_z=inner.z"}}, specs: []gateway.ChannelSpec{gateway.Spec[item]("one")}}
	g := gateway.New(&channels{}, m, wire("feed", func(ch *channels) { ch.Two.Set(engine.Curve(ch.Two.Graph(), points(1, 1, 2, 2))) }))
	replay(t, g)
	a, err := g.State(t.Context(), "two_by_z", "")
	if err != nil || values(a.Records) != "2" {
		t.Errorf("got %v %v, want the last of one key", a, err)
	}
}

func TestDynamicChannelsOfAModelOfRunTimeTypes(t *testing.T) {
	typ, _ := schema.Of[item]()
	g := gateway.New(gateway.NewModel().Add(gateway.ChannelSpec{Name: "one", Type: typ}),
		adds("a", gateway.ChannelSpec{Name: "extra", Type: typ, Send: true}))
	runLive(t, g)
	sendAndWait(t, g, "extra", "", `{"x":3}`)
	if got := last(t, g, "extra", ""); got != "3" {
		t.Errorf("got %s", got)
	}
}

// both connects to its model and to the bus.
type both struct{ seen string }

func (b *both) Connect(ch *channels, bus *gateway.Bus) error {
	b.seen = fmt.Sprint(ch.One.Name(), " ", len(bus.Ports()))
	return nil
}

func TestModuleMayConnectToModelAndBus(t *testing.T) {
	b := &both{}
	if err := gateway.New(&channels{}, b).Build(); err != nil || b.seen != "one 8" {
		t.Errorf("got %s %v", b.seen, err)
	}
}

func TestDisabledModuleIsNotThere(t *testing.T) {
	m := adds("off", gateway.Spec[item]("extra"))
	m.Disable = true
	m.connect = func(*gateway.Bus) error { return errors.New("connected") }
	g := gateway.New(&channels{}, m, sendAll)
	if err := g.Build(); err != nil {
		t.Fatal(err)
	}
	if _, ok := g.Port("extra"); ok || !slices.Equal(g.Topology().Modules, []string{"sends"}) {
		t.Errorf("got %v, want no trace of the module", g.Topology().Modules)
	}
}

func TestBlockedModuleDoesNotTickBeforeItsTime(t *testing.T) {
	feed := func(name string, until time.Time) *plugin {
		p := &plugin{name: name, connect: func(bus *gateway.Bus) error {
			c, err := gateway.Find[item](bus, "one")
			if err == nil {
				c.Set(engine.Curve(bus.Graph(), points(1, 1, 2, 2, 3, 3)))
			}
			return err
		}}
		p.BlockSetChannelsUntil = until
		return p
	}
	for _, tc := range []struct {
		module, gateway time.Time
		want            string
	}{
		{time.Time{}, time.Time{}, "1s:1 2s:2 3s:3"},
		{start.Add(2 * time.Second), time.Time{}, "2s:2 3s:3"},
		{time.Time{}, start.Add(3 * time.Second), "3s:3"},
		{start.Add(2 * time.Second), start.Add(3 * time.Second), "2s:2 3s:3"},
	} {
		g := gateway.New(&channels{}, feed("feed", tc.module))
		g.BlockSetChannelsUntil = tc.gateway
		replay(t, g)
		if got := history(t, g, "one", ""); got != tc.want {
			t.Errorf("got %s, want %s", got, tc.want)
		}
	}
}

func TestRequiredOptionNamesChannels(t *testing.T) {
	reads := func(s gateway.Selection) *plugin {
		p := &plugin{name: "m", connect: func(bus *gateway.Bus) error {
			_, err := bus.Ticks("one", "")
			return err
		}}
		p.Required = s
		return p
	}
	unset := `module "m": requires channel "one", which no module sets; add one that does, or take it from outside with Send`
	for _, tc := range []struct {
		s    gateway.Selection
		want string
	}{
		{gateway.Selection{}, ""},
		{gateway.Selection{Include: []string{}}, ""},
		{gateway.Selection{Include: []string{"one"}}, unset},
		{gateway.Selection{Exclude: []string{"two"}}, unset},
		{gateway.Selection{Exclude: []string{"one"}}, ""},
	} {
		err := gateway.New(&channels{}, reads(tc.s)).Build()
		if got := fmt.Sprint(err); tc.want != "" && got != tc.want || tc.want == "" && err != nil {
			t.Errorf("%v: got %v, want %s", tc.s, err, tc.want)
		}
	}
}

func TestUnknownErrorPolicyIsRefused(t *testing.T) {
	m := &plugin{name: "m"}
	m.OnError = "ignore"
	wantError(t, gateway.New(&channels{}, m).Build(), `module "m": on_error: got "ignore", want "stop" or "disable"`)
}

func TestOverrideTakesThePlaceOfAllSetters(t *testing.T) {
	g := gateway.New(&channels{}, sendAll, source("source", 1, 1),
		wire("override", func(ch *channels) {
			ch.One.Override(engine.Curve(ch.One.Graph(), points(5, 5)))
			ch.Named.Override("a", engine.Curve(ch.One.Graph(), points(6, 6)))
		}))
	replay(t, g)
	if got, want := history(t, g, "one", "")+" "+history(t, g, "named", ""), "5s:5 6s:6"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := node(g, "one").Setters; !slices.Equal(got, []string{"Override"}) {
		t.Errorf("got setters %v", got)
	}
}

func TestInfoIsWhatModulesTell(t *testing.T) {
	g := gateway.New(&channels{}, &plugin{name: "a", info: []string{"http://localhost", "token in TOKEN"}}, &plugin{name: "b"})
	if err := g.Build(); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(g.Info(), "|"), "a: http://localhost|a: token in TOKEN"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSnapshotIsALineOfARecording(t *testing.T) {
	type few struct {
		One   gateway.Channel[item]          `channel:"one"`
		Many  gateway.Channel[[]item]        `channel:"many"`
		Never gateway.Channel[item]          `channel:"never"`
		Named gateway.Basket[string, item]   `channel:"named" keys:"b,a,c"`
		Lists gateway.Basket[string, []item] `channel:"lists" keys:"k"`
	}
	g := gateway.New(&few{}, fewModule(func(bus *gateway.Bus) {
		rec := func(n int64) schema.Record {
			v := x(n)
			v.ID, v.Timestamp = schema.NewID(uint64(n)), schema.Some(start)
			return schema.RecordOf(&v)
		}
		curve := func(n ...int64) engine.Edge[[]schema.Record] {
			var recs []schema.Record
			for _, n := range n {
				recs = append(recs, rec(n))
			}
			return engine.Curve(bus.Graph(), []engine.Point[[]schema.Record]{{At: at(1500 * time.Millisecond), V: recs}})
		}
		for _, s := range []struct {
			name, key string
			ns        []int64
		}{{"one", "", []int64{1}}, {"many", "", []int64{2, 3}}, {"named", "a", []int64{4}}, {"named", "b", []int64{5}}, {"lists", "k", nil}} {
			if err := bus.Set(s.name, s.key, curve(s.ns...)); err != nil {
				t.Error(err)
			}
		}
	}))
	if err := g.Run(t.Context(), gateway.RunConfig{Start: start}); err != nil {
		t.Fatal(err)
	}
	v := func(n int) string {
		return fmt.Sprintf(`{"id":"%d","timestamp":"2020-01-01T00:00:00","x":%d,"y":"","inner":{"z":0}}`, n, n)
	}
	want := `{"one":` + v(1) + `,"many":[` + v(2) + `,` + v(3) + `],"never":null,"named":{"b":` + v(5) + `,"a":` + v(4) +
		`},"lists":{"k":[]},"csp_engine_timestamp":"2020-01-01T00:00:01.500000"}`
	if got := string(g.Snapshot(t.Context())); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	g.Filter = func(_ context.Context, _ string, r schema.Record) bool { return false }
	if got, want := string(g.Snapshot(t.Context())), `{"one":null,"many":null,"never":null,"named":null,"lists":{"k":[]},"csp_engine_timestamp":"2020-01-01T00:00:01.500000"}`; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

type fewModule func(*gateway.Bus)

func (m fewModule) Connect(bus *gateway.Bus) error {
	m(bus)
	return nil
}

func TestSelection(t *testing.T) {
	names := []string{"a", "b", "c"}
	for text, want := range map[string]string{
		`null`:                                  "[a b c]",
		`{}`:                                    "[a b c]",
		`[]`:                                    "[]",
		`["c","a","c"]`:                         "[c a]",
		`{"include":["c","b"]}`:                 "[c b]",
		`{"exclude":["b"]}`:                     "[a c]",
		`{"include":["b","a"],"exclude":["b"]}`: "[a]",
		`["nope","a"]`:                          "[a]",
	} {
		var s gateway.Selection
		if err := json.Unmarshal([]byte(text), &s); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if got := fmt.Sprint(s.From(names)); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
	wantError(t, gateway.Selection{Exclude: []string{"d"}}.Check(names), `selects "d", which there is not (has: a, b, c)`)
	var s gateway.Selection
	if err := json.Unmarshal([]byte(`5`), &s); err == nil {
		t.Error("5 is a selection, want an error")
	}
}

// rowsSeen logs each tick of a state's rows.
func rowsSeen(log *[]string, alias string) *plugin {
	return &plugin{name: "rows", connect: func(bus *gateway.Bus) error {
		engine.Sink(gateway.StateRows[item](bus, alias), "log", func(r **gateway.Rows[item]) {
			rows := *r
			line := fmt.Sprint(rows.Len(), ":")
			for _, v := range rows.Changed() {
				line += fmt.Sprint(" +", v.X.Or(0))
			}
			for v := range rows.All() {
				line += fmt.Sprint(" ", v.X.Or(0))
			}
			if v, ok := rows.Get(&item{Y: "b"}); ok {
				line += fmt.Sprint(" b=", v.X.Or(0))
			}
			*log = append(*log, line)
		})
		return nil
	}}
}

func TestStateTicksInTheGraph(t *testing.T) {
	keyed := func(y string, n int64) item {
		v := x(n)
		v.Y = y
		return v
	}
	feed := wire("feed", func(ch *channels) {
		ch.Many.Set(engine.Curve(ch.Many.Graph(), []engine.Point[[]item]{
			{At: at(time.Second), V: []item{keyed("a", 1), keyed("b", 2)}},
			{At: at(2 * time.Second), V: []item{keyed("a", 3)}},
		}))
	})
	var log []string
	replay(t, gateway.New(&channels{}, rowsSeen(&log, "many"), feed))
	if d := cmp.Diff([]string{"2: +1 +2 1 2 b=2", "2: +3 3 2 b=2"}, log); d != "" {
		t.Error(d)
	}
	wantError(t, gateway.New(&channels{}, rowsSeen(&log, "nope")).Build(),
		`module "rows": reads state "nope", which there is not (has: one, one_by_y, many)`)
	wrong := &plugin{name: "rows", connect: func(bus *gateway.Bus) error {
		gateway.StateRows[parcel](bus, "many")
		return nil
	}}
	wantError(t, gateway.New(&channels{}, wrong).Build(), `module "rows": reads state "many" as gateway_test.parcel, its values are item`)
}

// A tick of a state costs what changed: what it tells of does not grow with the rows.
func TestStateTickCostsWhatChanged(t *testing.T) {
	changes := func(rows int) int {
		var all []item
		for i := range rows {
			v := x(int64(i))
			v.Y = fmt.Sprint(i)
			all = append(all, v)
		}
		ticks := []engine.Point[[]item]{{At: at(0), V: all}}
		const more = 100
		for i := range more {
			ticks = append(ticks, engine.Point[[]item]{At: at(time.Duration(i+1) * time.Second), V: all[:1]})
		}
		changed := 0
		g := gateway.New(&channels{}, wire("feed", func(ch *channels) { ch.Many.Set(engine.Curve(ch.Many.Graph(), ticks)) }),
			&plugin{name: "rows", connect: func(bus *gateway.Bus) error {
				engine.Sink(gateway.StateRows[item](bus, "many"), "count", func(r **gateway.Rows[item]) { changed += len((*r).Changed()) })
				return nil
			}})
		replay(t, g)
		return changed - rows
	}
	if few, many := changes(10), changes(5000); few != 100 || many != 100 {
		t.Errorf("got %v and %v changed rows, want one a tick whatever the number of rows", few, many)
	}
}

// The whole of what modules can do, in any order: the same channels, views, setters and ticks.
func TestOrderOfModulesOfAllKindsChangesNothing(t *testing.T) {
	build := func() []any {
		sent, staged := gateway.Spec[item]("extra"), gateway.Spec[item]("extra")
		sent.Send, staged.Stage, staged.State = true, true, []string{"extra_by_y=y"}
		return []any{
			adds("adds", sent), adds("stages", staged, gateway.Spec[[]item]("another")), sendAll,
			source("s1", 1, 1, 2, 2), source("s2", 1, 10, 1, 11),
			wire("loop", func(ch *channels) { ch.One.Set(plusOne(ch.One.Get())) }),
			wire("copy", func(ch *channels) { ch.Two.Set(ch.One.Get()) }),
			wire("held", func(ch *channels) { ch.Two.Stage(); ch.Two.State("by_x", "x") }),
			&plugin{name: "bus", states: map[string][]string{"many": {"m=x"}}, connect: func(bus *gateway.Bus) error {
				c, err := gateway.Find[item](bus, "extra")
				if err != nil {
					return err
				}
				ticks, err := bus.Ticks("two", "")
				c.Set(op.Map(ticks, func(tick *gateway.Tick) item { return x(int64(tick.N)) }))
				return err
			}},
		}
	}
	outcome := func(t *rapid.T, modules []any) string {
		g := gateway.New(&channels{}, modules...)
		if err := g.Run(t.Context(), gateway.RunConfig{Start: start}); err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		topology, _ := json.MarshalIndent(g.Topology(), "", " ")
		views := g.Views()
		slices.Sort(views)
		fmt.Fprintln(&all, string(topology), views, g.Stages())
		for _, p := range g.Ports() {
			for _, tick := range g.Recent(t.Context(), p.Name, "", 100) {
				fmt.Fprintf(&all, "%s %v #%d %s\n", tick.Channel, tick.Time, tick.Cycle, tick.JSON())
			}
		}
		return all.String()
	}
	var first string
	rapid.Check(t, func(t *rapid.T) {
		modules := rapid.Permutation(build()).Draw(t, "order")
		got := outcome(t, modules)
		if first == "" {
			first = got
		}
		if d := cmp.Diff(first, got); d != "" {
			t.Errorf("another order of modules:\n%s", d)
		}
	})
}
