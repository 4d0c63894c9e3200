package omnibus_test

import (
	"context"
	"fmt"
	"time"

	"gw/examples/omnibus"
	"gw/gateway"
)

// Three seconds of the example on simulated time, which take no time.
func Example() {
	g := omnibus.New(omnibus.Options{Seed: 1})
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := g.Run(context.Background(), gateway.RunConfig{Start: start, End: start.Add(3 * time.Second)}); err != nil {
		fmt.Println(err)
		return
	}
	for _, tick := range g.Recent(context.Background(), "basket", "B", 10) {
		fmt.Println(tick.Time, tick.Channel, tick.Key, tick.N)
	}
	// Output:
	// 2026-01-01T00:00:01.000000000Z basket B 1
	// 2026-01-01T00:00:02.000000000Z basket B 2
	// 2026-01-01T00:00:03.000000000Z basket B 3
}
