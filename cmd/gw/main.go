// Command gw runs gateways for streaming applications: it replays recordings, starts the omnibus example, and serves
// both to the terminal, the browser and REST. `gw help` lists the commands; package cli says how they work.
//
// It only names what is compiled in. A program of your own looks the same with your gateway in place of the example.
package main

import (
	"os"
	"slices"

	"gw/cli"
	"gw/examples/demo"
	"gw/examples/omnibus"
)

func main() {
	os.Exit(cli.Main(omnibus.New(omnibus.Options{}), slices.Concat(omnibus.Targets(), demo.Targets())...))
}
