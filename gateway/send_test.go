package gateway_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"gw/engine"
	"gw/gateway"
	"gw/schema"
)

func TestSendRefusesWhatIsWrongAndSendsNothing(t *testing.T) {
	g := live(t, sendAll)
	cases := []struct{ name, channel, key, body, want string }{
		{"null", "one", "", `null`, `missing [body] Field required`},
		{"empty", "one", "", ` `, `missing [body] Field required`},
		{"unknown field", "one", "", `{"nope":1}`, `extra_forbidden [body nope] Extra inputs are not permitted`},
		{"rule", "one", "", `{"x":-1}`, `value_error [body x] Value error, value must be non-negative.`},
		{"rule in an array", "one", "", `[{"x":1},{"x":-1}]`, `value_error [body 1 x] Value error, value must be non-negative.`},
		{"key of an enum", "basket", "Z", `{"x":1}`, `enum [path key] Input should be 'A', 'B' or 'C'`},
		{"unknown string key", "named", "zz", `{"x":1}`, `Channel not found: named/zz`},
		{"bad body before unknown key", "named", "zz", `{"x":-1}`, `value_error [body x] Value error, value must be non-negative.`},
		{"key of no basket", "one", "k", `{"x":1}`, `Channel not found: one/k`},
		{"whole basket, enum key", "basket", "", `{"A":{"x":1},"Z":{"x":1}}`, `enum [body Z [key]] Input should be 'A', 'B' or 'C'`},
		{"whole basket, string key", "named", "", `{"a":{"x":1},"zz":{"x":1}}`, `Channel not found: named/zz`},
		{"whole basket, list", "basket", "", `[{"x":1}]`, `dict_type [body] Input should be a valid dictionary`},
		{"whole basket, array of a key", "basket", "", `{"A":[{"x":1}]}`,
			`model_attributes_type [body A] Input should be a valid dictionary or object to extract fields from`},
		{"whole basket, broken", "basket", "", `{"A":`, `json_invalid [body 5] JSON decode error`},
		{"not sendable, bad body", "two", "", `{"x":-1}`, `value_error [body x] Value error, value must be non-negative.`},
		{"not sendable", "two", "", `{"x":1}`, `Channel not found: two`},
		{"unknown channel", "nope", "", `{"x":1}`, `Channel not found: nope`},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			_, err := g.Send(t.Context(), tc.channel, tc.key, []byte(tc.body))
			if got := problemsOf(err); got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
	for _, p := range g.Ports() {
		if p.Ticks() != 0 {
			t.Errorf("channel %s has ticked after refused sends", p.Name)
		}
	}
}

func TestSendAnswersValuesAsConstructed(t *testing.T) {
	g := live(t, sendAll)
	a := send(t, g, "one", "", `{"x":"5","y":7,"inner":{}}`)
	r := a.Records[0]
	id, stamp := r.Base().ID.String(), r.Base().Timestamp
	if len(id) != 19 || !stamp.HasValue() {
		t.Errorf("got id %q and timestamp %v, want 19 digits and the time of validation", id, stamp)
	}
	if got, want := string(a.JSON()), `"x":5,"y":"7","inner":{"z":12}}]`; !strings.HasSuffix(got, want) {
		t.Errorf("got %s, want it to end in %s", got, want)
	}
	two := send(t, g, "one", "", `[{"x":1},{"x":2}]`).Records
	if first, second := two[0].Base().ID.String(), two[1].Base().ID.String(); first >= second || first <= id {
		t.Errorf("got ids %s, %s, %s, want them to go up", id, first, second)
	}
	kept := send(t, g, "one", "", `{"id":"custom","timestamp":null}`)
	if got := string(kept.JSON()); !strings.HasPrefix(got, `[{"id":"custom","timestamp":null`) {
		t.Errorf("got %s, want the id and timestamp of the body", got)
	}
	if got := send(t, g, "one", "", `[]`); len(got.Records) != 0 {
		t.Errorf("got %v, want nothing for an empty array", got.Records)
	}
}

func TestSendArrayIsATickEachOrOneList(t *testing.T) {
	g := live(t, sendAll)
	sendAndWait(t, g, "one", "", `[{"x":1},{"x":2},{"x":3}]`)
	sendAndWait(t, g, "many", "", `[{"x":1},{"x":2}]`)
	sendAndWait(t, g, "many", "", `{"x":3}`)
	sendAndWait(t, g, "basket", "A", `[{"x":1},{"x":2}]`)
	sendAndWait(t, g, "lists", "k", `[{"x":1},{"x":2}]`)
	for channel, want := range map[string]string{"one": "1 2 3", "many": "1,2 3", "basket": "1 2", "lists": "1,2"} {
		if got := shown(t, g, channel); got != want {
			t.Errorf("channel %s: got %s, want %s", channel, got, want)
		}
	}
}

// shown renders the values of all ticks of a channel.
func shown(t *testing.T, g *gateway.Gateway, channel string) string {
	var all []string
	for _, tick := range g.Recent(t.Context(), channel, "", 100) {
		all = append(all, values(tick.Records))
	}
	return strings.Join(all, " ")
}

func TestSendToAWholeBasketIsOneAtomicTick(t *testing.T) {
	g := live(t, sendAll)
	a := send(t, g, "basket", "", `{"C":{"x":3},"A":{"x":9},"A":{"x":1}}`)
	if got, want := values(a.Records), "3,1"; got != want {
		t.Errorf("got %s, want the order of the body: %s", got, want)
	}
	sendAndWait(t, g, "basket", "B", `{"x":2}`)
	ticks := g.Recent(t.Context(), "basket", "", 10)
	if len(ticks) != 3 || ticks[0].Cycle != ticks[1].Cycle || ticks[0].Key != "A" || ticks[1].Key != "C" {
		t.Errorf("got %v, want A and C in one cycle", ticks)
	}
	sendAndWait(t, g, "lists", "", `{"k":{"x":1},"l":[{"x":2},{"x":3}]}`)
	if got, want := last(t, g, "lists", ""), "1,2,3"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := send(t, g, "basket", "", `{}`); len(got.Records) != 0 {
		t.Errorf("got %v, want nothing", got.Records)
	}
}

func TestSendNeedsARunningEngine(t *testing.T) {
	g := gateway.New(&channels{}, sendAll)
	if err := g.Build(); err != nil {
		t.Fatal(err)
	}
	if _, err := g.Send(t.Context(), "one", "", []byte(`{}`)); !errors.Is(err, gateway.ErrNotRunning) {
		t.Errorf("before Run: got %v, want ErrNotRunning", err)
	}
	replay(t, g)
	if _, err := g.Send(t.Context(), "one", "", []byte(`{}`)); !errors.Is(err, gateway.ErrNotRunning) {
		t.Errorf("after Run: got %v, want ErrNotRunning", err)
	}
}

func TestSendRefusesWhenTooManyWait(t *testing.T) {
	g := gateway.New(&channels{}, sendAll)
	g.SendLimit = 2
	g.Control().Pause()
	go func() { _ = g.Run(t.Context(), gateway.RunConfig{Start: start, Hold: true}) }()
	<-g.Ready()
	defer func() {
		g.Stop()
		<-g.Done()
	}()
	var err error
	for i := 0; err == nil && i < 10; i++ {
		_, err = g.Send(t.Context(), "one", "", []byte(`{}`))
	}
	if !errors.Is(err, engine.ErrFull) {
		t.Errorf("got %v, want ErrFull", err)
	}
}

func TestSendRecordsChecksTheType(t *testing.T) {
	g := live(t, sendAll)
	v := x(1)
	if err := g.SendRecords(t.Context(), "one", "", []schema.Record{schema.RecordOf(&v)}); err != nil {
		t.Error(err)
	}
	other := gateway.Controls{}
	wantError(t, g.SendRecords(t.Context(), "one", "", []schema.Record{schema.RecordOf(&other)}),
		`channel "one": got a Controls, want a item`)
	wantError(t, g.SendRecords(t.Context(), "basket", "", []schema.Record{schema.RecordOf(&v)}), `Channel not found: basket`)
}

func TestSendsFromManyGoroutinesAreAllTicked(t *testing.T) {
	g := live(t, sendAll)
	const senders, each = 8, 50
	sub, err := g.Subscribe(t.Context(), gateway.SubscribeOptions{Select: []gateway.Selector{{Channel: "one"}}})
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	for s := range senders {
		go func() {
			for i := range each {
				_, _ = g.Send(t.Context(), "one", "", fmt.Appendf(nil, `{"x":%d}`, s*each+i))
			}
		}()
	}
	seen := map[string]bool{}
	for len(seen) < senders*each {
		<-sub.Ready()
		ticks, _, _ := sub.Take()
		for _, tick := range ticks {
			seen[values(tick.Records)] = true
		}
	}
}
