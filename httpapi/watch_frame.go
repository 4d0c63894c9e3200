package httpapi

import (
	"strconv"

	"gw/gateway"
)

// frameBytes is how much data a frame of a watch carries before the rest waits for the next one.
const frameBytes = 1 << 20

// watchFrame is one frame of a watch before it is written.
type watchFrame struct {
	id                 []byte // as JSON
	name               string // the same as text
	seq                uint64
	snapshot           bool
	status             []byte // as JSON
	dropped, conflated uint64
}

// appendTo appends the frame with as many of ticks as it has room for, at least one, and returns the rest of them.
func (f watchFrame) appendTo(dst []byte, cat *catalog, ticks []*gateway.Tick) ([]byte, []*gateway.Tick) {
	dst = append(f.appendHead(dst), `,"ticks":[`...)
	begin := len(dst)
	for i, t := range ticks {
		if len(dst)-begin >= frameBytes {
			return append(dst, `]}`...), ticks[i:]
		}
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = cat.appendTick(dst, t)
	}
	return append(dst, `]}`...), nil
}

// appendHead appends what every frame has, without the closing brace.
func (f watchFrame) appendHead(dst []byte) []byte {
	dst = append(append(dst, `{"watch":`...), f.id...)
	dst = strconv.AppendUint(append(dst, `,"seq":`...), f.seq, 10)
	dst = strconv.AppendBool(append(dst, `,"snapshot":`...), f.snapshot)
	dst = append(append(dst, `,"status":`...), f.status...)
	dst = strconv.AppendUint(append(dst, `,"dropped":`...), f.dropped, 10)
	return strconv.AppendUint(append(dst, `,"conflated":`...), f.conflated, 10)
}

// appendTick appends one tick as frames of a watch hold it.
func (c *catalog) appendTick(dst []byte, t *gateway.Tick) []byte {
	dst = append(dst, c.tickHeads[gateway.Selector{Channel: t.Channel, Key: t.Key}]...)
	dst = append(append(dst, t.Time.String()...), `","cycle":`...)
	dst = strconv.AppendUint(dst, t.Cycle, 10)
	dst = strconv.AppendUint(append(dst, `,"n":`...), t.N, 10)
	dst = append(append(dst, `,"data":`...), t.JSON()...)
	return append(dst, '}')
}

// tickHead returns the beginning of a tick in a frame, up to its time.
func tickHead(s gateway.Selector) []byte {
	head := append([]byte(`{"channel":`), encode(s.Channel)...)
	head = append(append(head, `,"key":`...), encode(s.Key)...)
	return append(head, `,"time":"`...)
}

// refusal is the frame that says why there is no watch.
func refusal(id string, why error) []byte {
	return encode(struct {
		Watch string `json:"watch"`
		Error string `json:"error"`
	}{id, why.Error()})
}
