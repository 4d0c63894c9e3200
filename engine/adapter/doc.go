// Package adapter has ways in and out of a graph that are made of the engine's public parts:
//
//	Manage, NewSim   one reader of a recording feeds many typed edges, in time order
//	NewPushPull      history first, then live, on one edge, without a gap
//	NewStatus        how a connection is doing, as an edge
//	Output           an end of the graph that may fail
//
// A single typed source in time order is an [engine.PullAdapter], a single live one an [engine.PushAdapter]; they need nothing from here.
package adapter
