package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// settle is how long the gateway gets to act on subscriptions, which it does not answer.
const settle = 500 * time.Millisecond

// load is what a fan-out is to do.
type load struct {
	url     string
	n, rate int
	seconds int
	bytes   int
	stalled bool
}

// result is what came of it.
type result struct {
	Subscribers   int     `json:"subscribers"`
	Rate          int     `json:"rate"`
	Sent          int     `json:"sent"`
	Lost          int     `json:"lost"`
	FramesASecond int     `json:"frames_a_second"`
	MBASecond     int     `json:"mb_a_second"`
	P50           float64 `json:"p50_ms"`
	P99           float64 `json:"p99_ms"`
	Max           float64 `json:"max_ms"`
	CutAfter      float64 `json:"cut_after_s,omitempty"` // of the client that never reads; 0: it was not
}

// fanout lets any number of clients follow one key of a basket to which one client sends, and measures the time from
// before a send to after the receipt.
func fanout(args []string) error {
	var l load
	flags := flag.NewFlagSet("fanout", flag.ContinueOnError)
	flags.IntVar(&l.n, "n", 100, "subscribers")
	flags.IntVar(&l.rate, "rate", 100, "sends a second")
	flags.IntVar(&l.seconds, "seconds", 3, "how long to send")
	flags.IntVar(&l.bytes, "bytes", 0, "how much longer to make each value")
	flags.BoolVar(&l.stalled, "stalled", false, "add a client that never reads")
	if err := flags.Parse(args); err != nil {
		return err
	}
	l.url = flags.Arg(0)
	r, err := l.run()
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(r)
}

func (l *load) run() (*result, error) {
	total := l.rate * l.seconds
	readers := make([]*reader, l.n)
	var reading sync.WaitGroup
	for i := range readers {
		ws, err := l.subscribe(websocket.DefaultDialer)
		if err != nil {
			return nil, fmt.Errorf("subscriber %d: %w", i, err)
		}
		readers[i] = &reader{ws: ws, turn: i}
		reading.Go(func() { readers[i].read(total, time.Duration(l.seconds+5)*time.Second) })
	}
	stall := &stalled{}
	if l.stalled {
		if err := stall.open(l); err != nil {
			return nil, err
		}
	}
	time.Sleep(settle)
	took, err := l.publish(total)
	if err != nil {
		return nil, err
	}
	reading.Wait()
	r := &result{Subscribers: l.n, Rate: l.rate, Sent: total, CutAfter: time.Duration(stall.cut.Load()).Seconds()}
	r.add(readers, took)
	return r, nil
}

// publish sends as many values, evenly over time, and returns how long that took.
func (l *load) publish(total int) (time.Duration, error) {
	ws, err := l.dial(websocket.DefaultDialer)
	if err != nil {
		return 0, err
	}
	defer ws.Close()
	start, every, pad := time.Now(), time.Second/time.Duration(l.rate), strings.Repeat("x", l.bytes)
	for i := range total {
		time.Sleep(time.Until(start.Add(time.Duration(i) * every)))
		text := fmt.Sprintf(`{"action":"send","channel":"basket","key":"C","data":{"x":1,"y":"@%d%s"}}`, time.Now().UnixNano(), pad)
		if err := ws.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
			return 0, err
		}
	}
	return time.Since(start), nil
}

func (l *load) dial(d *websocket.Dialer) (*websocket.Conn, error) {
	ws, _, err := d.Dial(strings.Replace(l.url, "http", "ws", 1)+"/api/v1/stream", nil)
	return ws, err
}

func (l *load) subscribe(d *websocket.Dialer) (*websocket.Conn, error) {
	ws, err := l.dial(d)
	if err != nil {
		return nil, err
	}
	return ws, ws.WriteMessage(websocket.TextMessage, []byte(`{"action":"subscribe","channel":"basket","key":"C"}`))
}

func (r *result) add(readers []*reader, took time.Duration) {
	var ages []time.Duration
	frames, bytes := 0, 0
	for _, one := range readers {
		frames, bytes, ages = frames+one.frames, bytes+one.bytes, append(ages, one.ages...)
	}
	r.Lost = r.Sent*r.Subscribers - frames
	r.FramesASecond, r.MBASecond = int(float64(frames)/took.Seconds()), int(float64(bytes)/took.Seconds()/1e6)
	slices.Sort(ages)
	at := func(q float64) float64 {
		if len(ages) == 0 {
			return 0
		}
		return ages[min(len(ages)-1, int(q*float64(len(ages))))].Round(10*time.Microsecond).Seconds() * 1000
	}
	r.P50, r.P99, r.Max = at(0.5), at(0.99), at(1)
}
