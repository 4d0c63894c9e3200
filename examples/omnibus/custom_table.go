package omnibus

import "gw/gateway"

// ExampleModuleCustomTable stands for csp-gateway's module that makes a table of its own on the page. gw's page shows a
// table a channel, so it does nothing.
type ExampleModuleCustomTable struct{}

// Connect does nothing.
func (ExampleModuleCustomTable) Connect(*gateway.Bus) error { return nil }
