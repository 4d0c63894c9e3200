// Load measures a gateway from outside.
//
//	go run ./httpapi/testdata/load bare URL ADDR         serves the answer of URL/api/v1/last/example from a bare httprouter
//	go run ./httpapi/testdata/load fanout URL N RATE SECONDS [stalled]
//	                                                     N streams of one channel, RATE sends a second: latency of the frames;
//	                                                     with "stalled" one more client that never reads
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/julienschmidt/httprouter"
)

func main() {
	err := errors.New("usage: load bare URL ADDRESS | load fanout URL SUBSCRIBERS RATE SECONDS [stalled]")
	switch args := os.Args[1:]; {
	case len(args) == 3 && args[0] == "bare":
		err = bare(args[1], args[2])
	case len(args) >= 5 && args[0] == "fanout":
		err = fanout(args[1:])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func bare(url, addr string) error {
	res, err := http.Get(url + "/api/v1/last/example")
	if err != nil {
		return err
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	r := httprouter.New()
	r.GET("/api/v1/last/example", func(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
		w.Header().Set("Content-Type", "application/json")
		w.Write(body)
	})
	return http.ListenAndServe(addr, r)
}

func fanout(args []string) error {
	url := args[0]
	n, _ := strconv.Atoi(args[1])
	rate, _ := strconv.Atoi(args[2])
	seconds, _ := strconv.Atoi(args[3])
	var mu sync.Mutex
	var all []time.Duration
	var reading sync.WaitGroup
	for i := range n {
		ws, err := subscribe(url)
		if err != nil {
			return fmt.Errorf("subscriber %d: %w", i, err)
		}
		reading.Add(1)
		go func() {
			defer reading.Done()
			own := read(ws, time.Now().Add(time.Duration(seconds+2)*time.Second))
			mu.Lock()
			all = append(all, own...)
			mu.Unlock()
		}()
	}
	if len(args) > 4 {
		if _, err := subscribe(url); err != nil {
			return err
		}
	}
	sent, err := publish(url, rate, seconds)
	if err != nil {
		return err
	}
	reading.Wait()
	slices.Sort(all)
	if len(all) == 0 {
		return fmt.Errorf("no frame came")
	}
	at := func(q float64) time.Duration {
		return all[min(len(all)-1, int(q*float64(len(all))))].Round(10 * time.Microsecond)
	}
	fmt.Printf("%d subscribers, %d sends in %d s: %d of %d frames, p50 %v, p99 %v, max %v\n",
		n, sent, seconds, len(all), n*sent, at(0.5), at(0.99), all[len(all)-1].Round(time.Millisecond))
	return nil
}

func subscribe(url string) (*websocket.Conn, error) {
	ws, _, err := websocket.DefaultDialer.Dial(strings.Replace(url, "http", "ws", 1)+"/api/v1/stream", nil)
	if err != nil {
		return nil, err
	}
	return ws, ws.WriteMessage(websocket.TextMessage, []byte(`{"action":"subscribe","channel":"basket","key":"C"}`))
}

// read returns the age of each frame that a sender has stamped.
func read(ws *websocket.Conn, until time.Time) []time.Duration {
	defer ws.Close()
	var ages []time.Duration
	ws.SetReadDeadline(until)
	for {
		_, data, err := ws.ReadMessage()
		if err != nil {
			return ages
		}
		_, rest, found := bytes.Cut(data, []byte(`"y":"@`))
		stamp, _, ok := bytes.Cut(rest, []byte(`"`))
		if nanos, err := strconv.ParseInt(string(stamp), 10, 64); found && ok && err == nil {
			ages = append(ages, time.Since(time.Unix(0, nanos)))
		}
	}
}

// publish sends as many values a second over one stream.
func publish(url string, rate, seconds int) (int, error) {
	ws, _, err := websocket.DefaultDialer.Dial(strings.Replace(url, "http", "ws", 1)+"/api/v1/stream", nil)
	if err != nil {
		return 0, err
	}
	defer ws.Close()
	every := time.NewTicker(time.Second / time.Duration(rate))
	defer every.Stop()
	total := rate * seconds
	for i := range total {
		<-every.C
		text := fmt.Sprintf(`{"action":"send","channel":"basket","key":"C","data":{"x":1,"y":"@%d"}}`, time.Now().UnixNano())
		if err := ws.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
			return i, err
		}
	}
	return total, nil
}
