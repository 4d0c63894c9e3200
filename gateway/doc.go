// Package gateway is the bus of a streaming application: typed channels, the modules that set and read them, and the
// access from outside the engine.
package gateway
