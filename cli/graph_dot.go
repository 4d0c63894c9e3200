package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"gw/gateway"
)

// drawDOT prints a digraph for Graphviz: modules are boxes, channels ellipses, feedback is dashed.
func drawDOT(w io.Writer, name string, t gateway.Topology) error {
	var b strings.Builder
	wires := wiresOf(t)
	fmt.Fprintf(&b, "digraph %s {\n  rankdir=LR;\n  node [fontname=\"monospace\"];\n", dotQuote(cmp.Or(name, "gateway")))
	for _, m := range parties(t, wires) {
		style := ""
		if !slices.Contains(t.Modules, m) {
			style = ", style=dotted"
		}
		fmt.Fprintf(&b, "  %s [label=%s, shape=box%s];\n", dotQuote("module "+m), dotQuote(m), style)
	}
	for _, c := range t.Channels {
		fmt.Fprintf(&b, "  %s [label=%s, shape=ellipse];\n", dotQuote("channel "+c.Name), dotQuote(c.Name))
	}
	for _, e := range wires {
		from, to := dotQuote("module "+e.module), dotQuote("channel "+e.channel)
		if e.reads {
			from, to = to, from
		}
		fmt.Fprintf(&b, "  %s -> %s%s;\n", from, to, dotStyle(e))
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func dotStyle(e wire) string {
	switch {
	case e.feedback:
		return ` [label=` + dotQuote(e.label()) + `, style=dashed, constraint=false]`
	case e.label() != "":
		return ` [label=` + dotQuote(e.label()) + `]`
	}
	return ""
}

func dotQuote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}
