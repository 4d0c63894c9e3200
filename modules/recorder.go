package modules

import (
	"os"
	"path/filepath"

	"gw/engine"
	"gw/gateway"
	"gw/internal/spool"
)

// A recorder writes lines of csp-gateway's recordings: one an engine cycle, channels in their order, the time last.
type recorder struct {
	ports []*gateway.Port
	spool *spool.Spool
	line  []byte
}

// open creates the file, which only its owner can read, and its folder.
func (r *recorder) open(path string, overwrite bool) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	flags := os.O_CREATE | os.O_WRONLY | os.O_APPEND
	if overwrite {
		flags = os.O_CREATE | os.O_WRONLY | os.O_TRUNC
	}
	f, err := os.OpenFile(path, flags, 0o600)
	if err != nil {
		return err
	}
	r.spool = spool.New(f, true)
	return nil
}

// put hands over the line of a cycle. tick gives what a channel, or a key of it, ticked in it, nil if it did not.
func (r *recorder) put(now engine.Time, tick func(p *gateway.Port, key string) *gateway.Tick) error {
	b := append(r.line[:0], '{')
	for _, p := range r.ports {
		b = append(appendQuoted(b, p.Name), ':')
		b = append(appendPort(b, p, tick), ',')
	}
	b = append(b, `"csp_engine_timestamp":"`...)
	b = now.Std().UTC().AppendFormat(b, "2006-01-02T15:04:05.999999999")
	r.line = append(b, "\"}\n"...)
	_, err := r.spool.Write(r.line)
	return err
}

// appendPort appends what a channel ticked, null if it did not.
func appendPort(b []byte, p *gateway.Port, tick func(*gateway.Port, string) *gateway.Tick) []byte {
	if p.Kind != gateway.KindBasket {
		t := tick(p, "")
		if t == nil {
			return append(b, "null"...)
		}
		return append(b, valueOf(t, lane{p, ""})...)
	}
	start := len(b)
	for _, key := range p.Keys() {
		if t := tick(p, key); t != nil {
			b = append(b, ',')
			b = append(appendQuoted(b, key), ':')
			b = append(b, valueOf(t, lane{p, key})...)
		}
	}
	if len(b) == start {
		return append(b, "null"...)
	}
	b[start] = '{'
	return append(b, '}')
}
