// Guarded serves the omnibus to who has a key, however many have been refused before: schemathesis also asks without
// one, thousands of times a minute.
//
//	go run ./httpapi/testdata/schemathesis PORT KEY
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"gw/examples/omnibus"
	"gw/gateway"
	"gw/gateway/query"
	"gw/httpapi"
	"gw/httpapi/auth"
)

func main() {
	query.Main()
	if err := guarded(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "guarded:", err)
		os.Exit(1)
	}
}

func guarded(args []string) error {
	if len(args) != 2 {
		return errors.New("usage: guarded PORT KEY")
	}
	scopes, err := auth.ParseScopes("all")
	if err != nil {
		return err
	}
	gate, err := auth.New(auth.Config{MaxFailures: 1 << 30}, auth.Keys(auth.Key{Name: "schemathesis", Value: args[1], Scopes: scopes}))
	if err != nil {
		return err
	}
	l, err := httpapi.Listen("127.0.0.1:" + args[0])
	if err != nil {
		return err
	}
	g := omnibus.New(omnibus.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		<-g.Done()
		cancel()
	}()
	go g.Run(ctx, gateway.RunConfig{Realtime: true})
	return httpapi.Serve(ctx, httpapi.New(g, httpapi.Config{Auth: gate}), l)
}
