package tui

import tea "github.com/charmbracelet/bubbletea"

// scope says where a key means something.
type scope uint8

const (
	onChannels scope = 1 << iota
	onTable
	onGraph
	onTick
	onReplay // only while a replay is shown

	onLists = onChannels | onTable | onGraph
	onPages = onLists | onTick
)

// binding is one key, or several for the same, with what it does. Everything that shows keys reads it.
type binding struct {
	keys  []string // as Bubble Tea names them
	show  string   // as a reader knows them
	short string   // for the bottom line; "" leaves it out there
	help  string   // for the help page and docs/tui.md
	scope scope
	do    func(*model) tea.Cmd
}

// bindings is every key of the workbench. Where two fit, the first counts.
func bindings() []binding {
	var all []binding
	all = append(all, replayKeys()...)
	all = append(all, pageKeys()...)
	all = append(all, paceKeys()...)
	all = append(all, frameKeys()...)
	return append(all, moveKeys()...)
}

func replayKeys() []binding {
	return []binding{
		{[]string{" "}, "space", "pause", "pause or resume the replay; in real time only the screen", onPages, (*model).togglePause},
		{[]string{"."}, ".", "step", "run one engine cycle and pause", onPages | onReplay, (*model).step},
	}
}

func paceKeys() []binding {
	return []binding{
		{[]string{"["}, "[", "", "slower", onPages | onReplay, (*model).slower},
		{[]string{"]"}, "]", "faster", "faster; after the last step as fast as possible", onPages | onReplay, (*model).faster},
		{[]string{"t"}, "t", "until", "run until a time and pause there", onPages | onReplay, (*model).startUntil},
	}
}

func pageKeys() []binding {
	return []binding{
		{[]string{"enter"}, "enter", "open", "show the channel's ticks in the table", onChannels | onGraph, (*model).openChannel},
		{[]string{"enter"}, "enter", "look", "look into the tick", onTable, (*model).openTick},
		{[]string{"/"}, "/", "filter", "filter: show only what holds the text (esc drops it)", onLists, (*model).startFilter},
		{[]string{"s"}, "s", "sort", "sort by the next column", onChannels, (*model).nextSort},
		{[]string{"S"}, "S", "", "turn the sorting around", onChannels, (*model).turnSort},
		{[]string{"f"}, "f", "follow", "follow: keep the newest tick in sight", onTable, (*model).toggleFollow},
		{[]string{"o"}, "o", "order", "order: newest tick last or first", onTable, (*model).turnOrder},
		{[]string{"left", "h"}, "← h", "", "columns to the left", onTable, (*model).columnLeft},
		{[]string{"right", "l"}, "→ l", "", "columns to the right", onTable, (*model).columnRight},
		{[]string{"v"}, "v", "view", "view by channel or by module", onGraph, (*model).turnGraph},
		{[]string{"enter"}, "enter", "fold", "open or close what is under the cursor", onTick, (*model).toggleFold},
		{[]string{"left", "h"}, "← h", "", "close, or go to what holds it", onTick, (*model).foldIn},
		{[]string{"right", "l"}, "→ l", "", "open", onTick, (*model).foldOut},
		{[]string{"n"}, "n", "next", "next tick of the table", onTick, (*model).nextTick},
		{[]string{"N"}, "N", "", "tick before", onTick, (*model).priorTick},
		{[]string{"y"}, "y", "copy", "copy the row or the value under the cursor as JSON (OSC 52)", onTable | onTick, (*model).copyValue},
		{[]string{"esc"}, "esc", "back", "back", onPages, (*model).back},
	}
}

func moveKeys() []binding {
	var out []binding
	for _, mv := range moves() {
		out = append(out, binding{mv.keys, mv.show, "", mv.help, onPages, moving(mv.how)})
	}
	return out
}

func frameKeys() []binding {
	return []binding{
		{[]string{"1"}, "1", "", "Channels page", onPages, func(m *model) tea.Cmd { return m.turnTo(channelsPage) }},
		{[]string{"2"}, "2", "", "Table page", onPages, func(m *model) tea.Cmd { return m.turnTo(tablePage) }},
		{[]string{"3"}, "3", "", "Graph page", onPages, func(m *model) tea.Cmd { return m.turnTo(graphPage) }},
		{[]string{"tab"}, "tab", "", "next page", onPages, func(m *model) tea.Cmd { return m.turnTo((m.page + 1) % pageCount) }},
		{[]string{"shift+tab"}, "shift-tab", "", "page before", onPages, func(m *model) tea.Cmd { return m.turnTo((m.page + pageCount - 1) % pageCount) }},
		{[]string{"?"}, "?", "help", "help: the keys of this page", onPages, (*model).openHelp},
		{[]string{"q"}, "q", "quit", "quit; asks first if that stops a running gateway", onPages, (*model).askQuit},
		{[]string{"ctrl+l"}, "ctrl-l", "", "draw the screen anew, after something else wrote on it", onPages, redraw},
		{[]string{"ctrl+c"}, "ctrl-c", "", "quit at once", onPages, quitNow},
	}
}

func quitNow(*model) tea.Cmd { return tea.Quit }

func redraw(*model) tea.Cmd { return tea.ClearScreen }

// applies reports whether the key means something in a scope.
func (b *binding) applies(where scope) bool {
	if b.scope&onReplay != 0 && where&onReplay == 0 {
		return false
	}
	return b.scope&where&onPages != 0
}

// find gives the binding of a key in a scope.
func find(all []binding, key string, where scope) (*binding, bool) {
	for i := range all {
		b := &all[i]
		if !b.applies(where) {
			continue
		}
		for _, k := range b.keys {
			if k == key {
				return b, true
			}
		}
	}
	return nil, false
}
