package omnibus_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gw/examples/omnibus"
	"gw/gateway"
	"gw/schema"
)

var start = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// ran is the example after a run of some seconds of simulated time, which takes no time.
func ran(t *testing.T, o omnibus.Options, seconds int) *gateway.Gateway {
	t.Helper()
	g := omnibus.New(o)
	if err := g.Run(t.Context(), span(seconds)); err != nil {
		t.Fatal(err)
	}
	return g
}

func span(seconds int) gateway.RunConfig {
	return gateway.RunConfig{Start: start, End: start.Add(time.Duration(seconds) * time.Second)}
}

// ticks renders what ticked on a channel: seconds after the start, then x and y of each value.
func ticks(t *testing.T, g *gateway.Gateway, channel, key string) []string {
	t.Helper()
	var lines []string
	for _, tick := range g.Recent(t.Context(), channel, key, 1000) {
		line := fmt.Sprintf("%vs", tick.Time.Std().Sub(start).Seconds())
		for _, r := range tick.Records {
			v, ok := schema.As[omnibus.ExampleData](r)
			if !ok {
				t.Fatalf("%s: got a %s, want ExampleData", channel, r.Type().Name)
			}
			x, _ := v.X.Get()
			line += fmt.Sprintf(" %d %s", x, v.Y)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestEachChannelTicksAsDescribed(t *testing.T) {
	g := ran(t, omnibus.Options{}, 4)
	for _, tc := range []struct {
		channel, key string
		want         []string
	}{
		{"example", "", []string{"1s 1 111", "2s 2 222", "2s 3 222", "3s 3 333", "4s 4 444", "4s 5 444"}},
		{"example_list", "", []string{"1s 1 111", "2s 2 222", "3s 3 333", "4s 4 444"}},
		{"example_with_state", "", []string{"1s 1 111", "2s 2 222", "3s 3 333", "4s 4 444"}},
		{"example_with_state_multiple", "", []string{"1s 1 111", "2s 2 222", "3s 3 333", "4s 4 444"}},
		{"basket", "A", []string{"1s 1 1", "2s 2 2", "2s 3 222", "3s 3 3", "4s 4 4", "4s 5 444"}},
		{"basket", "B", []string{"1s 1 11", "2s 2 22", "3s 3 33", "4s 4 44"}},
		{"basket", "C", []string{"1s 1 111", "2s 2 222", "3s 3 333", "4s 4 444"}},
		{"str_basket", "a", []string{"1s 1 1", "2s 2 2", "3s 3 3", "4s 4 4"}},
		{"str_basket", "c", []string{"1s 1 111", "2s 2 222", "3s 3 333", "4s 4 444"}},
		{"never_ticks", "", nil},
	} {
		if diff := cmp.Diff(tc.want, ticks(t, g, tc.channel, tc.key)); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", tc.channel, tc.key, diff)
		}
	}
}

func TestFeedbackArrivesOneCycleLaterAtTheSameTime(t *testing.T) {
	g := ran(t, omnibus.Options{}, 2)
	all := g.Recent(t.Context(), "example", "", 1000)
	if len(all) != 3 {
		t.Fatalf("got %d ticks, want 3", len(all))
	}
	even, odd := all[1], all[2]
	if even.Time != odd.Time || odd.Cycle != even.Cycle+1 {
		t.Errorf("got x=2 at %v #%d and x=3 at %v #%d, want one time and the next cycle", even.Time, even.Cycle, odd.Time, odd.Cycle)
	}
}

func TestOneSeedGivesOneRun(t *testing.T) {
	bytesOf := func(seed uint64) string {
		var all string
		for _, tick := range ran(t, omnibus.Options{Seed: seed}, 20).Recent(t.Context(), "example", "", 1000) {
			all += string(tick.JSON())
		}
		return all
	}
	if first, second := bytesOf(7), bytesOf(7); first != second {
		t.Errorf("two runs of one seed differ:\n%s\n%s", first, second)
	}
	if bytesOf(7) == bytesOf(8) {
		t.Error("two seeds gave the same random values")
	}
}

func TestDeclarationsAreThoseOfTheDemo(t *testing.T) {
	g := omnibus.New(omnibus.Options{})
	if err := g.Build(); err != nil {
		t.Fatal(err)
	}
	var names, sendable []string
	for _, p := range g.Ports() {
		names = append(names, p.Name)
		if p.Sendable() {
			sendable = append(sendable, p.Name)
		}
	}
	want := []string{"example", "example_list", "never_ticks", "example_with_state", "example_with_state_multiple",
		"basket", "str_basket", "example_with_stage", "controls"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("channels (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"example", "basket", "controls"}, sendable); diff != "" {
		t.Errorf("sendable (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"example", "example_with_state", "example_with_state_multiple", "example_with_state_alternative"}, g.Views()); diff != "" {
		t.Errorf("views (-want +got):\n%s", diff)
	}
	if v, _ := g.Static("metadata"); !cmp.Equal(v, map[string]string{"name": "Demo"}) {
		t.Errorf("got metadata %v, want Demo", v)
	}
}

// held starts the example paused, so that a test can send before the first tick, and returns what runs it to its end.
func held(t *testing.T, g *gateway.Gateway, seconds int) (finish func()) {
	t.Helper()
	c := span(seconds)
	c.Hold = true
	failed := make(chan error, 1)
	go func() { failed <- g.Run(t.Context(), c) }()
	select {
	case <-g.Ready():
	case err := <-failed:
		t.Fatal(err)
	}
	return func() {
		t.Helper()
		g.Control().Resume()
		if err := <-failed; err != nil {
			t.Fatal(err)
		}
	}
}

func TestSentValuesGoTheSameWay(t *testing.T) {
	g := omnibus.New(omnibus.Options{})
	finish := held(t, g, 1)
	if _, err := g.Send(t.Context(), "example", "", []byte(`{"x": 10, "y": "sent"}`)); err != nil {
		t.Fatal(err)
	}
	if _, err := g.Send(t.Context(), "basket", "C", []byte(`{"x": 5}`)); err != nil {
		t.Fatal(err)
	}
	finish()
	if diff := cmp.Diff([]string{"0s 10 sent", "0s 11 sent", "1s 1 111"}, ticks(t, g, "example", "")); diff != "" {
		t.Errorf("example (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"0s 5 ", "1s 1 111"}, ticks(t, g, "basket", "C")); diff != "" {
		t.Errorf("basket/C (-want +got):\n%s", diff)
	}
}

func TestNegativeXIsRefused(t *testing.T) {
	g := omnibus.New(omnibus.Options{})
	finish := held(t, g, 1)
	_, err := g.Send(t.Context(), "example", "", []byte(`{"x": -11}`))
	finish()
	var problems schema.Problems
	if !errors.As(err, &problems) || len(problems) != 1 || problems[0].Msg != "Value error, value must be non-negative." {
		t.Fatalf("got %v, want the problem that x is negative", err)
	}
}

func TestStateKeepsTheLatestValuePerKey(t *testing.T) {
	g := ran(t, omnibus.Options{}, 4)
	for view, want := range map[string]int{"example": 6, "example_with_state": 4, "example_with_state_alternative": 4} {
		a, err := g.State(t.Context(), view, "")
		if err != nil || len(a.Records) != want {
			t.Errorf("%s: got %v, %v, want %d values", view, a, err, want)
		}
	}
	a, err := g.State(t.Context(), "example", `{"filters":[{"attr":"x","by":{"value":3,"where":"=="}}]}`)
	if err != nil || len(a.Records) != 2 {
		t.Errorf("x == 3: got %v, %v, want the value of the feedback and that of the timer", a, err)
	}
}
