package tui

import (
	"testing"
	"time"

	"gw/client"
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
		{"quit", "q"},
		{"until", "t 1"},
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
				x := marketHarness(t, w, h, Options{Where: "in-process", StopsGateway: true})
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

func TestTimesHaveDatesWhereDaysPass(t *testing.T) {
	x := marketHarness(t, 80, 24, Options{})
	x.status(func(s *client.Status) { s.End = s.End.Add(48 * time.Hour) })
	x.wants("2024-08-09 00:03:11", "├", "2024-08-09 00:00 ")
	x.press("down enter")
	x.fillTable()
	x.status(func(s *client.Status) { s.End = s.End.Add(48 * time.Hour) })
	x.wants("▸2024-08-09 00:03:11 ETHUSDT")
}

func TestModulesOfABasketAreShownByModule(t *testing.T) {
	x := newHarness(t, 80, 24, Options{})
	x.d.describe(nil, client.Graph{
		Modules: []string{"Feed", "Feeder"},
		Channels: []client.GraphChannel{
			{Name: "basket", Setters: []string{"Feed<A>", "Feed<B>"}, Getters: []string{"Feeder"}},
			{Name: "other", Setters: []string{"Send[other]", "Feeder"}},
		},
	})
	x.press("3 v")
	x.wants(" Feed       → basket", "basket → Feeder     → other")
}
