package query_test

import (
	"errors"
	"fmt"
	"math"
	"os"
	"testing"
	"time"

	"gw/gateway"
	"gw/gateway/gatewaytest"
	"gw/gateway/query"
	"gw/schema"
)

func TestMain(m *testing.M) {
	query.Main()
	os.Exit(m.Run())
}

type side int

func (side) Members() []schema.Member {
	return []schema.Member{{Name: "BUY", Value: 1}, {Name: "SELL", Value: 2}}
}

type level struct {
	Price float64 `json:"price"`
	Size  int64   `json:"size"`
}

type trade struct {
	gateway.Struct
	Symbol string                  `json:"symbol"`
	Price  float64                 `json:"price"`
	N      int64                   `json:"n"`
	Side   side                    `json:"side" default:"BUY"`
	OK     schema.Opt[bool]        `json:"ok"`
	At     schema.Opt[time.Time]   `json:"at"`
	Day    schema.Opt[schema.Date] `json:"day"`
	Took   time.Duration           `json:"took"`
	Best   level                   `json:"best"`
	Book   []level                 `json:"book"`
	Prices []float64               `json:"prices"`
	Tags   map[string]string       `json:"tags"`
	Order  string                  `json:"order"`
	Upper  string                  `json:"ORDER"`
	Quote  string                  `name:"a\"b"`
	Drop   string                  `name:"x'; DROP TABLE trades"`
	Owner  string                  `json:"owner"`
}

type channels struct {
	Trades gateway.Channel[trade]        `channel:"trades" state:"symbol"`
	Lists  gateway.Channel[[]trade]      `channel:"lists"`
	Legs   gateway.Basket[string, trade] `channel:"legs" keys:"a,b"`
	Never  gateway.Channel[trade]        `channel:"never"`
}

// filled returns a gateway of some trades: two symbols by the first owner, one by the second.
func filled(t *testing.T) *gateway.Gateway {
	t.Helper()
	ch := &channels{}
	h := gatewaytest.New(t, ch)
	trades, lists, legs := gatewaytest.Feed(h, &ch.Trades), gatewaytest.Feed(h, &ch.Lists), gatewaytest.FeedKey(h, &ch.Legs, "b")
	full := trade{
		Symbol: "AAPL", Price: 10.5, N: 9007199254740993, Side: 2, OK: schema.Some(true),
		At:  schema.Some(time.Date(2020, 1, 2, 3, 4, 5, 678901000, time.UTC)),
		Day: schema.Some(schema.DateOf(time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC))), Took: 1500 * time.Millisecond,
		Best: level{10.25, 7}, Book: []level{{10, 1}, {11, 2}}, Prices: []float64{1, math.NaN()}, Tags: map[string]string{"k": "v"},
		Order: "o", Upper: "O", Quote: "q", Drop: "d", Owner: "ann",
	}
	full.ID = schema.TextID("t1")
	trades.Send(full)
	h.Advance(time.Second)
	trades.Send(trade{Symbol: "MSFT", Price: math.NaN(), N: 2, Owner: "bob"})
	trades.Send(trade{Symbol: "AAPL", Price: math.Inf(1), N: 3, Owner: "ann"})
	lists.Send([]trade{{Symbol: "A", N: 1, Owner: "ann"}, {Symbol: "B", N: 2, Owner: "bob"}})
	legs.Send(trade{Symbol: "L", N: 1, Owner: "bob"})
	h.Advance(time.Second)
	return h.Gateway
}

// pool returns a Pool for g that is closed when the test ends.
func pool(t testing.TB, g *gateway.Gateway, l query.Limits) *query.Pool {
	p := query.New(g, l)
	t.Cleanup(p.Close)
	return p
}

// ask returns the answer as JSON, or the reason and the message.
func ask(t testing.TB, p *query.Pool, sql string) string {
	t.Helper()
	r, err := p.Query(t.Context(), sql, 0, query.JSON)
	var e *query.Error
	switch {
	case errors.As(err, &e):
		return fmt.Sprintf("%d@%d %s", e.Reason, e.Position, e.Msg)
	case err != nil:
		t.Fatal(err)
	}
	return string(r.Body)
}
