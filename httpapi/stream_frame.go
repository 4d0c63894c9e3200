package httpapi

import (
	"encoding/binary"

	"gw/gateway"
)

// bulkBytes is from how many bytes on waiting frames are written, before the rest of them is laid out.
const bulkBytes = 64 << 10

// framer lays ticks out as the stream sends them. It remembers how the last frame began, since most are like the one
// before.
type framer struct {
	heads map[gateway.Selector][]byte
	last  gateway.Selector
	head  []byte // of last
}

// append appends a tick as a frame of the WebSocket (RFC 6455, 5.2: final, text, not masked). The bytes are the same for
// every client, and any number of frames may follow each other in one write.
func (f *framer) append(dst []byte, t *gateway.Tick) []byte {
	if s := (gateway.Selector{Channel: t.Channel, Key: t.Key}); s != f.last || f.head == nil {
		f.last, f.head = s, f.heads[s]
	}
	data := t.JSON()
	dst = appendTextHeader(dst, len(f.head)+len(data)+1)
	return append(append(append(dst, f.head...), data...), '}')
}

// appendTextHeader appends the header of a text frame with so many bytes.
func appendTextHeader(dst []byte, size int) []byte {
	const finalText, length16, length64 = 0x81, 126, 127
	switch {
	case size < length16:
		return append(dst, finalText, byte(size))
	case size < 1<<16:
		return binary.BigEndian.AppendUint16(append(dst, finalText, length16), uint16(size))
	}
	return binary.BigEndian.AppendUint64(append(dst, finalText, length64), uint64(size))
}
