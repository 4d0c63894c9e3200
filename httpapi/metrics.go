package httpapi

import (
	"net/http"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// counts are what the API counts by itself.
type counts struct {
	cutOff    atomic.Uint64 // clients of the stream that were too slow
	dropped   atomic.Uint64 // ticks that watches dropped
	conflated atomic.Uint64 // ticks that newer ones replaced in watches
	frames    atomic.Uint64
	frameSize atomic.Uint64
	answers   [6]atomic.Uint64 // by the hundred of their status
}

// newMetrics returns what serves the metrics of h, with those of the process and the Go runtime.
func newMetrics(h *Handler) http.Handler {
	r := prometheus.NewRegistry()
	r.MustRegister(collector{h}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return promhttp.HandlerFor(r, promhttp.HandlerOpts{})
}

func (h *Handler) metrics(w http.ResponseWriter, r *http.Request, _ string) error {
	h.scraped.ServeHTTP(w, r)
	return nil
}
