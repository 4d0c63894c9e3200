package httpapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

const (
	defaultInterval = 100 * time.Millisecond
	maxHistory      = 10_000
)

// watchMessage is what a client of gw/watch asks for.
type watchMessage struct {
	Action   string   `json:"action"`
	ID       string   `json:"id"`
	Channels []string `json:"channels"`
	Policy   string   `json:"policy"`
	Format   string   `json:"format"`
	History  int      `json:"history"`
	Interval *float64 `json:"interval_ms"`
	Seq      uint64   `json:"seq"`
}

// readWatchMessage reads a text frame. The error is for the client; the message's ID is set if it could be read.
func readWatchMessage(text []byte) (m watchMessage, err error) {
	if err := json.Unmarshal(text, &m); err != nil {
		return watchMessage{ID: m.ID}, fmt.Errorf("message: %w", err)
	}
	switch {
	case m.ID == "":
		return m, errors.New("id: got none, want a name for the watch")
	case m.Action == "unwatch" || m.Action == "ack":
		return m, nil
	case m.Action != "watch":
		return m, fmt.Errorf("action: got %q, want watch, unwatch or ack", cut(m.Action))
	case m.Policy != "" && m.Policy != "every" && m.Policy != "latest":
		return m, fmt.Errorf("policy: got %q, want every or latest", cut(m.Policy))
	case m.Format != "" && m.Format != "json" && m.Format != "arrow":
		return m, fmt.Errorf("format: got %q, want json or arrow", cut(m.Format))
	case m.History < 0 || m.History > maxHistory:
		return m, fmt.Errorf("history: got %d, want 0 to %d", m.History, maxHistory)
	case m.Interval != nil && (*m.Interval < 0 || *m.Interval > 60_000):
		return m, fmt.Errorf("interval_ms: got %v, want 0 to 60000", *m.Interval)
	}
	return m, nil
}

// interval is the least time between two frames.
func (m watchMessage) interval() time.Duration {
	if m.Interval == nil {
		return defaultInterval
	}
	return time.Duration(*m.Interval * float64(time.Millisecond))
}
