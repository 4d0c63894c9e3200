// Package gateway is the bus of a streaming application: typed channels, the modules that set and read them, and the
// access from outside the engine. New takes a struct of channels and the modules, Run runs them in real time or in
// simulated time, and the same modules tick the same in both.
//
// # The way of one value
//
// It enters by a setter that a module connected, by Send, or by the release of a staging area. All setters of a channel
// meet in one node, which gives a value its id and timestamp if it has none and makes values of one time consecutive ticks.
// From there it goes to the modules that read the channel, to the state (the latest value of each key), and to a tap, which copies it
// once. When the cycle ends its ticks are published together: Last, Next, Recent, State, Lookup and Subscribe answer from what was
// published, each with the engine time and cycle at which that was true.
//
// # What to call, and what it costs
//
//	Channel.Set, Channel.Get     in Connect: typed edges; a setter that reads its own channel is fed back
//	Basket.Set, Basket.Get       the same for each key of a fixed set
//	Bus                          in the Connect of a module that serves any gateway: channels by name, as records
//	Last, Recent                 a look at what was published: O(1), O(n)
//	Next                         the first tick after the call; ends with ctx or the gateway
//	Send, SendRecords            one entry into the engine's intake; returning means queued
//	State, Lookup, Stage         keyed state with a filter; any value by its id; values held back
//	Subscribe                    every tick, or the newest of each key, through a bounded queue with a policy
//	Filter, Guard                what a caller, whom its context names, may see and send
//	Record, RunConfig.Feed       what came from outside in a run, and the same run again
//
// What else a module can do is an interface of one method each: Requirer, DynamicChanneler, DynamicKeyer, DynamicStater,
// Informer, Shutdowner, Namer. ModuleOptions, embedded, lets a configuration disable it, delay it, or go on without it when it fails.
//
// # Goroutines
//
// Connect and the nodes made in it belong to the engine's goroutine, which never waits for anybody outside. All methods of Gateway
// that take a context, and those of Subscription and Stage, may be called from any goroutine.
//
// # What it does not do
//
// It knows no HTTP, no files and no configuration: packages httpapi, replay and config come to it from outside. A Gateway runs once.
package gateway
