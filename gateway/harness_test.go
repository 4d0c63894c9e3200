package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"gw/engine"
	"gw/gateway"
	"gw/schema"
)

// item is the value of the channels in these tests, as simple as may be but with a rule and a nested struct.
type item struct {
	gateway.Struct
	X     gateway.Opt[int64] `json:"x"`
	Y     string             `json:"y"`
	Inner inner              `json:"inner"`
}

type inner struct {
	Z int64 `json:"z" default:"12"`
}

func (i *item) Validate() error {
	if i.X.Or(0) < 0 {
		return schema.FieldError{Field: "x", Msg: "value must be non-negative."}
	}
	return nil
}

func x(n int64) item { return item{X: schema.Some(n)} }

// letter is an enum of keys.
type letter int

const (
	letterA letter = iota + 1
	letterB
	letterC
)

func (letter) Members() []schema.Member {
	return []schema.Member{{Name: "A", Value: 1}, {Name: "B", Value: 2}, {Name: "C", Value: 3}}
}

// channels is a model with one channel of each kind.
type channels struct {
	Metadata map[string]string `json:"metadata"`

	One      gateway.Channel[item]          `channel:"one" state:"id;one_by_y=y"`
	Two      gateway.Channel[item]          `channel:"two"`
	Many     gateway.Channel[[]item]        `channel:"many" state:"y"`
	Never    gateway.Channel[item]          `channel:"never_ticks"`
	Basket   gateway.Basket[letter, item]   `channel:"basket"`
	Named    gateway.Basket[string, item]   `channel:"named" keys:"b,a"`
	Lists    gateway.Basket[string, []item] `channel:"lists" keys:"k,l"`
	Controls gateway.Channel[gateway.Controls]
}

// module is a module made of functions.
type module struct {
	name     string
	connect  func(*channels) error
	requires []string
	shutdown func(context.Context) error
}

func (m *module) ModuleName() string         { return m.name }
func (m *module) Connect(ch *channels) error { return m.connect(ch) }
func (m *module) Requires() []string         { return m.requires }
func (m *module) Shutdown(ctx context.Context) error {
	if m.shutdown == nil {
		return nil
	}
	return m.shutdown(ctx)
}

// wire is a module that only connects.
func wire(name string, connect func(*channels)) *module {
	return &module{name: name, connect: func(ch *channels) error {
		connect(ch)
		return nil
	}}
}

// start is when simulated runs of these tests begin.
var start = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

func at(d time.Duration) engine.Time { return engine.TimeOf(start.Add(d)) }

// points are values with seconds after start.
func points(secondsAndValues ...int64) []engine.Point[item] {
	var all []engine.Point[item]
	for i := 0; i < len(secondsAndValues); i += 2 {
		all = append(all, engine.Point[item]{
			At: at(time.Duration(secondsAndValues[i]) * time.Second), V: x(secondsAndValues[i+1]),
		})
	}
	return all
}

// replay runs a gateway in simulated time to its end.
func replay(t *testing.T, g *gateway.Gateway) {
	t.Helper()
	if err := g.Run(t.Context(), gateway.RunConfig{Start: start, End: start.Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
}

// live runs a gateway in real time until the test ends.
func live(t *testing.T, modules ...any) *gateway.Gateway {
	t.Helper()
	g := gateway.New(&channels{Metadata: map[string]string{"name": "Demo"}}, modules...)
	runLive(t, g)
	return g
}

func runLive(t testing.TB, g *gateway.Gateway) {
	t.Helper()
	failed := make(chan error, 1)
	go func() { failed <- g.Run(context.Background(), gateway.RunConfig{Realtime: true}) }()
	t.Cleanup(func() {
		g.Stop()
		<-g.Done()
	})
	select {
	case <-g.Ready():
	case err := <-failed:
		t.Fatal(err)
	}
}

// sendAll takes values from outside on every channel that can.
var sendAll = wire("sends", func(ch *channels) {
	ch.One.Send()
	ch.Many.Send()
	ch.Basket.Send()
	ch.Named.Send()
	ch.Lists.Send()
})

// history renders the ticks of a channel: the seconds since start and the values of x.
func history(t *testing.T, g *gateway.Gateway, name, key string) string {
	t.Helper()
	var all []string
	for _, tick := range g.Recent(t.Context(), name, key, 1000) {
		all = append(all, fmt.Sprintf("%v:%s", tick.Time.Sub(at(0)), values(tick.Records)))
	}
	return strings.Join(all, " ")
}

// values renders the x of records.
func values(recs []schema.Record) string {
	var all []string
	for _, r := range recs {
		v, _ := schema.As[item](r)
		n, ok := v.X.Get()
		if !ok {
			all = append(all, "-")
			continue
		}
		all = append(all, fmt.Sprint(n))
	}
	return strings.Join(all, ",")
}

// send sends and expects it to be taken.
func send(t *testing.T, g *gateway.Gateway, name, key, body string) *gateway.Answer {
	t.Helper()
	a, err := g.Send(t.Context(), name, key, []byte(body))
	if err != nil {
		t.Fatalf("sending %s to %s/%s: %v", body, name, key, err)
	}
	return a
}

// sendAndWait sends and waits until the channel has ticked.
func sendAndWait(t *testing.T, g *gateway.Gateway, name, key, body string) {
	t.Helper()
	sub, err := g.Subscribe(t.Context(), gateway.SubscribeOptions{Select: []gateway.Selector{{Channel: name, Key: key}}})
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	want := len(send(t, g, name, key, body).Records)
	for want > 0 {
		<-sub.Ready()
		ticks, _, _ := sub.Take()
		for _, tick := range ticks {
			want -= len(tick.Records)
		}
	}
}

func last(t *testing.T, g *gateway.Gateway, name, key string) string {
	t.Helper()
	a, err := g.Last(t.Context(), name, key)
	if err != nil {
		return err.Error()
	}
	return values(a.Records)
}

// wantError checks an error's text.
func wantError(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || err.Error() != want {
		t.Errorf("got error %v, want %s", err, want)
	}
}

// problemsOf renders the problems of a 422 as TYPE LOC MSG.
func problemsOf(err error) string {
	var problems schema.Problems
	if !errors.As(err, &problems) {
		return fmt.Sprint(err)
	}
	var all []string
	for _, p := range problems {
		all = append(all, fmt.Sprintf("%s %v %s", p.Type, p.Loc, p.Msg))
	}
	return strings.Join(all, "; ")
}
