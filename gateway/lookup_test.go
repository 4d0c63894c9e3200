package gateway_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gw/engine"
	"gw/gateway"
	"gw/schema"
)

// parcel is a value with another inside that has an id of its own.
type parcel struct {
	gateway.Struct
	Content item            `json:"content"`
	More    map[string]item `json:"more"`
}

type shop struct {
	Parcels gateway.Channel[parcel]      `channel:"parcels"`
	Items   gateway.Channel[[]item]      `channel:"items"`
	Held    gateway.Channel[item]        `channel:"held" stage:"true"`
	Keyed   gateway.Basket[string, item] `channel:"keyed" keys:"k"`
	Never   gateway.Channel[item]        `channel:"never_ticks"`
}

type shopModule func(*shop)

func (m shopModule) Connect(ch *shop) error {
	m(ch)
	return nil
}

// found renders what Lookup says.
func found(t *testing.T, g *gateway.Gateway, channel, id string) string {
	t.Helper()
	a, evicted, err := g.Lookup(t.Context(), channel, id)
	switch {
	case err != nil:
		return err.Error()
	case evicted:
		return "evicted"
	case len(a.Records) == 0:
		return "never seen"
	}
	return a.Records[0].Type().Name + " " + a.Records[0].Base().ID.String()
}

func TestLookupFindsWhatEnteredAChannelOrAStage(t *testing.T) {
	g := gateway.New(&shop{}, shopModule(func(ch *shop) {
		ch.Parcels.Send()
		ch.Items.Send()
		ch.Keyed.Send()
	}))
	runLive(t, g)
	sendAndWait(t, g, "parcels", "", `{"id":"p","content":{"id":"c","x":1},"more":{"m":{"id":"m","x":2}}}`)
	sendAndWait(t, g, "items", "", `[{"id":"i1","x":1},{"id":"9","x":2}]`)
	sendAndWait(t, g, "keyed", "k", `{"id":"k","x":1}`)
	if _, err := stageOf(t, g, "held").Add(t.Context(), nil, []byte(`{"id":"s"}`)); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ channel, id, want string }{
		{"parcels", "p", "parcel p"},
		{"", "p", "parcel p"},
		{"items", "i1", "item i1"},
		{"items", "9", "item 9"},
		{"items", "c", "item c"},
		{"never_ticks", "m", "item m"},
		{"keyed", "k", "item k"},
		{"held", "s", "item s"},
		{"", "s", "item s"},
		{"parcels", "i1", "never seen"},
		{"parcels", "c", "never seen"},
		{"", "nope", "never seen"},
		{"", "1", "never seen"},
		{"nope", "1", "Channel not found: nope"},
	} {
		if got := found(t, g, tc.channel, tc.id); got != tc.want {
			t.Errorf("%s/%s: got %s, want %s", tc.channel, tc.id, got, tc.want)
		}
	}
}

func TestLookupFindsTheNewestOfAnID(t *testing.T) {
	g := live(t, sendAll)
	for i := range 3 {
		sendAndWait(t, g, "one", "", fmt.Sprintf(`{"id":"a","x":%d}`, i))
		a, _, err := g.Lookup(t.Context(), "one", "a")
		if err != nil || values(a.Records) != fmt.Sprint(i) {
			t.Errorf("got %s %v, want %d", values(a.Records), err, i)
		}
	}
}

func TestLookupIsBoundedByCount(t *testing.T) {
	var all []engine.Point[item]
	for i := range 5 {
		v := x(int64(i))
		if i < 2 {
			v.ID = schema.TextID(fmt.Sprintf("own%d", i))
		}
		all = append(all, engine.Point[item]{At: at(time.Duration(i) * time.Second), V: v})
	}
	g := gateway.New(&channels{}, wire("feed", func(ch *channels) { ch.One.Set(engine.Curve(ch.One.Graph(), all)) }))
	g.LookupLimit = 2
	replay(t, g)
	var ids []string
	for _, tick := range g.Recent(t.Context(), "one", "", 5) {
		ids = append(ids, tick.Records[0].Base().ID.String())
	}
	for i, want := range []string{"evicted", "evicted", "evicted", "item " + ids[3], "item " + ids[4]} {
		if got := found(t, g, "one", ids[i]); got != want {
			t.Errorf("%s: got %s, want %s", ids[i], got, want)
		}
	}
	if got := found(t, g, "one", "own9"); got != "never seen" {
		t.Errorf("got %s, want never seen", got)
	}
}

func TestLookupIsBoundedByAge(t *testing.T) {
	g := gateway.New(&channels{}, wire("feed", func(ch *channels) {
		ch.One.Set(engine.Curve(ch.One.Graph(), points(0, 0, 10, 1, 20, 2)))
	}))
	g.LookupAge = 10 * time.Second
	replay(t, g)
	want := []string{"evicted", "item", "item"}
	for i, tick := range g.Recent(t.Context(), "one", "", 3) {
		id := tick.Records[0].Base().ID.String()
		if got := found(t, g, "", id); got != want[i] && got != want[i]+" "+id {
			t.Errorf("tick %d: got %s, want %s", i, got, want[i])
		}
	}
}

func TestWhatIsStagedIsFoundForAsLongAsItIsThere(t *testing.T) {
	g := gateway.New(&shop{}, shopModule(func(ch *shop) { ch.Items.Send() }))
	g.LookupLimit = 1
	runLive(t, g)
	s := stageOf(t, g, "held")
	if _, err := s.Add(t.Context(), nil, []byte(`{"id":"s"}`)); err != nil {
		t.Fatal(err)
	}
	sendAndWait(t, g, "items", "", `[{"id":"i"}]`)
	if got := found(t, g, "held", "s"); got != "item s" {
		t.Errorf("staged: got %s", got)
	}
	if _, err := s.Clear(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got := found(t, g, "held", "s"); got != "evicted" {
		t.Errorf("cleared: got %s", got)
	}
}

// Many more values than are kept pass by between two lookups: what is forgotten does not pile up.
func TestLookupForgetsWhatIsNoLongerKept(t *testing.T) {
	g := gateway.New(&channels{}, sendAll)
	g.LookupLimit = 50
	runLive(t, g)
	for i := range 40 {
		var body []byte
		for k := range 100 {
			body = fmt.Appendf(body, `,{"id":"r%d"}`, 100*i+k)
		}
		body[0] = '['
		sendAndWait(t, g, "many", "", string(body)+"]")
		sendAndWait(t, g, "one", "", `{}`)
		if got, want := found(t, g, "one", fmt.Sprintf("r%d", 100*i)), fmt.Sprintf("item r%d", 100*i); got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	}
	if got := found(t, g, "one", "r1"); got != "evicted" {
		t.Errorf("got %s, want evicted", got)
	}
	if n := gateway.Indexed(g); n > 10_000 {
		t.Errorf("got %d values in the index after 4040 with a limit of 50 ticks", n)
	}
}

func TestLookupShowsOnlyWhatTheCallerMaySee(t *testing.T) {
	g := gateway.New(&shop{}, shopModule(func(ch *shop) { ch.Parcels.Send() }))
	g.Filter = func(ctx context.Context, channel string, r schema.Record) bool {
		c, _ := gateway.CallerOf(ctx)
		p, ok := schema.As[parcel](r)
		return c.Name == "" || ok && p.Content.Y == c.Name
	}
	runLive(t, g)
	sendAndWait(t, g, "parcels", "", `{"id":"p","content":{"id":"c","y":"ann"}}`)
	for name, want := range map[string]int{"ann": 1, "bob": 0} {
		for _, id := range []string{"p", "c"} {
			a, _, err := g.Lookup(gateway.WithCaller(t.Context(), gateway.Caller{Name: name}), "", id)
			if err != nil || len(a.Records) != want {
				t.Errorf("%s looks up %s: got %v %v, want %d", name, id, a.Records, err, want)
			}
		}
	}
}
