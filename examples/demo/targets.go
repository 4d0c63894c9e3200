package demo

import (
	"embed"

	"gw/config"
)

//go:embed *.go
var source embed.FS

// Targets returns what a configuration may name of the example, under csp-gateway's names too.
func Targets() []config.Target {
	const peer = "csp_gateway.server.demo.simple."
	return []config.Target{
		{
			Name: "gw.examples.demo.Channels", Aliases: []string{peer + "ExampleGatewayChannels"},
			New: func() any { return &Channels{} }, Model: true, Source: source,
		},
		{
			Name: "gw.examples.demo.ExampleModule", Aliases: []string{peer + "ExampleModule"},
			New: func() any { return &ExampleModule{} }, Source: source,
		},
	}
}
