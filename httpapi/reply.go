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
	cache []string
	total *counts
	heads atomic.Pointer[bodyHead]
	stamp atomic.Pointer[stamp]
}

// stamp is an engine time and cycle as the headers Gw-Time and Gw-Cycle show them.
type stamp struct {
	at          engine.Time
	cycle       uint64
	time, count []string
}

func newReply(total *counts) *reply {
	return &reply{total: total, json: []string{jsonType}, cache: []string{"private, no-cache"}}
}

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
	p.body(w, r, http.StatusOK, body)
}

// value writes v as JSON.
func (p *reply) value(w http.ResponseWriter, r *http.Request, status int, v any) {
	p.body(w, r, status, encode(v))
}

// body writes JSON. What a GET succeeds with has an ETag, so that who asks again for the same gets 304; long bodies are
// compressed for who takes that.
func (p *reply) body(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	p.total.answers[status/100].Add(1)
	h := w.Header()
	head := p.head(body)
	if status == http.StatusOK && r.Method == http.MethodGet {
		h["Etag"], h["Cache-Control"] = head.tag, p.cache
		if r.Header["If-None-Match"] != nil && matchesTag(r.Header.Get("If-None-Match"), head.tag[0]) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	h["Content-Type"] = p.json
	if len(body) >= compressFrom { // the server counts shorter ones by itself, for less than a line of the map costs
		body = compressed(h, r, body)
		h["Content-Length"] = []string{strconv.Itoa(len(body))}
	}
	w.WriteHeader(status)
	w.Write(body)
}

// bodyHead is what the headers say about a body. Many answers between two ticks have the same bytes at the same place,
// which stay there as long as somebody remembers them.
type bodyHead struct {
	body []byte
	tag  []string
}

func (p *reply) head(body []byte) *bodyHead {
	if have := p.heads.Load(); have != nil && len(body) > 0 && len(have.body) == len(body) && &have.body[0] == &body[0] {
		return have
	}
	made := &bodyHead{body, []string{etag(body)}}
	p.heads.Store(made)
	return made
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
