package web

import (
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

type fakeOrder struct {
	Action   string   `json:"action"`
	ID       string   `json:"id"`
	Channels []string `json:"channels"`
	History  int      `json:"history"`
	Interval int      `json:"interval_ms"`
	Seq      int      `json:"seq"`
}

// A fakeWatch is one watch of one socket: what was sent, and what was acknowledged.
type fakeWatch struct {
	order      fakeOrder
	channel    *fakeChannel
	at         int // ticks of the channel's history that were sent
	seq, acked int
	due        time.Time
	said       string // the state that the page knows
}

func (g *fakeGateway) watch(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{}
	socket, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer func() { _ = socket.Close() }()
	g.mu.Lock()
	g.sockets[socket] = true
	g.mu.Unlock()
	orders := make(chan fakeOrder)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			var order fakeOrder
			if socket.ReadJSON(&order) != nil {
				return
			}
			orders <- order
		}
	}()
	g.feed(socket, orders, done)
	g.mu.Lock()
	delete(g.sockets, socket)
	g.mu.Unlock()
}

func (g *fakeGateway) feed(socket *websocket.Conn, orders chan fakeOrder, done chan struct{}) {
	watches := map[string]*fakeWatch{}
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-done:
			return
		case order := <-orders:
			if answer := g.take(watches, order); answer != nil {
				_ = socket.WriteJSON(answer)
			}
		case <-ticker.C:
			for _, w := range watches {
				if frame := g.frame(w); frame != nil {
					_ = socket.WriteJSON(frame)
				}
			}
		}
	}
}

func (g *fakeGateway) take(watches map[string]*fakeWatch, o fakeOrder) any {
	switch o.Action {
	case "watch":
		for _, c := range g.channels {
			if len(o.Channels) == 1 && c.Name == o.Channels[0] {
				watches[o.ID] = &fakeWatch{order: o, channel: c}
				return nil
			}
		}
		return map[string]string{"watch": o.ID, "error": "Channel not found: " + o.Channels[0]}
	case "unwatch":
		delete(watches, o.ID)
	case "ack":
		if w := watches[o.ID]; w != nil {
			w.acked = o.Seq
		}
	}
	return nil
}

// frame makes the next frame of a watch, or nil when none is due: one is after the acknowledgement and the interval,
// with new ticks, with another state, or a second after the last.
func (g *fakeGateway) frame(w *fakeWatch) map[string]any {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	status := g.status()
	idle := w.seq > 0 && w.at == len(w.channel.history) && w.said == status["state"]
	if w.acked < w.seq || now.Before(w.due) || idle && now.Before(w.due.Add(time.Second)) {
		return nil
	}
	if w.seq == 0 {
		w.at = max(0, len(w.channel.history)-w.order.History)
	}
	w.seq++
	w.due = now.Add(time.Duration(w.order.Interval) * time.Millisecond)
	w.said = status["state"].(string)
	ticks := append([]fakeTick{}, w.channel.history[w.at:]...)
	w.at = len(w.channel.history)
	return map[string]any{"watch": w.order.ID, "seq": w.seq, "snapshot": w.seq == 1, "status": status,
		"dropped": 0, "conflated": 0, "ticks": ticks}
}
