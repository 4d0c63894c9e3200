package cli

import (
	"strings"

	"github.com/xrash/smetrics"
)

// nearest returns the name that word was most probably meant to be, or "" when none is close.
func nearest(word string, names []string) string {
	best, distance := "", max(2, len(word)/3)+1
	for _, name := range names {
		d := smetrics.WagnerFischer(word, name, 1, 1, 1)
		if len(word) > 2 && strings.HasPrefix(name, word) {
			d = 1
		}
		if d < distance {
			best, distance = name, d
		}
	}
	return best
}

// suggestion is a hint for an unknown command or flag: a question when a name is close, the known names otherwise.
func suggestion(word string, names []string, prefix string) string {
	if name := nearest(word, names); name != "" {
		return "did you mean " + prefix + name + "?"
	}
	if len(names) == 0 {
		return "it takes no flags"
	}
	return "there are " + prefix + strings.Join(names, ", "+prefix)
}
