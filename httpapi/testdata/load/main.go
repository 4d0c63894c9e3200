// Load measures a gateway from outside. Its results are one line of JSON each; bench.py beside it runs it.
//
//	go run ./httpapi/testdata/load bare URL ADDRESS
//	go run ./httpapi/testdata/load fanout [flags] URL
package main

import (
	"errors"
	"fmt"
	"os"
)

func main() {
	err := errors.New("usage: load bare URL ADDRESS | load fanout [flags] URL")
	switch args := os.Args[1:]; {
	case len(args) == 3 && args[0] == "bare":
		err = bare(args[1], args[2])
	case len(args) >= 2 && args[0] == "fanout":
		err = fanout(args[1:])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}
