package httpapi_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"gw/httpapi"
)

// frame checks the next frame against members that it must include.
func (s *socket) frame(want string) {
	s.t.Helper()
	if got := s.hear(); !includes(decode(s.t, got), decode(s.t, want)) {
		s.t.Errorf("got %s, want %s", got, want)
	}
}

func TestStreamSendsEveryTickOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		ws := s.dial("stream")
		ws.say(`{"action":"subscribe","channel":"example"}`)
		ws.say(`{"action":"subscribe","channel":"example"}`)
		ws.say(`{"action":"send","channel":"example","data":[{"x":1},{"x":2}]}`)
		ws.frame(`{"channel":"example","data":[{"x":1}]}`)
		ws.frame(`{"channel":"example","data":[{"x":2}]}`)
		ws.say(`{"action":"send","channel":"example","data":{"x":1,"id":"mine"}}`)
		ws.frame(`{"channel":"example","data":[{"id":"mine"}]}`)
		ws.say(`{"action":"unsubscribe","channel":"example"}`)
		ws.say(`{"action":"unsubscribe","channel":"example"}`)
		s.settled("send/example", `{"x":3}`)
		ws.say(`{"action":"subscribe","channel":"example_list"}`)
		s.tick("list 4 5")
		ws.frame(`{"channel":"example_list","data":[{"x":4},{"x":5}]}`)
		s.tick("list")
		if got := ws.hear(); got != `{"channel":"example_list","data":[]}` {
			t.Errorf("got %s", got)
		}
		ws.silent(time.Minute)
	})
}

func TestStreamBaskets(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		ws := s.dial("stream")
		ws.say(`{"action":"subscribe","channel":"basket"}`)
		ws.say(`{"action":"send","channel":"basket","data":{"x":5}}`)
		ws.say(`{"action":"send","channel":"basket","key":"B","data":{"x":5}}`)
		if got := ws.hear(); !strings.HasPrefix(got, `{"channel":"basket","key": "B","data":[{"id":"`) {
			t.Errorf("got %s", got)
		}
		ws.say(`{"action":"unsubscribe","channel":"basket","key":"A"}`)
		s.settled("send/basket", `{"A":{"x":1},"B":{"x":2},"C":{"x":3}}`)
		ws.frame(`{"channel":"basket","key":"B","data":[{"x":2}]}`)
		ws.frame(`{"channel":"basket","key":"C","data":[{"x":3}]}`)
		ws.say(`{"action":"unsubscribe","channel":"basket"}`)
		ws.say(`{"action":"subscribe","channel":"basket","key":"A"}`)
		s.settled("send/basket", `{"A":{"x":4},"B":{"x":5}}`)
		ws.frame(`{"channel":"basket","key":"A","data":[{"x":4}]}`)
		ws.say(`{"action":"subscribe","channel":"basket","key":2}`)
		ws.say(`{"action":"send","channel":"basket","key":2,"data":{"x":6}}`)
		ws.frame(`{"channel":"basket","key":"B","data":[{"x":6}]}`)
		ws.say(`{"action":"subscribe","channel":"basket","key":9}`)
		ws.silent(time.Minute)
	})
}

func TestS26StreamIgnoresWhatMakesNoSense(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		ws := s.dial("stream")
		ws.ws.WriteMessage(websocket.BinaryMessage, []byte{1, 2, 3})
		for _, text := range []string{
			`not JSON`, `[1]`, `5`, `null`, `{}`, `{"action":"subscribe","channel":["example"]}`,
			`{"action":"bad","channel":"example"}`, `{"action":"subscribe"}`, `{"action":"subscribe","channel":"nope"}`,
			`{"action":"subscribe","channel":"example","key":"A"}`, `{"action":"subscribe","channel":"example","key":""}`,
			`{"action":"subscribe","channel":"basket","key":"Z"}`, `{"action":"subscribe","channel":"never_ticks"}`,
			`{"action":"send","channel":"example","data":{"x":-1}}`, `{"action":"send","channel":"example","data":{}}`,
			`{"action":"send","channel":"str_basket","key":"a","data":{"x":5}}`, `{"action":"send","channel":"heartbeat","data":{"x":5}}`,
		} {
			ws.say(text)
		}
		ws.say(`{"action":"subscribe","channel":"example","key":null}`)
		ws.say(`{"action":"send","channel":"example","key":null,"data":{"x":9}}`)
		ws.frame(`{"channel":"example","data":[{"x":9}]}`)
		ws.silent(time.Minute)
	})
}

func TestStreamFramesOfAllLengths(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		ws := s.dial("stream")
		ws.say(`{"action":"subscribe","channel":"example_list"}`)
		ws.say(`{"action":"subscribe","channel":"example"}`)
		s.tick("list")
		ws.frame(`{"channel":"example_list","data":[]}`)
		for _, size := range []int{0, 1000, 70_000} {
			y := strings.Repeat("y", size)
			s.settled("send/example", fmt.Sprintf(`{"y":%q}`, y))
			ws.frame(fmt.Sprintf(`{"channel":"example","data":[{"y":%q}]}`, y))
		}
		ws.silent(time.Minute)
	})
}

// A pong has a deadline of its own on the same connection.
func TestStreamGoesOnAfterAPing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		ws := s.dial("stream")
		ws.say(`{"action":"subscribe","channel":"example"}`)
		for i := range 3 {
			s.settled("send/example", fmt.Sprintf(`{"x":%d}`, i))
			ws.frame(fmt.Sprintf(`{"channel":"example","data":[{"x":%d}]}`, i))
			ws.ws.WriteControl(websocket.PingMessage, []byte("there?"), time.Now().Add(time.Second))
			time.Sleep(2 * time.Second)
		}
	})
}

func TestFramesThatWaitGoOutInOneWrite(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		ws := s.dial("stream")
		ws.say(`{"action":"subscribe","channel":"example"}`)
		before := s.l.writes.Load()
		const many = 100
		s.settled("send/example", "["+strings.Repeat(`{"x":1},`, many-1)+`{"x":2}]`)
		for range many {
			ws.frame(`{"channel":"example","data":[{}]}`)
		}
		if got := s.l.writes.Load() - before; got > 5 {
			t.Errorf("%d frames went out in %d writes, want no more than 5", many, got)
		}
		ws.silent(time.Minute)
	})
}

func TestStreamControls(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		ws := s.dial("stream")
		ws.say(`{"action":"subscribe","channel":"controls"}`)
		ws.say(`{"action":"send","channel":"controls","data":{"name":"heartbeat"}}`)
		ws.frame(`{"channel":"controls","data":[{"name":"heartbeat","status":"ok"}]}`)
	})
}

func TestStreamHeartbeat(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		ws := s.dial("stream")
		ws.say(`{"action":"subscribe","channel":"heartbeat"}`)
		ws.say(`{"action":"subscribe","channel":"heartbeat"}`)
		start := time.Now()
		for range 3 {
			if got := ws.hear(); got != `{"channel": "heartbeat", "data": "PING"}` {
				t.Errorf("got %s", got)
			}
		}
		if got := time.Since(start); got != 3*time.Second {
			t.Errorf("three heartbeats took %v, want 3s", got)
		}
		ws.say(`{"action":"unsubscribe","channel":"heartbeat"}`)
		ws.silent(10 * time.Second)
	})
}

func TestReadOnlyStreamDoesNotSend(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{ReadOnly: true})
		ws := s.dial("stream")
		ws.say(`{"action":"subscribe","channel":"example"}`)
		ws.say(`{"action":"send","channel":"example","data":{"x":1}}`)
		ws.silent(time.Minute)
		for _, path := range []string{"send/example", "controls/shutdown", "gw/control"} {
			if got := s.post(path, `{}`); got.status != 403 || got.body != `{"detail":"read-only"}` {
				t.Errorf("POST %s: got %d %s", path, got.status, got.body)
			}
		}
	})
}

func TestSlowClientOfTheStreamIsCutOff(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{Queue: 10})
		slow, quick := s.dial("stream"), s.dial("stream")
		slow.say(`{"action":"subscribe","channel":"example"}`)
		quick.say(`{"action":"subscribe","channel":"example"}`)
		body := fmt.Sprintf(`{"y":%q}`, strings.Repeat("y", 10_000))
		for range 30 {
			s.settled("send/example", body)
			quick.hear()
		}
		var err error
		for err == nil {
			_, _, err = slow.ws.ReadMessage()
		}
		var closed *websocket.CloseError
		if !errors.As(err, &closed) || closed.Code != websocket.CloseTryAgainLater || closed.Text != "too slow: more than 10 ticks waiting" {
			t.Errorf("got %v, want close 1013", err)
		}
	})
}

func TestS26MessageThatIsTooLongEndsTheStream(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{MaxBody: 1000})
		ws := s.dial("stream")
		ws.say(strings.Repeat(" ", 1001))
		if _, _, err := ws.ws.ReadMessage(); !websocket.IsCloseError(err, websocket.CloseMessageTooBig) {
			t.Errorf("got %v, want close 1009", err)
		}
		ws = s.dial("stream")
		ws.say("\xff\xfe")
		if _, _, err := ws.ws.ReadMessage(); !websocket.IsCloseError(err, websocket.CloseInvalidFramePayloadData) {
			t.Errorf("got %v, want close 1007", err)
		}
	})
}

func TestSilentClientIsGivenUp(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		ws := s.dial("stream")
		pings := 0
		ws.ws.SetPingHandler(func(string) error { pings++; return nil }) // and no pong
		if _, _, err := ws.ws.ReadMessage(); err == nil || pings == 0 {
			t.Errorf("got %v after %d pings, want the end of the connection", err, pings)
		}
		synctest.Wait()
	})
}
