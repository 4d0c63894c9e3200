package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// A fakeGateway answers the part of the API that the page uses, and ticks as long as it is not held: each cycle, every
// channel that has a maker gets one tick. The browser test drives it through POST test/cut and test/restart.
type fakeGateway struct {
	mu       sync.Mutex
	mode     string
	held     bool
	speed    float64
	runs     int // times that it began anew
	cycle    int
	until    int // cycles a step may still go on to
	channels []*fakeChannel
	sockets  map[*websocket.Conn]bool
}

type fakeChannel struct {
	Name     string      `json:"name"`
	Kind     string      `json:"kind"`
	Keys     []string    `json:"keys"`
	Type     string      `json:"type"`
	Fields   []fakeField `json:"fields"`
	Send     bool        `json:"send"`
	State    []string    `json:"state"`
	Provided bool        `json:"provided"`
	Ticks    int         `json:"ticks"`
	Time     *string     `json:"time"`
	make     func(int) []fakeTick
	history  []fakeTick
}

type fakeField struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

type fakeTick struct {
	Channel string           `json:"channel"`
	Key     string           `json:"key"`
	Time    string           `json:"time"`
	Cycle   int              `json:"cycle"`
	N       int              `json:"n"`
	Data    []map[string]any `json:"data"`
}

var fakeStart = time.Date(2026, 1, 2, 9, 30, 0, 0, time.UTC)

func (g *fakeGateway) time() string {
	return fakeStart.Add(time.Duration(g.cycle) * time.Second).Format("2006-01-02T15:04:05.000000000Z")
}

func (g *fakeGateway) status() map[string]any {
	state := "running"
	if g.held {
		state = "paused"
	}
	s := map[string]any{"name": "fake", "version": "test", "mode": g.mode, "state": state, "time": g.time(), "cycle": g.cycle,
		"speed": g.speed, "start": fakeStart.Add(time.Duration(g.runs)).Format(time.RFC3339Nano), "end": nil}
	if g.mode == "replay" {
		s["end"] = fakeStart.Add(time.Hour).Format(time.RFC3339Nano)
	}
	return s
}

// turn runs one cycle unless the gateway is held.
func (g *fakeGateway) turn() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.held {
		return
	}
	g.runCycle()
	if g.until > 0 && g.cycle >= g.until {
		g.held, g.until = true, 0
	}
}

func (g *fakeGateway) runCycle() {
	g.cycle++
	now := g.time()
	for _, c := range g.channels {
		if c.make == nil {
			continue
		}
		for _, tick := range c.make(g.cycle) {
			tick.Channel, tick.Time, tick.Cycle = c.Name, now, g.cycle
			c.history = append(c.history, tick)
			c.Ticks++
		}
		c.Time = &now
	}
}

func (g *fakeGateway) restart() {
	g.runs++
	g.cycle, g.until, g.held = 0, 0, g.mode == "replay"
	for _, c := range g.channels {
		c.history, c.Ticks, c.Time = nil, 0, nil
	}
}

func (g *fakeGateway) control(order map[string]any) error {
	if g.mode != "replay" {
		return fmt.Errorf("not a replay")
	}
	switch order["action"] {
	case "pause":
		g.held = true
	case "resume":
		g.held = false
	case "step":
		g.held, g.until = false, g.cycle+int(order["cycles"].(float64))
	case "speed":
		g.speed = order["speed"].(float64)
	default:
		return fmt.Errorf("no such action: %v", order["action"])
	}
	return nil
}

func (g *fakeGateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/gw/watch") {
		g.watch(w, r)
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	var answer any
	switch r.Method + " " + r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:] {
	case "GET channels":
		answer = g.channels
	case "GET status":
		answer = g.status()
	case "POST control":
		order := map[string]any{}
		err := json.NewDecoder(r.Body).Decode(&order)
		if err == nil {
			err = g.control(order)
		}
		if answer = g.status(); err != nil {
			w.WriteHeader(http.StatusConflict)
			answer = map[string]string{"detail": err.Error()}
		}
	case "POST restart":
		g.restart()
		g.cut()
	case "POST cut":
		g.cut()
	default:
		w.WriteHeader(http.StatusNotFound)
		return
	}
	_ = json.NewEncoder(w).Encode(answer) // the page sees a broken answer, and the test with it
}

func (g *fakeGateway) cut() {
	for socket := range g.sockets {
		_ = socket.Close()
	}
}
