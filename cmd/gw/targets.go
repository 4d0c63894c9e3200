package main

import (
	"gw/config"
	"gw/examples/demo"
	"gw/examples/omnibus"
)

// targets are what configurations may name beside the catalogue: the examples, under csp-gateway's names too.
func targets() []config.Target {
	const peer, simple = "csp_gateway.server.demo.", "csp_gateway.server.demo.simple."
	return []config.Target{
		{
			Name: "gw.examples.omnibus.Channels", Aliases: []string{peer + "ExampleGatewayChannels", peer + "omnibus.ExampleGatewayChannels"},
			New: func() any { return &omnibus.Channels{Metadata: map[string]string{"name": "Demo"}} }, Model: true,
		},
		{
			Name: "gw.examples.omnibus.ExampleModule", Aliases: []string{peer + "ExampleModule", peer + "omnibus.ExampleModule"},
			New: func() any { return &omnibus.ExampleModule{} },
		},
		{
			Name: "gw.examples.omnibus.ExampleModuleFeedback", Aliases: []string{peer + "ExampleModuleFeedback", peer + "omnibus.ExampleModuleFeedback"},
			New: func() any { return &omnibus.ExampleModuleFeedback{} },
		},
		{
			Name: "gw.examples.omnibus.ExampleModuleCustomTable", Aliases: []string{peer + "ExampleModuleCustomTable", peer + "omnibus.ExampleModuleCustomTable"},
			New: func() any { return &omnibus.ExampleModuleCustomTable{} },
		},
		{
			Name: "gw.examples.demo.Channels", Aliases: []string{simple + "ExampleGatewayChannels"},
			New: func() any { return &demo.Channels{} }, Model: true,
		},
		{
			Name: "gw.examples.demo.ExampleModule", Aliases: []string{simple + "ExampleModule"},
			New: func() any { return &demo.ExampleModule{} },
		},
	}
}
