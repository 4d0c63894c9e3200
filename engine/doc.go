// Package engine is a reactive graph: typed edges carry values from nodes to the nodes that read them, in engine cycles,
// at a time that the graph alone knows. The same graph runs in simulated and in real time and ticks the same. The
// package uses the standard library only and knows nothing of channels, files or HTTP.
//
// # The way of one value
//
// A source has it: [Const], [Timer], [Curve], a [PullAdapter] read in time order, or a [PushAdapter] that other
// goroutines push into. The run loop takes what is due next, moves the clock and starts a cycle. The source's edge ticks,
// which marks its readers as due; the nodes that are due run in the order of their rank (after everything they read),
// each at most once a cycle, and set their own outputs. When nothing is due the cycle ends, hooks of
// [Graph.OnCycleEnd] are called, and the loop looks for the next event.
//
// Several cycles may share a time: what a node schedules for now, a [Feedback], and the second of two alarms or
// non-collapsing pushes come in the next cycle at the same time, in the order in which they were made.
//
// # What to call, and what it costs
//
//	Graph.Node, Use, Emit, OnTick   a closure node: glue
//	Add                             a struct whose In, Out and Alarm fields are its ends: anything with state
//	Sink                            an end of the graph: hands values out, and must not wait
//	Out.Set                         a copy of the value; Out.Slot and Out.Tick write it in place
//	In.Get, In.Ptr                  a copy; the value in place, for reading, until the node returns
//	In.Buffer, History              the past of an edge, by ticks or time; a ring all its readers share
//	Alarm.After, Reschedule, Cancel O(1), whatever the number of alarms; Last: when nothing else is left to do at a time
//	Timer, DriftTimer               a grid that is caught up with; late rather than many
//	NewFeedback                     the only way back: the next cycle at the same time
//	NewDelayed                      an edge promised before it exists
//	NewBasket, UseBasket            a fixed set of edges by key, read together
//	EmitDynamic, UseDynamic         keys that appear and go; Dynamic runs a sub-graph for each
//	NewPush, Graph.PushGroup        the door for other goroutines, with a bound and a policy; order across several
//	Pull                            a source read in time order; package adapter has managers of many, and past then live
//	Node.Go, Node.Fail              a goroutine of a node; how one ends the run
//	Graph.Control                   pause, step, pace and stop, from any goroutine
//	Keeper, Node.Keep               the state of a node, for Graph.Save and Graph.Restore
//	Graph.TapIntake, FeedIntake     what came in, and the same run again
//	Graph.Profile, Graph.Trace      where time goes; who ran, why, and what came of it
//	Graph.Mute                      a rerun without effects
//	Memo, Graph.Scope               wire a part once; tell nodes of one type apart
//
// A node-tick costs a few nanoseconds and no allocation; a cycle in which eight of a hundred thousand nodes run costs the
// eight. docs/benchmarks.md has the figures.
//
// # Goroutines
//
// A graph is wired on one goroutine, and everything in it runs on the one that called [Graph.Run]. Only
// [PushAdapter.Push] and its kin, [Graph.Control], [Graph.Profile], [Graph.Trace] and [Node.Fail] may be called from others, where their
// comments say so. A node never waits: it would stop every other.
//
// # What it does not do
//
// It keeps no history unless asked, runs nothing in parallel, and does not remember ticks for readers that were not
// there: a reader is wired before the run.
package engine
