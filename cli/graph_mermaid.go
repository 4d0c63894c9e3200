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
	modules := parties(t, wires)
	b.WriteString("flowchart LR\n")
	for i, m := range modules {
		fmt.Fprintf(&b, "  m%d[%s]\n", i, mermaidQuote(m))
	}
	for i, c := range t.Channels {
		fmt.Fprintf(&b, "  c%d([%s])\n", i, mermaidQuote(c.Name))
	}
	for _, e := range wires {
		from := fmt.Sprintf("m%d", slices.Index(modules, e.module))
		to := fmt.Sprintf("c%d", slices.IndexFunc(t.Channels, func(c gateway.ChannelNode) bool { return c.Name == e.channel }))
		if e.reads {
			from, to = to, from
		}
		fmt.Fprintf(&b, "  %s %s %s\n", from, mermaidArrow(e), to)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func mermaidArrow(e wire) string {
	label := ""
	if e.label() != "" {
		label = "|" + mermaidQuote(e.label()) + "|"
	}
	if e.feedback {
		return "-.->" + label
	}
	return "-->" + label
}

func mermaidQuote(s string) string {
	return `"` + strings.NewReplacer(`"`, "#quot;", "\n", " ").Replace(s) + `"`
}
