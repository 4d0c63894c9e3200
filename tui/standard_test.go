package tui

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"gw/client"
	"gw/internal/memnet"
)

// pythonGateway answers as csp-gateway does: nothing under gw/, an index of channels, the last values.
func pythonGateway(t *testing.T, answers map[string][]string) *client.Client {
	return client.New("http://peer.test", client.Options{Dial: answering(t, func(w http.ResponseWriter, r *http.Request) {
		path := strings.TrimPrefix(r.URL.Path, "/api/v1")
		list, ok := answers[path]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, `{"detail":"Not Found"}`)
			return
		}
		if len(list) > 1 {
			answers[path] = list[1:]
		}
		fmt.Fprint(w, list[0])
	})})
}

func TestACspGatewayIsAskedForItsValues(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := pythonGateway(t, map[string][]string{
			"/last/":         {`["a","never","still"]`},
			"/last/a":        {`[]`, `[{"x":1,"timestamp":"2026-11-25T10:37:35.379209"}]`, `[{"x":1,"timestamp":"2026-11-25T10:37:35.379209"}]`, `[{"x":2}]`},
			"/last/still":    {`[{"x":7}]`},
			"/last/controls": {`[]`},
		})
		defer c.Close()
		src, err := sourceOf(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		w, err := src.Watch(t.Context(), client.WatchOptions{Channels: []string{"*"}, History: 1})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for range 4 {
			f := <-w.Frames()
			for _, tick := range f.Ticks {
				got = append(got, fmt.Sprintf("%d %s %d %s", f.Seq, tick.Channel, tick.N, tick.Time.Format("05.000000")))
			}
		}
		if want := "1 still 1 00.000000, 2 a 1 35.379209, 4 a 2 00.000000"; strings.Join(got, ", ") != want {
			t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
		}
		w.Close()
		again, err := src.Watch(t.Context(), client.WatchOptions{Channels: []string{"a"}})
		if err != nil {
			t.Fatal(err)
		}
		if f := <-again.Frames(); !f.Snapshot || len(f.Ticks) != 1 || f.Ticks[0].N != 2 {
			t.Errorf("another watch begins with %+v, want the tick that is known", f)
		}
		again.Close()
		if _, err := src.Control(t.Context(), client.Pause()); err == nil {
			t.Error("want no control")
		}
	})
}

func TestWhatIsNoGatewayIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := pythonGateway(t, nil)
		defer c.Close()
		_, err := sourceOf(context.Background(), c)
		if err == nil || !strings.HasPrefix(err.Error(), "http://peer.test: not a gateway (") {
			t.Errorf("got %v", err)
		}
	})
}

// answering serves requests in memory, so that the test may run in a synctest bubble.
func answering(t *testing.T, h http.HandlerFunc) func(context.Context, string, string) (net.Conn, error) {
	l := memnet.Listen()
	server := &http.Server{Handler: h}
	served := make(chan struct{})
	go func() { defer close(served); _ = server.Serve(l) }()
	t.Cleanup(func() {
		_ = server.Close()
		<-served
	})
	return l.Dial
}
