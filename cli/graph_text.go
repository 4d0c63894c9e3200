package cli

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"gw/gateway"
)

// drawText prints one table of the modules and one of the channels.
func drawText(w io.Writer, name string, t gateway.Topology) error {
	wires := wiresOf(t)
	fmt.Fprintf(w, "%s: %d modules, %d channels\n\n", cmp.Or(name, "gateway"), len(t.Modules), len(t.Channels))
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(table, "MODULE\tREADS\tSETS\n")
	for _, module := range parties(t, wires) {
		fmt.Fprintf(table, "%s\t%s\t%s\n", module,
			picked(wires, func(w wire) (string, bool) { return w.channel, w.reads && w.module == module }),
			picked(wires, func(w wire) (string, bool) { return w.named(w.channel), !w.reads && w.module == module }))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprint(table, "\nCHANNEL\tKIND\tTYPE\tSET BY\tREAD BY\n")
	for _, c := range t.Channels {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", c.Name, c.Kind, c.Type,
			picked(wires, func(w wire) (string, bool) { return w.named(w.module), !w.reads && w.channel == c.Name }),
			picked(wires, func(w wire) (string, bool) { return w.module, w.reads && w.channel == c.Name }))
	}
	return table.Flush()
}

// named adds the arrow's label to the name at one of its ends.
func (w wire) named(end string) string {
	if label := w.label(); label != "" {
		return end + " (" + label + ")"
	}
	return end
}

func picked(wires []wire, pick func(wire) (string, bool)) string {
	var names []string
	for _, w := range wires {
		if name, ok := pick(w); ok {
			names = append(names, name)
		}
	}
	return cmp.Or(strings.Join(names, ", "), "-")
}

// drawJSON prints the topology as the API's gw/graph gives it.
func drawJSON(w io.Writer, _ string, t gateway.Topology) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(t)
}
