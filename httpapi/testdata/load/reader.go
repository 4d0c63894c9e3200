package main

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"time"

	"github.com/gorilla/websocket"
)

// sampled is of how many frames one is looked into.
const sampled = 8

// stamp is what the sender's time of so many digits follows.
var stamp = []byte(`"y":"@`)

const nanosLength = 19

// reader follows a stream as cheaply as it can, so that the machine has time for the gateway: it reads large pieces and
// knows of most frames only the length.
type reader struct {
	ws            *websocket.Conn
	at            int // where the last stamp was
	turn          int // of the next frame to look into
	frames, bytes int
	ages          []time.Duration
}

// read counts frames until there are total of them, or time is over.
func (r *reader) read(total int, within time.Duration) {
	defer r.ws.Close()
	conn := r.ws.NetConn()
	conn.SetReadDeadline(time.Now().Add(within))
	buf, have := make([]byte, 32<<10), 0
	for r.frames < total {
		n, err := conn.Read(buf[have:])
		if err != nil {
			return
		}
		have += n
		used := r.parse(buf[:have], time.Now())
		have = copy(buf, buf[used:have])
	}
}

// parse takes the whole frames off data and returns how long they are together.
func (r *reader) parse(data []byte, now time.Time) (used int) {
	for len(data)-used >= 4 {
		head, size := 2, int(data[used+1])
		if size == 126 {
			head, size = 4, int(binary.BigEndian.Uint16(data[used+2:]))
		}
		if len(data)-used < head+size {
			break
		}
		if data[used]&15 == websocket.TextMessage {
			r.frame(data[used+head:used+head+size], now)
		} else {
			r.ws.WriteControl(websocket.PongMessage, nil, now.Add(time.Second))
		}
		used += head + size
	}
	r.bytes += used
	return used
}

// frame counts a frame that the sender has stamped, and tells the age of some.
func (r *reader) frame(text []byte, now time.Time) {
	if r.at+len(stamp)+nanosLength > len(text) || !bytes.HasPrefix(text[r.at:], stamp) {
		r.at = max(0, bytes.Index(text, stamp))
		if r.at == 0 || r.at+len(stamp)+nanosLength > len(text) {
			return // the gateway's own
		}
	}
	r.frames++
	if r.turn++; r.turn%sampled != 0 {
		return
	}
	nanos := text[r.at+len(stamp):][:nanosLength]
	if sent, err := strconv.ParseInt(string(nanos), 10, 64); err == nil {
		r.ages = append(r.ages, now.Sub(time.Unix(0, sent)))
	}
}
