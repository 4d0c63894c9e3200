package query_test

import (
	"context"
	"fmt"
	"os"

	"gw/engine"
	"gw/gateway"
	"gw/gateway/query"
)

// Quote is the value of the example's channel.
type Quote struct {
	gateway.Struct
	Symbol string  `json:"symbol"`
	Price  float64 `json:"price"`
}

// Market is a gateway's channels.
type Market struct {
	Quotes gateway.Channel[Quote] `channel:"quotes" state:"symbol"`
}

// feed ticks three quotes.
type feed struct{}

// Connect sets the channel.
func (feed) Connect(m *Market) error {
	m.Quotes.Set(engine.Curve(m.Quotes.Graph(), []engine.Point[Quote]{
		{At: 1, V: Quote{Symbol: "ABC", Price: 10}}, {At: 2, V: Quote{Symbol: "XYZ", Price: 5}}, {At: 3, V: Quote{Symbol: "ABC", Price: 12}},
	}))
	return nil
}

func Example() {
	query.Main() // first thing: in a child it does not return
	g := gateway.New(&Market{}, feed{})
	if err := g.Run(context.Background(), gateway.RunConfig{}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	p := query.New(g, query.Limits{})
	defer p.Close()
	const sql = "SELECT q.symbol, s.price AS last, avg(q.price) AS mean FROM quotes q JOIN state.quotes s USING (symbol) GROUP BY ALL ORDER BY ALL"
	answer, err := p.Query(context.Background(), sql, 0, query.CSV)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(string(answer.Body))
	// Output:
	// symbol,last,mean
	// ABC,12,11
	// XYZ,5,5
}
