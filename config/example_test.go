package config_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"gw/config"
	"gw/gateway"
	"gw/modules"
)

func Example() {
	dir, err := os.MkdirTemp("", "gw")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "app.yaml")
	text := `
channels:
  numbers: {fields: {n: int}}
  even: {fields: {n: int}}
modules:
  count: {_target_: gw.Generate, channel: numbers, every: 1s, set: {n: n}}
  keep: {_target_: gw.Map, from: numbers, to: even, where: n % 2 == 0}
`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		fmt.Println(err)
		return
	}
	c, err := config.Load(config.Source{Name: file, Overrides: []string{"modules.count.every=2s"}, Targets: modules.Targets()})
	if err != nil {
		fmt.Println(err)
		return
	}
	app, err := c.App()
	if err != nil {
		fmt.Println(err)
		return
	}
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := app.Gateway.Run(context.Background(), gateway.RunConfig{Start: start, End: start.Add(8 * time.Second)}); err != nil {
		fmt.Println(err)
		return
	}
	for _, tick := range app.Gateway.Recent(context.Background(), "even", "", 10) {
		fmt.Println(tick.Time, tick.Records[0].Value().FieldByName("N"))
	}
	// Output:
	// 2026-01-01T00:00:04.000000000Z 2
	// 2026-01-01T00:00:08.000000000Z 4
}
