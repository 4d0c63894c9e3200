package omnibus

import (
	"embed"

	"gw/config"
)

//go:embed *.go
var source embed.FS

// Targets returns what a configuration may name of the example, under csp-gateway's names too.
func Targets() []config.Target {
	return []config.Target{
		target("Channels", "ExampleGatewayChannels", true, func() any { return &Channels{Metadata: map[string]string{"name": "Demo"}} }),
		target("ExampleModule", "ExampleModule", false, func() any { return &ExampleModule{} }),
		target("ExampleModuleFeedback", "ExampleModuleFeedback", false, func() any { return &ExampleModuleFeedback{} }),
		target("ExampleModuleCustomTable", "ExampleModuleCustomTable", false, func() any { return &ExampleModuleCustomTable{} }),
	}
}

func target(name, peer string, model bool, make func() any) config.Target {
	const demo = "csp_gateway.server.demo."
	return config.Target{
		Name: "gw.examples.omnibus." + name, Aliases: []string{demo + peer, demo + "omnibus." + peer}, New: make, Model: model, Source: source,
	}
}
