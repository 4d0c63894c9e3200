package query_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gw/gateway"
	"gw/gateway/query"
)

// kept returns a gateway that keeps n trades of n keys.
func kept(b *testing.B, n int) *gateway.Gateway {
	g := gateway.New(&pairChannels{}, copier{})
	g.History = n
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- g.Run(ctx, gateway.RunConfig{Realtime: true}) }()
	b.Cleanup(func() { stop(); <-ended })
	<-g.Ready()
	sub, err := g.Subscribe(ctx, gateway.SubscribeOptions{Select: []gateway.Selector{{Channel: "right"}}, Limit: n})
	if err != nil {
		b.Fatal(err)
	}
	defer sub.Close()
	for i := range n {
		body := fmt.Appendf(nil, `{"symbol":"s%d","n":%d,"price":%d.5,"prices":[1,2,3,4,5,6,7,8,9,10],"tags":{"k":"v"},"at":"2020-01-01T00:00:00","owner":"ann"}`, i, i, i%100)
		if _, err := g.Send(ctx, "left", "", body); err != nil {
			b.Fatal(err)
		}
	}
	p, _ := g.Port("right")
	for p.Ticks() < uint64(n) {
		<-sub.Ready()
		sub.Take()
	}
	return g
}

// BenchmarkQuery is a filtered SELECT over what is kept, end to end: of all 19 columns, among them a list of ten numbers
// and a map, or of three. "cold" starts the child first, "warm" has it ready.
func BenchmarkQuery(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		g := kept(b, n)
		for _, columns := range []string{"*", "symbol, n, price"} {
			sql := `SELECT ` + columns + ` FROM "left" WHERE price > 90 AND n % 10 = 0 ORDER BY n`
			b.Run(fmt.Sprintf("rows=%d/columns=%.6s/cold", n, columns), func(b *testing.B) { benchmark(b, g, sql, false) })
			b.Run(fmt.Sprintf("rows=%d/columns=%.6s/warm", n, columns), func(b *testing.B) { benchmark(b, g, sql, true) })
		}
	}
}

func benchmark(b *testing.B, g *gateway.Gateway, sql string, warm bool) {
	p := query.New(g, query.Limits{})
	defer func() { p.Close() }()
	for b.Loop() {
		if _, err := p.Query(context.Background(), sql, 0, query.JSON); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if warm {
			<-time.After(30 * time.Millisecond) // the next child starts meanwhile
		} else {
			p.Close()
			p = query.New(g, query.Limits{})
		}
		b.StartTimer()
	}
}
