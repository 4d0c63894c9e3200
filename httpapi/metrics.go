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

// The metrics, each read from the gateway when it is asked for: nothing is counted twice.
var (
	ticksDesc    = prometheus.NewDesc("gw_channel_ticks_total", "Ticks of a channel, over all keys of a basket.", []string{"channel"}, nil)
	lagDesc      = prometheus.NewDesc("gw_channel_lag_seconds", "Engine time since the last tick of a channel.", []string{"channel"}, nil)
	cycleDesc    = prometheus.NewDesc("gw_engine_cycles_total", "Engine cycles so far.", nil, nil)
	engineDesc   = prometheus.NewDesc("gw_engine_time_seconds", "Engine time of the last cycle, in seconds since 1970.", nil, nil)
	runningDesc  = prometheus.NewDesc("gw_ready", "1 while /ready answers 200.", nil, nil)
	socketsDesc  = prometheus.NewDesc("gw_connections", "Streams, watches and event readers that are open.", nil, nil)
	waitingDesc  = prometheus.NewDesc("gw_next_waiting", "Calls of next that wait.", nil, nil)
	cutOffDesc   = prometheus.NewDesc("gw_stream_cut_off_total", "Clients of the stream that were closed since they did not read.", nil, nil)
	droppedDesc  = prometheus.NewDesc("gw_watch_dropped_total", "Ticks that watches dropped for slow readers.", nil, nil)
	conflateDesc = prometheus.NewDesc("gw_watch_conflated_total", "Ticks that newer ones of their key replaced in watches.", nil, nil)
	framesDesc   = prometheus.NewDesc("gw_socket_frames_total", "Frames written to WebSockets.", nil, nil)
	bytesDesc    = prometheus.NewDesc("gw_socket_bytes_total", "Bytes of the frames written to WebSockets.", nil, nil)
	answersDesc  = prometheus.NewDesc("gw_http_answers_total", "Answers of the API by the hundred of their status.", []string{"status"}, nil)
)

// collector reads the metrics of a Handler.
type collector struct{ h *Handler }

// Describe names the metrics.
func (c collector) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		ticksDesc, lagDesc, cycleDesc, engineDesc, runningDesc, socketsDesc, waitingDesc, cutOffDesc, droppedDesc,
		conflateDesc, framesDesc, bytesDesc, answersDesc,
	} {
		out <- d
	}
}

// Collect reads them.
func (c collector) Collect(out chan<- prometheus.Metric) {
	counter := func(d *prometheus.Desc, v uint64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(v), labels...)
	}
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	s := c.h.g.Status()
	for _, p := range c.h.g.Ports() {
		counter(ticksDesc, p.Ticks(), p.Name)
		if last := p.Time(); last != 0 {
			gauge(lagDesc, max(0, s.Time.Std().Sub(last.Std()).Seconds()), p.Name)
		}
	}
	counter(cycleDesc, s.Cycle)
	if s.Time != 0 {
		gauge(engineDesc, float64(s.Time.Std().UnixNano())/1e9)
	}
	ready := 0.0
	if len(c.h.unready()) == 0 {
		ready = 1
	}
	gauge(runningDesc, ready)
	gauge(socketsDesc, float64(c.h.openSockets()))
	gauge(waitingDesc, float64(c.h.waiting.Load()))
	n := &c.h.counts
	counter(cutOffDesc, n.cutOff.Load())
	counter(droppedDesc, n.dropped.Load())
	counter(conflateDesc, n.conflated.Load())
	counter(framesDesc, n.frames.Load())
	counter(bytesDesc, n.frameSize.Load())
	for i := 1; i < len(n.answers); i++ {
		counter(answersDesc, n.answers[i].Load(), string(rune('0'+i))+"xx")
	}
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
