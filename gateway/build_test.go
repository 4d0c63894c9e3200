package gateway_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
	"gw/schema"
)

type noConnect struct{}

type otherModel struct{}

func (otherModel) Connect(*gateway.Model) error { return nil }

type oddConnect struct{}

func (oddConnect) Connect(*channels) {}

type keyer struct {
	name string
	keys map[string][]string
}

func (k *keyer) ModuleName() string               { return k.name }
func (k *keyer) DynamicKeys() map[string][]string { return k.keys }
func (k *keyer) Connect(*gateway.Bus) error       { return nil }

type plain struct {
	X int64 `json:"x"`
}

func TestBuildNamesModuleAndChannel(t *testing.T) {
	needs := func(name string) *module {
		m := wire("vwap", func(*channels) {})
		m.requires = []string{name}
		return m
	}
	cases := []struct {
		name    string
		model   any
		modules []any
		want    string
	}{
		{"required but unset", &channels{}, []any{needs("one")},
			`module "vwap": requires channel "one", which no module sets; add one that does, or take it from outside with Send`},
		{"required but unknown", &struct {
			A gateway.Channel[item] `channel:"a"`
		}{}, []any{&busNeeds{"one"}}, `module "busNeeds": requires channel "one", which the model does not have (has: a)`},
		{"no connect", &channels{}, []any{noConnect{}}, `module "noConnect": has no method Connect(*gateway_test.channels) error`},
		{"other model", &channels{}, []any{otherModel{}},
			`module "otherModel": connects to *gateway.Model, the gateway's model is *gateway_test.channels`},
		{"odd connect", &channels{}, []any{oddConnect{}},
			`module "oddConnect": got Connect of type func(*gateway_test.channels), want func(*gateway_test.channels) error`},
		{"connect fails", &channels{}, []any{&module{name: "m", connect: func(*channels) error { return errors.New("no disk") }}},
			`module "m": no disk`},
		{"connect panics", &channels{}, []any{wire("m", func(*channels) { panic("oh") })}, `module "m": panic: oh`},
		{"zero edge", &channels{}, []any{wire("m", func(ch *channels) { ch.One.Set(engine.Edge[item]{}) })},
			`module "m": channel "one": set to an edge that is the zero Edge`},
		{"unknown key", &channels{}, []any{wire("m", func(ch *channels) { ch.Named.At("zz") })},
			`module "m": channel "named": no such key (got "zz", has: b, a)`},
		{"unknown enum key", &channels{}, []any{wire("m", func(ch *channels) { ch.Basket.Set(9, engine.Edge[item]{}) })},
			`module "m": channel "basket": no such key (got "9", has: A, B, C)`},
		{"state by unknown field", &channels{}, []any{wire("m", func(ch *channels) { ch.One.State("s", "nope") })},
			`channel "one": state "s": key "nope": no such field (has: id, timestamp, x, y, inner.z)`},
		{"state declared otherwise", &channels{}, []any{wire("m", func(ch *channels) { ch.Two.State("one", "x") })},
			`module "m": channel "two": state "one" by x is already declared for channel "one" by id`},
		{"keys for nothing", &channels{}, []any{&keyer{"k", map[string][]string{"nope": {"a"}}}},
			`keys for channel "nope", which the model does not have`},
		{"no keys", &struct {
			B gateway.Basket[string, item] `channel:"b"`
		}{}, nil, `channel "b": no keys; give them in a keys tag or by a module's DynamicKeys`},
		{"keys for an enum", &struct {
			B gateway.Basket[letter, item] `channel:"b" keys:"A"`
		}{}, nil, `channel "b": the keys of an enum are its members; got keys A`},
		{"two of a name", &struct {
			A gateway.Channel[item] `channel:"a"`
			B gateway.Channel[item] `channel:"a"`
		}{}, nil, `channel "a" is declared twice`},
		{"no base", &struct {
			A gateway.Channel[plain] `channel:"a"`
		}{}, nil, `channel "a": type plain does not embed gateway.Struct as its first field`},
		{"no model of channels", 5, nil, `model: got int, want a pointer to a struct of channels`},
		{"state of a whole basket", &struct {
			B gateway.Basket[letter, item] `channel:"b" state:"id"`
		}{}, nil, `channel "b": a state of a basket is of one key and has a name: call Basket.State`},
		{"two problems", &channels{}, []any{needs("one"), needs("two")},
			"module \"vwap\": requires channel \"one\", which no module sets; add one that does, or take it from outside with Send\n" +
				"module \"vwap#2\": requires channel \"two\", which no module sets; add one that does, or take it from outside with Send"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			g := gateway.New(tc.model, tc.modules...)
			wantError(t, g.Build(), tc.want)
			wantError(t, g.Run(t.Context(), gateway.RunConfig{}), tc.want)
		})
	}
}

type busNeeds struct{ channel string }

func (b *busNeeds) Connect(*gateway.Bus) error { return nil }
func (b *busNeeds) Requires() []string         { return []string{b.channel} }

func TestBuildNamesTheGateway(t *testing.T) {
	g := gateway.New(&channels{}, noConnect{})
	g.Name = "demo"
	wantError(t, g.Build(), `gateway "demo": module "noConnect": has no method Connect(*gateway_test.channels) error`)
}

func TestSendMakesAChannelProvided(t *testing.T) {
	m := wire("m", func(ch *channels) { ch.One.Send() })
	m.requires = []string{"one"}
	if err := gateway.New(&channels{}, m).Build(); err != nil {
		t.Error(err)
	}
}

func TestPortsSayWhatChannelsAre(t *testing.T) {
	g := gateway.New(&channels{Metadata: map[string]string{"name": "Demo"}}, sendAll)
	if err := g.Build(); err != nil {
		t.Fatal(err)
	}
	type row struct {
		Name, Kind, Type string
		List, Enum, Send bool
		Keys, Views      []string
	}
	var got []row
	for _, p := range g.Ports() {
		got = append(got, row{p.Name, p.Kind.String(), p.Type.Name, p.List, p.Enum, p.Sendable(), p.Keys(), p.Views()})
	}
	want := []row{
		{"one", "struct", "item", false, false, true, nil, []string{"one", "one_by_y"}},
		{"two", "struct", "item", false, false, false, nil, nil},
		{"many", "list", "item", true, false, true, nil, []string{"many"}},
		{"never_ticks", "struct", "item", false, false, false, nil, nil},
		{"basket", "basket", "item", false, true, true, []string{"A", "B", "C"}, nil},
		{"named", "basket", "item", false, false, true, []string{"b", "a"}, nil},
		{"lists", "basket", "item", true, false, true, []string{"k", "l"}, nil},
		{"controls", "struct", "Controls", false, false, false, nil, nil},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("ports (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"metadata"}, g.Statics()); d != "" {
		t.Errorf("statics (-want +got):\n%s", d)
	}
	if v, ok := g.Static("metadata"); !ok || v.(map[string]string)["name"] != "Demo" {
		t.Errorf("got static %v, want the field's value", v)
	}
}

func TestDynamicKeysDoNotDependOnTheOrderOfModules(t *testing.T) {
	type model struct {
		B gateway.Basket[string, item] `channel:"b" keys:"z"`
	}
	one := &keyer{"one", map[string][]string{"b": {"y", "x"}}}
	two := &keyer{"two", map[string][]string{"b": {"w", "x"}}}
	for _, tc := range []struct {
		modules []any
		want    []string
	}{
		{[]any{one}, []string{"z", "y", "x"}},
		{[]any{one, two}, []string{"z", "w", "x", "y"}},
		{[]any{two, one}, []string{"z", "w", "x", "y"}},
	} {
		g := gateway.New(&model{}, tc.modules...)
		if err := g.Build(); err != nil {
			t.Fatal(err)
		}
		p, _ := g.Port("b")
		if d := cmp.Diff(tc.want, p.Keys()); d != "" {
			t.Errorf("keys (-want +got):\n%s", d)
		}
	}
}

func TestChannelsWithoutATagAreNamedAfterTheirField(t *testing.T) {
	type base struct{ Inherited gateway.Channel[item] }
	type model struct {
		base
		VWAP        gateway.Channel[item]
		ExampleList gateway.Channel[item]
		HTTPServer2 gateway.Channel[item]
	}
	g := gateway.New(&model{})
	if err := g.Build(); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range g.Ports() {
		names = append(names, p.Name)
	}
	if d := cmp.Diff([]string{"inherited", "vwap", "example_list", "http_server2"}, names); d != "" {
		t.Errorf("names (-want +got):\n%s", d)
	}
}

func TestRunTimeModelTakesTheSameRoad(t *testing.T) {
	typ, err := schema.Build("Quote", []schema.FieldSpec{{Name: "bid", Kind: schema.Float}, {Name: "sym", Kind: schema.String}})
	if err != nil {
		t.Fatal(err)
	}
	model := gateway.NewModel().
		Add(gateway.ChannelSpec{Name: "quotes", Type: typ, State: []string{"sym"}, Send: true}).
		Add(gateway.ChannelSpec{Name: "books", Type: typ, List: true}).
		Add(gateway.ChannelSpec{Name: "by_venue", Type: typ, Keys: []string{"N", "L"}}).
		Add(gateway.ChannelSpec{Name: "lists", Type: typ, List: true, Keys: []string{"N"}})
	g := gateway.New(model, &quotes{typ})
	replay(t, g)
	for name, want := range map[string]string{
		"quotes":   `[{"id":"1577836800000000001","timestamp":"2020-01-01T00:00:01","bid":1.5,"sym":"a"}]`,
		"books":    `[{"id":"1577836800000000001","timestamp":"2020-01-01T00:00:01","bid":1.5,"sym":"a"}]`,
		"by_venue": `[{"id":"1577836800000000001","timestamp":"2020-01-01T00:00:01","bid":1.5,"sym":"a"}]`,
		"lists":    `[{"id":"1577836800000000001","timestamp":"2020-01-01T00:00:01","bid":1.5,"sym":"a"}]`,
	} {
		a, err := g.Last(t.Context(), name, "")
		if err != nil {
			t.Fatal(err)
		}
		if got := string(a.JSON()); got != want {
			t.Errorf("channel %s: got %s, want %s", name, got, want)
		}
	}
}

// quotes sets every channel of a run-time model.
type quotes struct{ typ *schema.Type }

func (q *quotes) Connect(m *gateway.Model) error {
	rec, problems := q.typ.Decode([]byte(`{"bid":1.5,"sym":"a"}`), schema.DecodeOptions{})
	if err := problems.Err(); err != nil {
		return err
	}
	ch := m.Channel("quotes")
	ch.Set(engine.Curve(ch.Graph(), []engine.Point[schema.Record]{{At: at(1e9), V: rec}}))
	list := func(r schema.Record) []schema.Record { return []schema.Record{r} }
	m.List("books").Set(op.Map(ch.Get(), list))
	m.Basket("by_venue").Set("L", ch.Get())
	m.ListBasket("lists").Set("N", m.List("books").Get())
	return nil
}

func TestRunTimeModelNamesWhatIsNotThere(t *testing.T) {
	typ, err := schema.Build("Quote", []schema.FieldSpec{{Name: "bid", Kind: schema.Float}})
	if err != nil {
		t.Fatal(err)
	}
	g := gateway.New(gateway.NewModel().Add(gateway.ChannelSpec{Name: "quotes", Type: typ}), badModelUser{})
	wantError(t, g.Build(), `module "badModelUser": no such channel (got "nope", has: quotes)`+"\n"+
		`module "badModelUser": channel "quotes" is not a channel of lists`)
}

type badModelUser struct{}

func (badModelUser) Connect(m *gateway.Model) error {
	m.Channel("nope").Get()
	m.List("quotes").Get()
	return nil
}
