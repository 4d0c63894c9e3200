package httpapi_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/julienschmidt/httprouter"

	"gw/gateway"
	"gw/httpapi"
)

// served is the API of a running omnibus with one value on example.
func served(b *testing.B) *httpapi.Handler {
	b.Helper()
	g, _ := newOmnibus()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- g.Run(ctx, gateway.RunConfig{Realtime: true}) }()
	b.Cleanup(func() {
		cancel()
		<-done
	})
	<-g.Ready()
	h := httpapi.New(g, httpapi.Config{})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("POST", "http://localhost"+p+"send/example", strings.NewReader(`{"x":1,"data":[1,2,3]}`)))
	if w.Code != 200 {
		b.Fatal(w.Code, w.Body)
	}
	for {
		a, err := g.Last(ctx, "example", "")
		if err != nil {
			b.Fatal(err)
		}
		if len(a.Records) > 0 {
			return h
		}
	}
}

// sink takes an answer and keeps its length.
type sink struct {
	header http.Header
	status int
	bytes  int
}

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) WriteHeader(status int)      { s.status = status }
func (s *sink) Write(b []byte) (int, error) { s.bytes += len(b); return len(b), nil }

// BenchmarkLast compares an answer of last with that of a bare handler of the same router and body, both without a
// network.
func BenchmarkLast(b *testing.B) {
	h := served(b)
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "http://localhost"+p+"last/example", nil)
	h.ServeHTTP(w, r)
	body := w.Body.Bytes()
	bare := httprouter.New()
	bare.GET(p+"last/example", func(w http.ResponseWriter, r *http.Request, _ httprouter.Params) {
		w.Header().Set("Content-Type", "application/json")
		w.Write(body)
	})
	for name, serve := range map[string]http.Handler{"gw": h, "bare": bare} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s := &sink{header: http.Header{}}
				serve.ServeHTTP(s, r)
				if s.bytes != len(body) {
					b.Fatal(s.status, s.bytes)
				}
			}
		})
	}
}

// BenchmarkSend is a send of one value through the whole of the API into the engine.
func BenchmarkSend(b *testing.B) {
	h := served(b)
	const body = `{"x":1,"y":"a","data":[1,2,3]}`
	b.ReportAllocs()
	for b.Loop() {
		s := &sink{header: http.Header{}}
		h.ServeHTTP(s, httptest.NewRequest("POST", "http://localhost"+p+"send/example", strings.NewReader(body)))
		if s.status != 200 && s.status != 429 {
			b.Fatal(s.status)
		}
	}
}
