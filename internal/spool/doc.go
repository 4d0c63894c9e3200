// Package spool writes what the engine hands over in a goroutine of its own, so that the engine never waits for a disk or a
// pipe. Nothing is lost: a spool that cannot keep up says so.
package spool
