package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"gw/gateway"
)

// drawDOT prints a digraph for Graphviz: modules are boxes, channels ellipses, feedback is dashed.
func drawDOT(w io.Writer, name string, t gateway.Topology) error {
	var b strings.Builder
	wires := wiresOf(t)
	fmt.Fprintf(&b, "digraph %s {\n  rankdir=LR;\n  node [fontname=\"monospace\"];\n", dotQuote(cmp.Or(name, "gateway")))
	for _, m := range t.Modules {
		fmt.Fprintf(&b, "  %s [label=%s, shape=box];\n", dotQuote("module "+m), dotQuote(m))
	}
	for _, m := range outsiders(wires) {
		fmt.Fprintf(&b, "  %s [label=%s, shape=box, style=dotted];\n", dotQuote("module "+m), dotQuote(m))
	}
	for _, c := range t.Channels {
		fmt.Fprintf(&b, "  %s [label=%s, shape=ellipse];\n", dotQuote("channel "+c.Name), dotQuote(c.Name))
	}
	for _, e := range wires {
		from, to := "module "+e.from, "channel "+e.to
		if e.fromChan {
			from, to = "channel "+e.from, "module "+e.to
		}
		style := ""
		if e.feedback {
			style = ` [style=dashed, label="↺", constraint=false]`
		}
		fmt.Fprintf(&b, "  %s -> %s%s;\n", dotQuote(from), dotQuote(to), style)
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func dotQuote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}
