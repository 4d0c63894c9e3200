package modules_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"gw/gateway"
	"gw/modules"
	"gw/schema"
)

func Example() {
	number, err := schema.Build("Number", []schema.FieldSpec{{Name: "n", Kind: schema.Int}})
	if err != nil {
		fmt.Println(err)
		return
	}
	model := gateway.NewModel().Add(gateway.ChannelSpec{Name: "numbers", Type: number}).Add(gateway.ChannelSpec{Name: "even", Type: number})
	write := &modules.AddChannelsToGraphOutput{Selection: gateway.Selection{Include: []string{"even"}}}
	write.UseStreams(modules.Streams{Out: os.Stdout})
	g := gateway.New(model,
		&modules.Generate{Channel: "numbers", Set: modules.Assignments{"n": "n * n"}},
		&modules.Filter{From: "numbers", To: "even", Where: "n % 2 == 0"},
		write,
	)
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := g.Run(context.Background(), gateway.RunConfig{Start: start, End: start.Add(5 * time.Second)}); err != nil {
		fmt.Println(err)
		return
	}
	ticks, _ := write.Output("even")
	for _, t := range ticks {
		fmt.Println(t.Time, t.Records[0].Value().FieldByName("N"))
	}
	// Output:
	// 2026-01-01T00:00:02.000000000Z 4
	// 2026-01-01T00:00:04.000000000Z 16
}
