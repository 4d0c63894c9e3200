package client_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"

	"gw/client"
)

// exampleServer stands for a gateway.
func exampleServer() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/api/v1/gw/status":
			fmt.Fprint(w, statusJSON)
		case "/api/v1/send/trades":
			w.Header().Set("Gw-Cycle", "12")
			fmt.Fprint(w, `[{"id":"1","price":10.5}]`)
		default:
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, `{"detail":"Channel not found: trade"}`)
		}
	}))
}

func Example() {
	gateway := exampleServer()
	defer gateway.Close()
	ctx := context.Background()

	c := client.New(gateway.URL, client.Options{})
	defer c.Close()

	status, err := c.Status(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(status.Name, status.Mode, status.State, "cycle", status.Cycle)

	sent, err := c.Send(ctx, "trades", "", json.RawMessage(`{"price":10.5}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("cycle", sent.Cycle, string(sent.Data))
	// Output:
	// omnibus replay paused cycle 48211
	// cycle 12 [{"id":"1","price":10.5}]
}

func ExampleAPIError() {
	gateway := exampleServer()
	defer gateway.Close()
	c := client.New(gateway.URL, client.Options{})
	defer c.Close()

	_, err := c.Last(context.Background(), "trade", "")
	if api, ok := err.(*client.APIError); ok {
		fmt.Println(api.Status, api.Detail)
	}
	// Output: 404 Channel not found: trade
}

func ExampleClient_Watch() {
	c := client.New("http://127.0.0.1:8000", client.Options{})
	defer c.Close()

	w, err := c.Watch(context.Background(), client.WatchOptions{Channels: []string{"trades"}, Every: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	for frame := range w.Frames() {
		if frame.Lost != nil {
			fmt.Println("waiting for the gateway:", frame.Lost)
			continue
		}
		for _, tick := range frame.Ticks {
			fmt.Println(tick.Time, tick.Channel, string(tick.Data))
		}
	}
	fmt.Println("ended:", w.Err())
}
