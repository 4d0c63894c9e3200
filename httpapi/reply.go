package httpapi

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"sync/atomic"

	"gw/engine"
	"gw/gateway"
)

const jsonType = "application/json"

// reply writes JSON answers. It keeps the header values of the engine time it wrote last, since most answers between
// two cycles carry the same.
type reply struct {
	json  []string
	stamp atomic.Pointer[stamp]
}

// stamp is an engine time and cycle as the headers Gw-Time and Gw-Cycle show them.
type stamp struct {
	at          engine.Time
	cycle       uint64
	time, count []string
}

func newReply() *reply { return &reply{json: []string{jsonType}} }

// answer writes what the gateway knows, with the time at which it was true.
func (p *reply) answer(w http.ResponseWriter, r *http.Request, a *gateway.Answer) {
	p.stamped(w, r, a.Time, a.Cycle, a.JSON())
}

// stamped writes a body that was true at an engine time and cycle.
func (p *reply) stamped(w http.ResponseWriter, r *http.Request, at engine.Time, cycle uint64, body []byte) {
	s := p.stamp.Load()
	if s == nil || s.at != at || s.cycle != cycle {
		s = &stamp{at, cycle, []string{at.String()}, []string{strconv.FormatUint(cycle, 10)}}
		p.stamp.Store(s)
	}
	h := w.Header()
	h["Gw-Time"], h["Gw-Cycle"] = s.time, s.count
	p.body(w, http.StatusOK, body)
}

// value writes v as JSON.
func (p *reply) value(w http.ResponseWriter, status int, v any) {
	p.body(w, status, encode(v))
}

func (p *reply) body(w http.ResponseWriter, status int, body []byte) {
	h := w.Header()
	h["Content-Type"] = p.json
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(status)
	w.Write(body)
}

// encode returns v as JSON without escaping '<', '>' and '&', as the API writes it. A value that cannot be written
// becomes null.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return []byte("null")
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
