package httpapi

import (
	"cmp"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"gw/engine"
)

// The metrics, each read from the gateway when it is asked for: nothing is counted twice.
var (
	ticksDesc   = desc("gw_channel_ticks_total", "Ticks of a channel, over all keys of a basket.", "channel")
	jsonDesc    = desc("gw_channel_json_bytes_total", "Bytes of a channel's ticks as JSON, which is made of those that somebody reads.", "channel")
	lagDesc     = desc("gw_channel_lag_seconds", "Engine time since the last tick of a channel.", "channel")
	keysDesc    = desc("gw_state_keys", "Keys of a state view.", "view")
	scansDesc   = desc("gw_state_scans_total", "Queries of states that were answered from memory.")
	queriesDesc = desc("gw_state_duckdb_queries_total", "Queries of states that DuckDB was asked.")
	failDesc    = desc("gw_state_duckdb_failures_total", "Queries of states that DuckDB did not answer.")
	duckDesc    = desc("gw_state_duckdb_memory_bytes", "What the DuckDB of the states holds; 0 before a query needs it.")

	cycleDesc  = desc("gw_engine_cycles_total", "Engine cycles so far.")
	engineDesc = desc("gw_engine_time_seconds", "Engine time of the last cycle, in seconds since 1970.")
	tookDesc   = desc("gw_engine_cycle_duration_seconds", "How long cycles took, while somebody looks: see docs/api.md.")
	nodeDesc   = desc("gw_node_duration_seconds", "How long the calls of a node took, of the busiest nodes, while somebody looks.", "node")

	readyDesc    = desc("gw_ready", "1 while /ready answers 200.")
	socketsDesc  = desc("gw_connections", "Streams, watches and event readers that are open.")
	queueDesc    = desc("gw_connection_queue_ticks", "Ticks that wait for a client.", connectionLabels...)
	lostDesc     = desc("gw_connection_dropped_ticks_total", "Ticks that a client lost since it was too slow.", connectionLabels...)
	mergedDesc   = desc("gw_connection_conflated_ticks_total", "Ticks that newer ones replaced before a client took them.", connectionLabels...)
	waitingDesc  = desc("gw_next_waiting", "Calls of next that wait.")
	cutOffDesc   = desc("gw_stream_cut_off_total", "Clients of the stream that were closed since they did not read.")
	droppedDesc  = desc("gw_watch_dropped_total", "Ticks that watches and event readers lost since they were too slow.")
	conflateDesc = desc("gw_watch_conflated_total", "Ticks that newer ones of their key replaced in watches.")
	framesDesc   = desc("gw_socket_frames_total", "Frames written to WebSockets.")
	bytesDesc    = desc("gw_socket_bytes_total", "Bytes of the frames written to WebSockets.")
	answersDesc  = desc("gw_http_answers_total", "Answers of the API by the hundred of their status.", "status")

	allDescs = []*prometheus.Desc{
		ticksDesc, jsonDesc, lagDesc, keysDesc, scansDesc, queriesDesc, failDesc, duckDesc, cycleDesc, engineDesc, tookDesc, nodeDesc,
		readyDesc, socketsDesc, queueDesc, lostDesc, mergedDesc, waitingDesc, cutOffDesc, droppedDesc, conflateDesc, framesDesc,
		bytesDesc, answersDesc,
	}
	connectionLabels = []string{"connection", "kind", "client"}
)

// maxNodes is how many nodes the metrics name: those that took longest.
const maxNodes = 100

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

// collector reads the metrics of a Handler.
type collector struct{ h *Handler }

// Describe names the metrics.
func (c collector) Describe(out chan<- *prometheus.Desc) {
	for _, d := range allDescs {
		out <- d
	}
}

// Collect reads them.
func (c collector) Collect(out chan<- prometheus.Metric) {
	m := metrics(out)
	c.channels(m)
	c.engine(m)
	c.clients(m)
}

// metrics is where they go.
type metrics chan<- prometheus.Metric

func (m metrics) counter(d *prometheus.Desc, v uint64, labels ...string) {
	m <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(v), labels...)
}

func (m metrics) gauge(d *prometheus.Desc, v float64, labels ...string) {
	m <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
}

func (c collector) channels(m metrics) {
	now := c.h.g.Status().Time
	for _, p := range c.h.g.Ports() {
		m.counter(ticksDesc, p.Ticks(), p.Name)
		m.counter(jsonDesc, p.Bytes(), p.Name)
		if last := p.Time(); last != 0 {
			m.gauge(lagDesc, max(0, now.Std().Sub(last.Std()).Seconds()), p.Name)
		}
	}
	for _, view := range c.h.g.Views() {
		m.gauge(keysDesc, float64(c.h.g.StateKeys(view)), view)
	}
	s := c.h.g.StateStats()
	m.counter(scansDesc, s.Scans)
	m.counter(queriesDesc, s.Queries)
	m.counter(failDesc, s.Failures)
	m.gauge(duckDesc, float64(s.Memory))
}

func (c collector) engine(m metrics) {
	s := c.h.g.Status()
	m.counter(cycleDesc, s.Cycle)
	if s.Time != 0 {
		m.gauge(engineDesc, float64(s.Time.Std().UnixNano())/1e9)
	}
	ready := 0.0
	if len(c.h.unready()) == 0 {
		ready = 1
	}
	m.gauge(readyDesc, ready)
	p := c.h.timings.look()
	if p.Cycles.Count > 0 {
		m <- prometheus.MustNewConstHistogram(tookDesc, p.Cycles.Count, p.Cycles.Total.Seconds(), buckets(p.Cycles))
	}
	for _, n := range busiest(p.Nodes, maxNodes) {
		quantiles := map[float64]float64{0.5: n.Quantile(0.5).Seconds(), 0.99: n.Quantile(0.99).Seconds(), 1: n.Max.Seconds()}
		m <- prometheus.MustNewConstSummary(nodeDesc, n.Count, n.Total.Seconds(), quantiles, n.Path)
	}
}

// buckets are the cumulative counts of a histogram from 1 microsecond to 1 second.
func buckets(l engine.Latency) map[float64]uint64 {
	all, sum := map[float64]uint64{}, uint64(0)
	for i, n := range l.Buckets[:len(l.Buckets)-1] {
		sum += n
		if i >= 10 && i <= 30 {
			all[(time.Duration(1) << i).Seconds()] = sum
		}
	}
	return all
}

// busiest are the n nodes that took longest in all, and were called.
func busiest(nodes []engine.NodeProfile, n int) []engine.NodeProfile {
	called := slices.DeleteFunc(slices.Clone(nodes), func(p engine.NodeProfile) bool { return p.Count == 0 })
	slices.SortStableFunc(called, func(a, b engine.NodeProfile) int { return cmp.Compare(b.Total, a.Total) })
	return called[:min(n, len(called))]
}

func (c collector) clients(m metrics) {
	m.gauge(socketsDesc, float64(c.h.openSockets()))
	m.gauge(waitingDesc, float64(c.h.waiting.Load()))
	for _, one := range c.h.connections.all() {
		waiting, dropped, conflated := one.behind()
		m.gauge(queueDesc, float64(waiting), one.labels()...)
		m.counter(lostDesc, dropped, one.labels()...)
		m.counter(mergedDesc, conflated, one.labels()...)
	}
	n := &c.h.counts
	m.counter(cutOffDesc, n.cutOff.Load())
	m.counter(droppedDesc, n.dropped.Load())
	m.counter(conflateDesc, n.conflated.Load())
	m.counter(framesDesc, n.frames.Load())
	m.counter(bytesDesc, n.frameSize.Load())
	for i := 1; i < len(n.answers); i++ {
		m.counter(answersDesc, n.answers[i].Load(), string(rune('0'+i))+"xx")
	}
}
