// Package omnibus is the example to read first: a whole gateway with one of everything, written the way a user would
// write their own. `gw run` starts it when it is given nothing else.
//
// Read in this order:
//
//	data.go      the value that ticks: a struct, its defaults, a rule
//	channels.go  the channels model: which channels there are, what they carry, their state views
//	counter.go   a node: inputs, output, state, and what happens in a tick
//	module.go    a module: makes ticks out of timers and sets channels
//	feedback.go  a second module that sets a channel which it also reads
//	omnibus.go   the gateway: a model and modules
//
// A tick's way: a timer ticks a counter, its value enters channels (where it gets its id and timestamp), the second
// module reads one of them and sets it again one engine cycle later, and everything on channels can be seen from outside
// and sent to. All times are the engine's and random values come from a seed, so two runs on simulated time are the
// same to the byte; omnibus_test.go asserts exact ticks without waiting for one.
//
// It does the work of the demo that comes with csp-gateway, whose clients find the same channels and fields here.
package omnibus
