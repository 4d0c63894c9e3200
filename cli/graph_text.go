package cli

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"gw/gateway"
)

// drawText prints one table of the modules and one of the channels.
func drawText(w io.Writer, name string, t gateway.Topology) error {
	fmt.Fprintf(w, "%s: %d modules, %d channels\n\n", cmp.Or(name, "gateway"), len(t.Modules), len(t.Channels))
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(table, "MODULE\tGETS\tSETS\n")
	for _, module := range t.Modules {
		gets, sets := usesOf(t, module)
		fmt.Fprintf(table, "%s\t%s\t%s\n", module, listed(gets), listed(sets))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprint(table, "\nCHANNEL\tKIND\tTYPE\tSET BY\tREAD BY\n")
	for _, c := range t.Channels {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", c.Name, c.Kind, c.Type, listed(c.Setters), listed(readers(c)))
	}
	return table.Flush()
}

// drawJSON prints the topology as the API's gw/graph gives it.
func drawJSON(w io.Writer, _ string, t gateway.Topology) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(t)
}

// usesOf lists the channels that a module gets, those through feedback marked, and the ones it sets.
func usesOf(t gateway.Topology, module string) (gets, sets []string) {
	for _, c := range t.Channels {
		switch {
		case slices.Contains(c.Feedback, module):
			gets = append(gets, c.Name+" ↺")
		case slices.Contains(c.Getters, module):
			gets = append(gets, c.Name)
		}
		if slices.Contains(c.Setters, module) {
			sets = append(sets, c.Name)
		}
	}
	return gets, sets
}

// readers lists a channel's getters, those through feedback marked.
func readers(c gateway.ChannelNode) []string {
	var names []string
	for _, name := range c.Getters {
		if slices.Contains(c.Feedback, name) {
			name += " ↺"
		}
		names = append(names, name)
	}
	return names
}

func listed(names []string) string {
	return cmp.Or(strings.Join(names, ", "), "-")
}
