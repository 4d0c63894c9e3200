// Package op is the library of operators over edges: functions that add a node and return the edge it makes.
//
// A value takes the same path as through any node: the operator is called once in a cycle in which one of its active
// inputs ticks, and its edge ticks in the same cycle unless its comment says otherwise.
//
// Which to choose:
//
//   - one edge: [Map], [Filter], [DropDups], [FirstN], [Count], [Accum], [Scan], [Times], [Lag], [Diff]
//   - several edges to one: [Merge] (one value a cycle, the first wins), [Flatten] (all values, in following cycles),
//     [Collect] (all values of a cycle as a slice), [Combine2] and its like (a function of the latest values), [Multiplex]
//   - one edge to several: [Demultiplex], [Split]
//   - slices to values: [Unroll]
//   - in time: [Delay], [Sample], [Gate], [Default]
//   - handing out: engine.Sink
//
// Each costs a node, 4 to 8 ns a tick, and no allocation unless its comment says so. What is written as a slice on an edge is
// reused by the next tick: copy it to keep it.
//
// Calls are for wiring, on one goroutine. An operator over the zero Edge gives an edge that no graph accepts,
// so the mistake appears when the graph is built.
package op
