package main

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gorilla/websocket"
)

// stalled is a client that subscribes and never reads, with little room in its own system for what comes.
type stalled struct {
	ws  *websocket.Conn
	cut atomic.Int64 // nanoseconds until the gateway counted it as cut off
}

func (s *stalled) open(l *load) error {
	narrow := net.Dialer{Control: func(_, _ string, c syscall.RawConn) error {
		return c.Control(func(fd uintptr) { syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 4096) })
	}}
	before, err := cutOff(l.url)
	if err != nil {
		return err
	}
	if s.ws, err = l.subscribe(&websocket.Dialer{NetDialContext: narrow.DialContext}); err != nil {
		return err
	}
	go s.watch(l.url, before)
	return nil
}

// watch asks the gateway now and then whether it has cut the client off.
func (s *stalled) watch(url string, before int) {
	for start := time.Now(); ; time.Sleep(500 * time.Millisecond) {
		if now, err := cutOff(url); err != nil || now > before {
			s.cut.Store(int64(time.Since(start)))
			return
		}
	}
}

// cutOff returns how many clients of the stream the gateway has cut off so far.
func cutOff(url string) (int, error) {
	res, err := http.Get(url + "/metrics")
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, err
	}
	_, rest, found := bytes.Cut(text, []byte("\ngw_stream_cut_off_total "))
	if !found {
		return 0, errors.New("the gateway has no metric gw_stream_cut_off_total")
	}
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	return strconv.Atoi(string(line))
}
