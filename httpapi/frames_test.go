package httpapi_test

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"gw/httpapi"
)

// The frames of RFC 6455 to the bit, as the public test suites of WebSockets have them: lengths, pings, reserved bits and
// opcodes, fragments, UTF-8, closing.

const (
	fin         = 0x80
	opContinue  = 0x0
	opText      = 0x1
	opBinary    = 0x2
	opClose     = 0x8
	opPing      = 0x9
	opPong      = 0xA
	subscribing = `{"action":"subscribe","channel":"example"}`
)

// rawSocket is a WebSocket whose frames a test makes itself.
type rawSocket struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
}

func (s *site) dialRaw(path string) *rawSocket {
	s.t.Helper()
	conn, err := s.l.Dial(s.t.Context(), "tcp", "host:80")
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { conn.Close() })
	io.WriteString(conn, "GET "+p+path+" HTTP/1.1\r\nHost: host\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
	in := bufio.NewReader(conn)
	resp, err := http.ReadResponse(in, nil)
	if err != nil || resp.StatusCode != http.StatusSwitchingProtocols || resp.Header.Get("Sec-WebSocket-Accept") != "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" {
		s.t.Fatal(resp, err)
	}
	return &rawSocket{s.t, conn, in}
}

// frame is a frame of a client: head is the first byte, the payload is masked.
func frame(head byte, payload string) string {
	b := []byte{head}
	switch n := len(payload); {
	case n < 126:
		b = append(b, 0x80|byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 0x80|126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 0x80|127), uint64(n))
	}
	mask := []byte{0x12, 0x34, 0x56, 0x78}
	b = append(b, mask...)
	for i := range len(payload) {
		b = append(b, payload[i]^mask[i%4])
	}
	return string(b)
}

// hear returns the next frame of the server; opcode 0 when the connection has ended.
func (s *rawSocket) hear() (opcode byte, payload string) {
	head := make([]byte, 2)
	if _, err := io.ReadFull(s.in, head); err != nil {
		return 0, ""
	}
	n := uint64(head[1])
	switch n {
	case 126:
		wide := make([]byte, 2)
		io.ReadFull(s.in, wide)
		n = uint64(binary.BigEndian.Uint16(wide))
	case 127:
		wide := make([]byte, 8)
		io.ReadFull(s.in, wide)
		n = binary.BigEndian.Uint64(wide)
	}
	body := make([]byte, n)
	io.ReadFull(s.in, body)
	return head[0] & 0xF, string(body)
}

// outcome is what comes of frames: "tick" if the connection lives and is subscribed, "pong TEXT", "close CODE".
func (s *site) outcome(frames string) string {
	s.t.Helper()
	ws := s.dialRaw("stream")
	defer ws.conn.Close()
	io.WriteString(ws.conn, frames)
	synctest.Wait()
	s.settled("send/example", `{"x":1}`)
	switch opcode, payload := ws.hear(); opcode {
	case opText:
		return "tick"
	case opPong:
		return "pong " + payload
	case opClose:
		if len(payload) < 2 {
			return "close"
		}
		return "close " + strings.TrimLeft(string(appendInt(nil, binary.BigEndian.Uint16([]byte(payload)))), "0")
	case 0:
		return "gone"
	default:
		return "frame " + payload
	}
}

func appendInt(dst []byte, n uint16) []byte {
	for div := uint16(10000); div > 0; div /= 10 {
		dst = append(dst, '0'+byte(n/div%10))
	}
	return dst
}

func closing(code uint16, reason string) string {
	return frame(fin|opClose, string(binary.BigEndian.AppendUint16(nil, code))+reason)
}

// padded is the subscription as a text of n bytes.
func padded(n int) string { return subscribing + strings.Repeat(" ", n-len(subscribing)) }

func TestR16Frames(t *testing.T) {
	subscribe := frame(fin|opText, subscribing)
	half := len(subscribing) / 2
	cases := []struct{ name, frames, want string }{
		{"text", subscribe, "tick"},
		{"text of 125 bytes", frame(fin|opText, padded(125)), "tick"},
		{"text of 126 bytes", frame(fin|opText, padded(126)), "tick"},
		{"text of 65535 bytes", frame(fin|opText, padded(65535)), "tick"},
		{"text of 65536 bytes", frame(fin|opText, padded(65536)), "tick"},
		{"empty text before", frame(fin|opText, "") + subscribe, "tick"},
		{"binary before", frame(fin|opBinary, "\xfe\xff") + subscribe, "tick"},
		{"ping", frame(fin|opPing, "payload"), "pong payload"},
		{"empty ping", frame(fin|opPing, ""), "pong "},
		{"ping of 125 bytes", frame(fin|opPing, strings.Repeat("x", 125)), "pong " + strings.Repeat("x", 125)},
		{"ping of 126 bytes", frame(fin|opPing, strings.Repeat("x", 126)), "close 1002"},
		{"pong nobody asked for", frame(fin|opPong, "x") + subscribe, "tick"},
		{"reserved bit 1", frame(fin|0x40|opText, subscribing), "close 1002"},
		{"reserved bit 2", frame(fin|0x20|opText, subscribing), "close 1002"},
		{"reserved bit 3", frame(fin|0x10|opPing, ""), "close 1002"},
		{"not masked", string([]byte{fin | opText, 2}) + "{}", "close 1002"},
		{"two fragments", frame(opText, subscribing[:half]) + frame(fin|opContinue, subscribing[half:]), "tick"},
		{"a ping between fragments", frame(opText, subscribing[:half]) + frame(fin|opPing, "p") + frame(fin|opContinue, subscribing[half:]), "pong p"},
		{"an empty fragment at the end", frame(opText, subscribing) + frame(fin|opContinue, ""), "tick"},
		{"fragmented ping", frame(opPing, "p"), "close 1002"},
		{"continuation of nothing", frame(fin|opContinue, "x"), "close 1002"},
		{"text within a text", frame(opText, "a") + frame(fin|opText, "b"), "close 1002"},
		{"UTF-8 split over fragments", frame(opText, "\"\xc3") + frame(fin|opContinue, "\xbc\"") + subscribe, "tick"},
		{"text that is no UTF-8", frame(fin|opText, "\xce\xba\xe1\xbd\xb9\xed\xa0\x80"), "close 1007"},
		{"text that breaks off within a character", frame(fin|opText, "\"\xc3"), "close 1007"},
		{"close", frame(fin|opClose, ""), "close"},
		{"close with a code", closing(1000, "bye"), "close 1000"},
		{"close of half a code", frame(fin|opClose, "\x03"), "close"}, // the library takes it for none
		{"close with a private code", closing(3000, ""), "close 3000"},
		{"close with a reason of 124 bytes", closing(1000, strings.Repeat("x", 124)), "close 1002"},
		{"close with a reason that is no UTF-8", closing(1000, "\xff"), "close 1002"},
	}
	for _, opcode := range []byte{3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF} {
		cases = append(cases, struct{ name, frames, want string }{"opcode " + string(appendInt(nil, uint16(opcode))), frame(fin|opcode, ""), "close 1002"})
	}
	for _, code := range []uint16{0, 999, 1004, 1005, 1006, 1016, 2999, 5000, 65535} {
		cases = append(cases, struct{ name, frames, want string }{"close code " + string(appendInt(nil, code)), closing(code, ""), "close 1002"})
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				if got := open(t, httpapi.Config{}).outcome(tc.frames); got != tc.want {
					t.Errorf("got %s, want %s", got, tc.want)
				}
			})
		})
	}
}
