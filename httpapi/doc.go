// Package httpapi serves a gateway over HTTP: the REST, WebSocket and OpenAPI interface of csp-gateway, byte for byte
// where clients could tell, and under gw/ what gw's own windows need beyond it.
//
//	h := httpapi.New(g, httpapi.Config{Title: "Demo"})
//	l, err := httpapi.Listen("127.0.0.1:8000")
//	...
//	err = httpapi.Serve(ctx, h, l)
//
// # The way of a value
//
// A tick leaves the engine once, as an immutable *gateway.Tick that everybody shares. Its JSON is made by the first
// reader and kept with it, so an answer of last and the frames of any number of stream and watch clients are copies of
// the same bytes. Clients of the stream take turns: what comes between two turns of one goes out in a single write, so
// that a thousand of them at a thousand ticks a second cost 50,000 writes and not a million. Each WebSocket has one
// subscription of the gateway as its only queue: a client that does not read loses its own place (stream: closed with
// 1013; watch: sees fewer, newer ticks, counted) and slows nobody else.
//
// # Which interface to choose
//
//   - last, state: one answer now; costs a copy of kept bytes, or a query.
//   - next: one answer at the next tick; costs a goroutine while it waits.
//   - stream: every tick of what is subscribed, one frame each; for programs that must see all and keep up.
//   - gw/events: the same as server-sent events, for curl -N.
//   - gw/watch: frames at the reader's own pace, a snapshot first; for windows.
//
// # Who may ask
//
// Requests must name the server by a loopback name, the address they came in on, or one of Config.Hosts; requests that
// change something, and WebSockets, must not come from a foreign web origin. Bodies, headers, waiting calls and
// connections are bounded, in number and in time. Every route names the scope that it asks for; Config.Auth, if there is
// one, says who has it (package auth), and the gateway's Filter and Guard keep values apart. A panic in a handler is
// answered with 500 and a number that stands in the log next to the stack.
//
// # What it does not do
//
// It knows no engine beyond its time, keeps no values, and has no access log. docs/api.md lists the routes,
// docs/auth.md tells who may come in, docs/compatibility.md what differs from csp-gateway.
package httpapi
