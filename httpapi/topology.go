package httpapi

import (
	"net/http"
	"strings"

	"gw/engine"
	"gw/gateway"
)

// topologyBody is the answer of gw/graph: how the gateway is wired, and how it works at the moment.
type topologyBody struct {
	Modules  []string      `json:"modules"`
	Channels []liveChannel `json:"channels"`
	Timings  *timingsBody  `json:"timings,omitempty"` // if asked for
}

// liveChannel is a channel in the graph with what ticks on it.
type liveChannel struct {
	gateway.ChannelNode
	Ticks uint64  `json:"ticks"`
	Rate  float64 `json:"rate"`
}

// timingsBody is how long cycles and nodes took since somebody began to look. Times are nanoseconds.
type timingsBody struct {
	Cycles timingBody   `json:"cycles"`
	Nodes  []nodeTiming `json:"nodes"`
	// Longest is the path of nodes that took longest together, what no cycle can be quicker than.
	Longest []int `json:"longest"`
}

type timingBody struct {
	Count uint64 `json:"count"`
	Total int64  `json:"total_ns"`
	Mean  int64  `json:"mean_ns"`
	P99   int64  `json:"p99_ns"`
	Max   int64  `json:"max_ns"`
}

type nodeTiming struct {
	ID   int    `json:"id"`
	Path string `json:"path"`
	Kind string `json:"kind"`
	timingBody
}

func timingOf(l engine.Latency) timingBody {
	return timingBody{l.Count, l.Total.Nanoseconds(), l.Mean().Nanoseconds(), l.Quantile(0.99).Nanoseconds(), l.Max.Nanoseconds()}
}

// graph answers with the modules and channels and how they are wired, with ?timings=true also how long nodes took.
func (h *Handler) graph(w http.ResponseWriter, r *http.Request, _ string) error {
	t := h.g.Topology()
	body := topologyBody{Modules: t.Modules, Channels: []liveChannel{}}
	now := h.rateTime()
	for _, c := range t.Channels {
		live := liveChannel{ChannelNode: c}
		if p, ok := h.g.Port(c.Name); ok {
			live.Ticks, live.Rate = p.Ticks(), rounded(p.Rate(now))
		}
		body.Channels = append(body.Channels, live)
	}
	text, _ := queryParameter(r, "timings")
	switch strings.ToLower(text) {
	case "", "false", "0":
	case "true", "1":
		body.Timings = h.timed()
	default:
		return inQuery(problem("bool_parsing", "timings", "Input should be a valid boolean, unable to interpret input", cut(text)))
	}
	h.now(w, r, body)
	return nil
}

// timed is what the profiler has measured.
func (h *Handler) timed() *timingsBody {
	p := h.timings.look()
	b := &timingsBody{Cycles: timingOf(p.Cycles), Nodes: []nodeTiming{}, Longest: append([]int{}, p.Longest...)}
	for _, n := range p.Nodes {
		b.Nodes = append(b.Nodes, nodeTiming{n.ID, n.Path, n.Kind, timingOf(n.Latency)})
	}
	return b
}

const (
	timingSchema = `"count":{"type":"integer"},"total_ns":{"type":"integer"},"mean_ns":{"type":"integer"},"p99_ns":{"type":"integer"},"max_ns":{"type":"integer"}`

	graphSchema = `{"type":"object","properties":{"modules":` + namesSchema + `,"channels":{"type":"array","items":{"type":"object",` +
		`"properties":{"name":{"type":"string"},"kind":{"type":"string"},"type":{"type":"string"},"getters":` + namesSchema +
		`,"setters":` + namesSchema + `,"feedback":` + namesSchema + `,"ticks":{"type":"integer"},"rate":{"type":"number","description":"ticks a second of engine time"}}}},` +
		`"timings":{"type":"object","description":"nanoseconds since somebody began to look","properties":{"cycles":{"type":"object","properties":{` + timingSchema + `}},` +
		`"nodes":{"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"},"path":{"type":"string"},"kind":{"type":"string"},` + timingSchema + `}}},` +
		`"longest":{"type":"array","items":{"type":"integer"}}}}}}`
)
