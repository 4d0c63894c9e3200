// Package modules is the catalogue: modules that serve any gateway, to be named in a configuration or used from Go.
//
// Sources tick a channel from outside or by themselves: [Generate], [File], [Initialize], [ReadFileDrop],
// [ReplayEngineJSON], [Mirror]. Operators make the ticks of one channel of those of others, with expressions over fields:
// [Map], [Filter], [Merge], [Unroll], [Window]. Sinks hand ticks out: [PrintChannels], [LogChannels], [WriteFile],
// [AddChannelsToGraphOutput]. The Mount modules are csp-gateway's names of what gw serves anyway.
//
// A module is a struct whose exported fields are its options; the zero value works wherever no option must be given.
// [Targets] is the table that package config takes. docs/modules.md is made of the comments and tags here.
//
// Expressions are those of expr-lang/expr: price * size > 1000 && symbol startsWith "A". They are compiled against the
// types of the fields when a configuration is checked; a field that may be null, and a nested one, is anything. They cannot
// reach the wall clock, files or the network. One costs some hundred nanoseconds to a microsecond; making a value costs a
// decode of its JSON beside. An expression that fails on a value ends the run, or its module alone with on_error: disable.
//
// Nothing here waits on the engine's goroutine: what is written goes through a bounded queue to a goroutine of its own,
// whose overflow is an error. Modules that act on the outside mark their nodes as effects.
package modules
