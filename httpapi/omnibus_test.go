package httpapi_test

import (
	"context"
	"testing"
	"time"

	"gw/engine"
	"gw/gateway"
	"gw/schema"
)

// The model of the wire contract's examples: the same channels, keys, states and static field.

type inner struct {
	Z int64 `json:"z" default:"12"`
}

type exampleData struct {
	gateway.Struct
	X        gateway.Opt[int64] `json:"x"`
	Y        string             `json:"y"`
	Z        string             `json:"z"`
	Internal inner              `json:"internal_csp_struct"`
	Data     []float64          `json:"data"`
	Mapping  map[string]int64   `json:"mapping"`
	Dt       time.Time          `json:"dt" default:"now"`
	D        schema.Date        `json:"d" default:"now"`
}

func (e *exampleData) Validate() error {
	if x, ok := e.X.Get(); ok && x < 0 {
		return schema.FieldError{Field: "x", Msg: "value must be non-negative."}
	}
	return nil
}

type exampleEnum int

func (exampleEnum) Members() []schema.Member {
	return []schema.Member{{Name: "A", Value: 1}, {Name: "B", Value: 2}, {Name: "C", Value: 3}}
}

type omnibus struct {
	Example           gateway.Channel[exampleData]             `channel:"example" state:"id" stage:"true"`
	List              gateway.Channel[[]exampleData]           `channel:"example_list"`
	NeverTicks        gateway.Channel[exampleData]             `channel:"never_ticks"`
	WithState         gateway.Channel[exampleData]             `channel:"example_with_state" state:"id,x"`
	WithStateMultiple gateway.Channel[exampleData]             `channel:"example_with_state_multiple" state:"id,x;example_with_state_alternative=id,y"`
	Basket            gateway.Basket[exampleEnum, exampleData] `channel:"basket"`
	StrBasket         gateway.Basket[string, exampleData]      `channel:"str_basket" keys:"a,b,c"`
	WithStage         gateway.Channel[exampleData]             `channel:"example_with_stage" stage:"true"`
	Controls          gateway.Channel[gateway.Controls]        `channel:"controls"`
	Metadata          map[string]string                        `json:"metadata"`
}

// feed lets a test tick the channels that take no send.
type feed struct {
	list      *engine.PushAdapter[[]exampleData]
	withState *engine.PushAdapter[exampleData]
	multiple  *engine.PushAdapter[exampleData]
	str       *engine.PushAdapter[exampleData]
	staged    *engine.PushAdapter[exampleData]
}

func (f *feed) Connect(ch *omnibus) error {
	one := engine.PushConfig{Mode: engine.NonCollapsing}
	g := ch.Example.Graph()
	ch.Example.Send()
	ch.Basket.Send()
	f.list = engine.NewPush[[]exampleData](g, "list", one)
	f.withState = engine.NewPush[exampleData](g, "state", one)
	f.multiple = engine.NewPush[exampleData](g, "multiple", one)
	f.str = engine.NewPush[exampleData](g, "str", one)
	f.staged = engine.NewPush[exampleData](g, "staged", one)
	ch.List.Set(f.list.Edge())
	ch.WithState.Set(f.withState.Edge())
	ch.WithStateMultiple.Set(f.multiple.Edge())
	ch.StrBasket.Set("a", f.str.Edge())
	ch.StrBasket.Set("b", engine.Null[exampleData](g))
	ch.StrBasket.Set("c", engine.Null[exampleData](g))
	ch.WithStage.Set(f.staged.Edge())
	return nil
}

func newOmnibus() (*gateway.Gateway, *feed) {
	f := &feed{}
	g := gateway.New(&omnibus{Metadata: map[string]string{"name": "Demo"}}, f, &gateway.ControlsModule{})
	g.Name = "omnibus"
	return g, f
}

// example is a value with an x.
func example(x int64) exampleData {
	return exampleData{X: schema.Some(x), Internal: inner{Z: 12}}
}

// run runs g until the test ends; in real time, which in a synctest bubble is the bubble's.
func run(t *testing.T, g *gateway.Gateway, c gateway.RunConfig) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- g.Run(ctx, c) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error("run:", err)
		}
	})
	select {
	case <-g.Ready():
	case <-g.Done():
		t.Fatal("the gateway did not start")
	}
}
