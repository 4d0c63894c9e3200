// Package client talks to a gateway over its HTTP API: what it is doing, what its channels hold, what ticks,
// and, when it replays, pause, step and speed. The terminal workbench, the command line and users' own programs
// all use it, for a gateway elsewhere ("http://host:8000") or in the same process (Options.Dial).
//
// # Which call to choose
//
//	Status, Channels, Graph   one request each: what the gateway is, has and how it is wired
//	TimedGraph, Connections   one request each: how long nodes take, who is connected and how far behind
//	Last, State               one request: values as they are now, with the engine time and cycle they belong to
//	Next                      waits for the first tick after the call; no limit but ctx
//	Lookup, Names, Ask        one request: a value by its id, what there is, the controls
//	Send                      gives values to a channel; the answer is what was queued, not what ticked
//	Stage, ReleaseAreas, ...  hold values back, and let them go
//	Stream                    every tick of some channels over one WebSocket, of csp-gateway's own server too
//	Watch                     a live view of many channels over one WebSocket
//	Control                   drives a replay
//
// To see more than one value of a channel use Watch: polling Last misses ticks and costs a request each time.
//
// # The path of a tick
//
// The gateway collects ticks for a watch and sends them as one frame; the client decodes it and offers it on
// Watch.Frames. Only when the frame was taken does the client acknowledge it, and only then does the gateway
// send the next: a slow reader gets fewer and larger (or conflated) frames, and nothing piles up between the two.
//
// # Errors
//
// An answer that is not a success is an *APIError with the gateway's own words. A gateway that cannot be reached
// is an *UnreachableError that says what to do. After Close every call returns ErrClosed. When ctx ends a call,
// the error wraps ctx's.
//
// # Concurrency
//
// All methods of Client and Watch may be called from any goroutine. A Client owns its connections and
// goroutines; after Close has returned no call runs any more.
//
// Values stay JSON until somebody asks for more: Values and Decode make structs or maps of them.
//
// What it does not do: it starts no gateway, it keeps no history.
package client
