package memnet_test

import (
	"fmt"
	"io"
	"net/http"

	"gw/internal/memnet"
)

// A server and its client in one process, without a port.
func Example() {
	l := memnet.Listen()
	defer l.Close()
	go http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "hello from ", r.URL.Path)
	}))
	client := &http.Client{Transport: &http.Transport{DialContext: l.Dial}}
	resp, err := client.Get("http://gw/memory")
	if err != nil {
		fmt.Println(err)
		return
	}
	body, _ := io.ReadAll(resp.Body)
	fmt.Println(string(body))
	// Output: hello from /memory
}
