package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"gw/gateway"
)

// drawMermaid prints a flowchart for Mermaid: modules are boxes, channels rounded, feedback is dotted.
func drawMermaid(w io.Writer, _ string, t gateway.Topology) error {
	var b strings.Builder
	wires := wiresOf(t)
	modules := slices.Concat(t.Modules, outsiders(wires))
	b.WriteString("flowchart LR\n")
	for i, m := range modules {
		fmt.Fprintf(&b, "  m%d[%s]\n", i, mermaidQuote(m))
	}
	for i, c := range t.Channels {
		fmt.Fprintf(&b, "  c%d([%s])\n", i, mermaidQuote(c.Name))
	}
	channel := func(name string) string {
		return fmt.Sprintf("c%d", slices.IndexFunc(t.Channels, func(c gateway.ChannelNode) bool { return c.Name == name }))
	}
	module := func(name string) string { return fmt.Sprintf("m%d", slices.Index(modules, name)) }
	for _, e := range wires {
		switch {
		case e.feedback:
			fmt.Fprintf(&b, "  %s -. ↺ .-> %s\n", channel(e.from), module(e.to))
		case e.fromChan:
			fmt.Fprintf(&b, "  %s --> %s\n", channel(e.from), module(e.to))
		default:
			fmt.Fprintf(&b, "  %s --> %s\n", module(e.from), channel(e.to))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func mermaidQuote(s string) string {
	return `"` + strings.NewReplacer(`"`, "#quot;", "\n", " ").Replace(s) + `"`
}
