package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"gw/replay"
)

// writeSummary prints what a replay did: one JSON object on a line, or tables.
func writeSummary(w io.Writer, format string, s replay.Summary) error {
	if format == "json" {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		return e.Encode(s)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "cycles\t%d\nfirst\t%s\nlast\t%s\nlate\t%d\n", s.Cycles, orNone(s.First), orNone(s.Last), s.Late)
	for _, reason := range slices.Sorted(maps.Keys(s.Skipped)) {
		fmt.Fprintf(table, "skipped: %s\t%d\n", reason, s.Skipped[reason])
	}
	fmt.Fprintf(table, "digest\t%s\n\nCHANNEL\tTICKS\tLAST\n", s.Digest)
	for _, name := range slices.Sorted(maps.Keys(s.Channels)) {
		c := s.Channels[name]
		fmt.Fprintf(table, "%s\t%d\t%s\n", name, c.Ticks, cut(string(c.Last), 100))
	}
	return table.Flush()
}

func orNone(text *string) string {
	if text == nil {
		return "none"
	}
	return *text
}

// cut shortens a value that would not fit a line of the table.
func cut(text string, limit int) string {
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit-1]) + "…"
	}
	return text
}
