package demo_test

import (
	"context"
	"fmt"
	"time"

	"gw/examples/demo"
	"gw/gateway"
)

func Example() {
	g := demo.New()
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := g.Run(context.Background(), gateway.RunConfig{Start: start, End: start.Add(3 * time.Second)}); err != nil {
		fmt.Println(err)
		return
	}
	for _, tick := range g.Recent(context.Background(), "example", "", 10) {
		fmt.Println(tick.Time, tick.Records[0].Value().FieldByName("X"))
	}
	// Output:
	// 2026-01-01T00:00:01.000000000Z 1
	// 2026-01-01T00:00:02.000000000Z 2
	// 2026-01-01T00:00:03.000000000Z 3
}
