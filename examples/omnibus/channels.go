package omnibus

import "gw/gateway"

// Channels is the channels model: each Channel or Basket field is a named, typed place that modules set and get and that
// the outside sees. Wrong types do not compile. The state tag keeps the latest value per key for queries.
type Channels struct {
	// Metadata is no channel, so it is a static field: it never ticks.
	Metadata map[string]string `json:"metadata"`

	Example     gateway.Channel[ExampleData]   `channel:"example" state:"id" stage:"true"`
	ExampleList gateway.Channel[[]ExampleData] `channel:"example_list"`
	// NeverTicks is set by nobody: reading it is allowed, asking for its last value is "Channel not found".
	NeverTicks gateway.Channel[ExampleData] `channel:"never_ticks"`

	ExampleWithState gateway.Channel[ExampleData] `channel:"example_with_state" state:"id,x"`
	// ExampleWithStateMultiple has two views: one under its own name, one under an alias.
	ExampleWithStateMultiple gateway.Channel[ExampleData] `channel:"example_with_state_multiple" state:"id,x;example_with_state_alternative=id,y"`

	// Basket has the members of the enum as keys, StrBasket those that a module names (see ExampleModule.DynamicKeys).
	Basket    gateway.Basket[ExampleEnum, ExampleData] `channel:"basket"`
	StrBasket gateway.Basket[string, ExampleData]      `channel:"str_basket"`

	// ExampleWithStage is set by nobody but by what is released from its staging areas; Example can be staged too.
	ExampleWithStage gateway.Channel[ExampleData] `channel:"example_with_stage" stage:"true"`

	// Controls carries heartbeat, stats and shutdown: requests come in as values, the graph answers on the same channel.
	Controls gateway.Channel[gateway.Controls] `channel:"controls"`
}
