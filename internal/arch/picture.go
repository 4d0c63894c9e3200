package arch

import (
	"regexp"
	"strings"
)

var arrow = regexp.MustCompile(`^\s*([\w/]+)(?:\[[^\]]*\])?\s*-->\s*([\w/]+)(?:\[[^\]]*\])?\s*$`)

// An Arrow of the picture: From imports To.
type Arrow struct{ From, To string }

// Arrows reads the first mermaid diagram of a Markdown page. Node names are room paths with "_" for "/", since mermaid
// takes no slash in a name.
func Arrows(page string) []Arrow {
	_, rest, found := strings.Cut(page, "```mermaid\n")
	if !found {
		return nil
	}
	diagram, _, _ := strings.Cut(rest, "```")
	var arrows []Arrow
	for line := range strings.Lines(diagram) {
		if m := arrow.FindStringSubmatch(strings.TrimSuffix(line, "\n")); m != nil {
			arrows = append(arrows, Arrow{From: roomOf(m[1]), To: roomOf(m[2])})
		}
	}
	return arrows
}

func roomOf(node string) string { return strings.ReplaceAll(node, "_", "/") }

// Reachable tells whether the arrows lead from one room to another, over any number of rooms between.
func Reachable(arrows []Arrow, from, to string) bool {
	seen := map[string]bool{from: true}
	for frontier := []string{from}; len(frontier) > 0; {
		room := frontier[0]
		frontier = frontier[1:]
		for _, a := range arrows {
			if a.From != room || seen[a.To] {
				continue
			}
			if a.To == to {
				return true
			}
			seen[a.To] = true
			frontier = append(frontier, a.To)
		}
	}
	return false
}
