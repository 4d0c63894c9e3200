// Package op is the library of operators over edges: functions that add a node and return the edge it makes.
//
// A value takes the same path as through any node: the operator is called once in a cycle in which one of its active
// inputs ticks, and its edge ticks in the same cycle unless its comment says otherwise.
//
// # Which to choose
//
//	one edge to one
//	  Map, MapPtr, Field, Cast      a function of the value; its part; another number      1-2 ns in a chain of Maps, else 6
//	  Filter, FilterMap, FilterBy   by the value; by a flag                                6 ns
//	  DropDups, DropNear, DropNaNs  what is new; what has moved; what is a number          6 ns
//	  FirstN, Count, Times          the first ticks; how many; when                        6 ns, FirstN then nothing
//	  Accum, Scan                   the running sum; any state                             6 ns
//	  Lag, Diff                     n ticks ago                                            6 ns, memory n
//	  LagTime, DiffTime, Delay      a time ago; later                                      an alarm a tick, 40 ns
//	several edges to one
//	  Merge                         one value a cycle, the first edge wins                 O(edges) a tick
//	  Flatten                       every value, in following cycles                       O(those that tick), a cycle a value
//	  Collect, CollectBasket        the values of a cycle as a slice                       O(those that tick)
//	  Combine2, 3, All, Add, Lt, And ...  a function of the last values, once all have one 7 ns; All is O(edges)
//	  DynamicCollect                the keys and values of a cycle                         O(those that tick)
//	  Multiplex                     the edge that a key chooses                            O(1)
//	  Build, BuildOn, CollectInto   a struct of last values; of ticked ones                O(fields)
//	  Sync, SyncOn                  a basket whose edges tick together                     O(edges), an alarm a round
//	one edge to several
//	  Demultiplex, DemultiplexBy    by a key                                               a map look-up, 15 ns
//	  DynamicDemultiplex, ...Until  by a key, as keys appear; and go                       two map look-ups, 30 ns
//	  Split                         by a flag                                              6 ns
//	slices
//	  Unroll                        one cycle an element                                   a cycle an element
//	  Gate, GateTick                held back until released                               memory: what is held
//	in time
//	  Sample, SampleBasket          the last value at a trigger                            6 ns; O(edges)
//	  Default                       a value if none comes                                  an alarm a run
//	while wiring
//	  DelayedCollect, DelayedDemultiplex   inputs, or keys, that are added bit by bit
//	  WrapFeedback                  one cycle later
//	to the outside
//	  Print, Log, LogAsync          lines; records; records without waiting
//	  Stop, StopWith, AtStop        the end of the run
//
// None allocates in steady state. What is a slice on an edge is reused by the next tick: copy it to keep it. An operator's state is
// saved and restored with its graph.
//
// Calls are for wiring, on one goroutine. An operator over the zero Edge gives an edge that no graph accepts, so the mistake appears
// when the graph is built.
//
// # What it does not do
//
// It casts and checks no types at run time and evaluates no expressions in strings: a Go function in Map or Combine does both. Statistics over
// windows are in package stats.
package op
