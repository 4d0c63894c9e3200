package engine

import (
	"errors"
	"fmt"
	"strings"
)

var (
	// ErrFull is returned by Push when as many values wait as the adapter's limit allows and its policy is Reject.
	ErrFull = errors.New("push adapter is full")
	// ErrStopped is returned by Push after the run has ended, and to a Push that waits for room when it ends.
	ErrStopped = errors.New("engine has stopped")
	// ErrNotStarted is returned by Push before the run has started.
	ErrNotStarted = errors.New("engine has not started")
	// ErrRunning is returned by Run while another Run of the graph is going on.
	ErrRunning = errors.New("graph is already running")

	errTickedTwice   = errors.New("output ticked twice in one cycle")
	errTickInStart   = errors.New("output ticked before the first cycle; use an alarm")
	errPast          = errors.New("alarm is set to a time in the past")
	errUnwired       = errors.New("is not wired to an edge")
	errUnadded       = errors.New("reads an output of a struct that was not given to Add")
	errUnbound       = errors.New("reads a delayed edge that was never bound")
	errLoose         = errors.New("reads a feedback that was never bound")
	errDelayedCircle = errors.New("reads a delayed edge that is bound to itself")
	errForeign       = errors.New("reads an edge of another graph")
)

// NodeError is an error with the place it happened at.
type NodeError struct {
	Node  string // path of the node, "" if it was none
	Time  Time   // engine time
	Cycle uint64 // 0 in Start
	Err   error
}

// Error returns the place and the cause.
func (e *NodeError) Error() string {
	where := "engine"
	if e.Node != "" {
		where = fmt.Sprintf("node %q", e.Node)
	}
	return fmt.Sprintf("%s (cycle %d at %s): %v", where, e.Cycle, e.Time, e.Err)
}

// Unwrap returns the cause.
func (e *NodeError) Unwrap() error { return e.Err }

// PanicError is the cause of a NodeError when the node's code panicked.
type PanicError struct {
	Value any
	Stack []byte // of the goroutine, as debug.Stack gives it
}

// Error returns the value of the panic without the stack.
func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Unwrap returns the value of the panic if it was an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// CircleError reports nodes that wait for each other.
type CircleError struct{ Path []string } // names of the nodes; the first is also the last

// Error returns the path in the direction of the ticks.
func (e *CircleError) Error() string {
	return "illegal circle in the graph: " + strings.Join(e.Path, " -> ") + "; break it with a Feedback"
}
