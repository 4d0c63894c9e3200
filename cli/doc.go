// Package cli is the command line of a gateway: the commands of the gw binary, as a library for a user's own binary.
//
// A whole application is
//
//	func main() { os.Exit(cli.Main(gateway.New(&Channels{}, &Feed{}))) }
//
// and then has run, replay, graph and version with all their flags. [Main] takes the process's arguments and streams,
// [Run] takes them from its caller (tests, other programs). Both return the exit code and never end the process.
//
// The way of an invocation: arrange.go moves flags in front of the arguments and names unknown ones, urfave/cli parses
// them, a command's file (run.go, replay.go, graph.go, version.go) turns them into values, and a session (session.go)
// holds what runs together: the gateway, its HTTP API on a port and on an in-memory connection, the terminal
// workbench, the signals. What goes wrong comes back as a failure (failure.go): one sentence, a hint, an exit code.
//
// Exit codes: 0 done, also when a serving command is interrupted; 1 the answer is no; 2 wrong usage or configuration;
// 3 input unreadable; 4 cannot listen; 5 the gateway failed while running; 130 interrupted before the result was there.
// Data goes to standard output, everything else to standard error.
//
// This is the only room where all others meet. It holds wiring: what a command does is in the room that it calls.
package cli
