package cli_test

import (
	"io"
	"os"

	"gw/cli"
	"gw/examples/omnibus"
)

// The whole of a binary is cli.Main with a gateway; cli.Run is the same with arguments and streams of the caller.
func Example() {
	gateway := omnibus.New(omnibus.Options{})
	arguments := []string{"gw", "replay", "../testdata/seattle-weather.csv", "--until", "2012-01-03", "--output", "table"}
	cli.Run(arguments, nil, os.Stdout, io.Discard, gateway)
	// Output:
	// cycles  3
	// first   2012-01-01T00:00:00.000000000Z
	// last    2012-01-03T00:00:00.000000000Z
	// late    0
	// digest  sha256:e4edf8402c95ccead067e5e631872d120d0b9f832033d679612bc13fc7afe2de
	//
	// CHANNEL          TICKS  LAST
	// seattle_weather  3      {"id":"1325376000000000003","timestamp":"2012-01-03T00:00:00","date":"2012-01-03","precipitation":0…
}
