package httpapi

import (
	_ "embed"
	"net/http"

	"gw/gateway"
	"gw/httpapi/auth"
)

// mountGraph mounts who sets and gets what, as JSON and as a page.
func (h *Handler) mountGraph(t *routes, paths []string) {
	for _, path := range paths {
		t.add("GET", h.cfg.Prefix+below(path, graphPath), auth.Read, h.channelsGraph)
	}
	if len(paths) > 0 {
		t.add("GET", graphPath, auth.Read, h.graphPage)
	}
}

// graphPath is where the graph is, at the root as a page and below the API as JSON.
const graphPath = "/channels_graph"

// wires are the modules around one channel.
type wires struct {
	Getters []string `json:"getters"`
	Setters []string `json:"setters"`
}

func (h *Handler) channelsGraph(w http.ResponseWriter, r *http.Request, _ string) error {
	var all object
	for _, c := range h.g.Topology().Channels {
		all = append(all, member{c.Name, wires{c.Getters, c.Setters}})
	}
	h.reply.value(w, r, http.StatusOK, all)
	return nil
}

// drawn is the graph as the page draws it: a box a channel, with what sets it on the left and what gets it on the right.
type drawn struct {
	Title         string
	Base          string
	Width, Height int
	Rows          []drawnChannel
}

type drawnChannel struct {
	gateway.ChannelNode
	Top, Height, Middle int
	Left, Right         []drawnModule
}

type drawnModule struct {
	Name     string
	Y        int
	Feedback bool
}

// The measures of the drawing, in pixels.
const (
	graphWidth = 1080
	rowHeight  = 26
	rowGap     = 18
)

func (h *Handler) graphPage(w http.ResponseWriter, r *http.Request, _ string) error {
	d := drawn{Title: h.cfg.Title, Base: h.cfg.Base, Width: graphWidth}
	top := rowGap
	for _, c := range h.g.Topology().Channels {
		lines := max(1, len(c.Setters), len(c.Getters))
		row := drawnChannel{ChannelNode: c, Top: top, Height: lines * rowHeight, Middle: top + lines*rowHeight/2}
		row.Left, row.Right = drawModules(c.Setters, top, c.Feedback), drawModules(c.Getters, top, nil)
		d.Rows = append(d.Rows, row)
		top += row.Height + rowGap
	}
	d.Height = top
	return h.html(w, "graph", d)
}

func drawModules(names []string, top int, feedback []string) []drawnModule {
	var all []drawnModule
	for i, name := range names {
		all = append(all, drawnModule{name, top + i*rowHeight + rowHeight/2, contains(feedback, name)})
	}
	return all
}
