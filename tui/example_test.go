package tui_test

import (
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"strings"
	"time"

	"gw/client"
	"gw/examples/omnibus"
	"gw/gateway"
	"gw/httpapi"
	"gw/tui"
)

// A gateway is served, and the workbench attached to it until its user quits. A program for a terminal leaves Input and
// Output out; here the user is a text that says q.
func Example() {
	ctx, stop := context.WithCancel(context.Background())
	g := omnibus.New(omnibus.Options{})
	start := time.Date(2024, 8, 9, 0, 0, 0, 0, time.UTC)
	ended := make(chan error, 1)
	go func() { ended <- g.Run(ctx, gateway.RunConfig{Start: start, End: start.Add(time.Minute), Hold: true}) }()
	<-g.Ready()
	server := httptest.NewServer(httpapi.New(g, httpapi.Config{}))

	c := client.New(server.URL, client.Options{})
	err := tui.Run(ctx, c, tui.Options{Input: strings.NewReader("q"), Output: io.Discard})
	fmt.Println("the user left:", err == nil)
	fmt.Println("the gateway is", g.Status().State)

	c.Close()
	server.Close()
	stop()
	fmt.Println("the gateway stopped:", <-ended == nil)
	// Output:
	// the user left: true
	// the gateway is paused
	// the gateway stopped: true
}
