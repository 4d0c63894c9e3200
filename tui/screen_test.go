package tui

import (
	"testing"
)

// sizes are the screens that every page must suit.
func sizes(t *testing.T, f func(t *testing.T, w, h int)) {
	t.Run("80x24", func(t *testing.T) { f(t, 80, 24) })
	t.Run("120x40", func(t *testing.T) { f(t, 120, 40) })
}

func TestPages(t *testing.T) {
	for _, tc := range []struct{ name, keys string }{
		{"channels", ""},
		{"channels_sorted", "s s s down"},
		{"channels_filter", "/ t r a d e"},
		{"channels_help", "?"},
		{"table", "down enter"},
		{"table_list", "down down enter"},
		{"table_basket", "down down down enter"},
		{"tick", "down enter enter down down"},
		{"tick_list", "down down enter up enter"},
		{"graph", "3 down"},
		{"graph_basket", "3 down down down"},
		{"graph_modules", "3 v down"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			sizes(t, func(t *testing.T, w, h int) {
				x := marketHarness(t, w, h, Options{Where: "in-process"})
				keys := tc.keys
				for i := 0; i < len(keys); {
					next := i
					for next < len(keys) && keys[next] != ' ' {
						next++
					}
					x.press(keys[i:next])
					if x.page == tablePage && x.d.rows.len() == 0 {
						x.fillTable()
					}
					i = next + 1
				}
				x.golden(tc.name)
			})
		})
	}
}
