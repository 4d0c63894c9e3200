package gateway_test

import (
	"context"
	"fmt"

	"gw/engine"
	"gw/gateway"
)

// Trade is a value on a channel: it embeds Struct, which is its id and timestamp.
type Trade struct {
	gateway.Struct
	Symbol string  `json:"symbol"`
	Price  float64 `json:"price" validate:"gt=0"`
	Size   int64   `json:"size" default:"1"`
}

// Desk is the channels model.
type Desk struct {
	Metadata map[string]string `json:"metadata"` // no channel: a static field

	Trades gateway.Channel[Trade]        `channel:"trades" state:"symbol;by_size=size" stage:"true"`
	Big    gateway.Channel[Trade]        `channel:"big"`
	Venues gateway.Basket[string, Trade] `channel:"venues" keys:"nyse,lse"`
}

// BigTrades is a module: it reads one channel and sets another.
type BigTrades struct {
	gateway.ModuleOptions
	Size int64 `json:"size"`
}

// Connect wires the module; it runs once, before anything ticks.
func (m *BigTrades) Connect(ch *Desk) error {
	n := ch.Trades.Graph().Node("big trades")
	in, out := engine.Use(n, ch.Trades.Get()), engine.Emit[Trade](n)
	n.OnTick(func() {
		if v := in.Ptr(); v.Size >= m.Size {
			out.Set(*v)
		}
	})
	ch.Big.Set(out.Edge())
	ch.Trades.Send() // take values from outside
	return nil
}

// A gateway that takes trades from outside, holds one back, and is asked for its state.
func Example() {
	ctx := context.Background()
	g := gateway.New(&Desk{}, &BigTrades{Size: 100})
	go func() { _ = g.Run(ctx, gateway.RunConfig{Realtime: true}) }()
	<-g.Ready()
	defer func() {
		g.Stop()
		<-g.Done()
	}()

	trades, err := g.Stage("trades")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, body := range []string{`{"symbol":"A","price":10}`, `{"symbol":"B","price":20,"size":500}`, `{"symbol":"A","price":11}`} {
		if _, err := trades.Add(ctx, nil, []byte(body)); err != nil {
			fmt.Println(err)
			return
		}
	}
	fmt.Println("areas:", len(trades.Areas()))
	sub, err := g.Subscribe(ctx, gateway.SubscribeOptions{Select: []gateway.Selector{{Channel: "trades"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer sub.Close()
	if _, err := trades.Release(ctx, nil); err != nil { // each trade now ticks, in their order
		fmt.Println(err)
		return
	}
	for seen := 0; seen < 3; {
		<-sub.Ready()
		ticks, _, _ := sub.Take()
		seen += len(ticks)
	}
	state, err := g.State(ctx, "trades", `{"filters":[{"attr":"price","by":{"value":11,"where":">="}}]}`)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("rows:", len(state.Records))
	big, err := g.Last(ctx, "big", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	v := big.Records[0].Value().Interface().(Trade)
	fmt.Println("big:", v.Symbol, v.Size)

	_, err = g.Send(ctx, "trades", "", []byte(`{"symbol":"C","price":-1}`))
	fmt.Println(err)
	// Output:
	// areas: 1
	// rows: 2
	// big: B 500
	// body.price: Input should be greater than 0 (got -1)
}
