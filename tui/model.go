package tui

import (
	"context"
	"errors"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"gw/client"
)

type pageID uint8

const (
	channelsPage pageID = iota
	tablePage
	graphPage
	pageCount
)

// frameTime is the least time between two screens drawn because the data changed.
const frameTime = 33 * time.Millisecond

// Messages of the program to itself.
type (
	changedMsg struct{}                   // data is different from what was drawn
	idleMsg    struct{}                   // a frame's time has passed since
	controlMsg struct{ err error }        // the gateway's answer to a control request
	copyMsg    struct{ note, bad string } // a copy is done or was refused
)

// subscriber is the feed as the model needs it.
type subscriber interface {
	watch(client.WatchOptions)
	hold(bool)
}

// model is the program's state: what is on screen, not what the gateway sent (that is data). Bubble Tea's loop owns it.
type model struct {
	ctx  context.Context
	src  source
	feed subscriber
	d    *data
	opts Options
	look theme
	keys []binding
	copy func(string) error // to the terminal's clipboard

	width, height int
	page          pageID
	channels      channelsView
	table         tableView
	graph         graphView
	tick          *inspector // over the table; nil: closed
	help          *list      // over the page; nil: closed
	prompt        *prompt    // what is being typed; nil: nothing
	asking        bool       // whether to quit
	frozen        bool       // the screen stands still (real time)
	note, bad     string     // message of the last key
	p, body       painter
}

var _ tea.Model = (*model)(nil)

func newModel(ctx context.Context, src source, d *data, f subscriber, o Options) *model {
	return &model{
		ctx: ctx, src: src, d: d, feed: f, opts: o, look: newTheme(o.profile(), o.dark()), keys: bindings(),
		width: 80, height: 24, table: tableView{follow: true},
	}
}

// Init starts the first page's watch.
func (m *model) Init() tea.Cmd {
	m.subscribe()
	return m.awaitChange
}

// subscribe asks for the ticks that the page on screen shows.
func (m *model) subscribe() {
	if m.page == tablePage && m.table.channel != "" {
		m.feed.watch(client.WatchOptions{Channels: []string{m.table.channel}, Every: true, History: 1000})
		return
	}
	m.feed.watch(client.WatchOptions{Channels: []string{"*"}, History: 1})
}

// awaitChange waits until there is something new to draw, or for the end.
func (m *model) awaitChange() tea.Msg {
	select {
	case <-m.d.changed:
		return changedMsg{}
	case <-m.ctx.Done():
		return tea.Quit()
	}
}

// Update takes in a key, the screen's size or a message of the program.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.KeyMsg:
		return m, m.pressAll(msg)
	case changedMsg:
		if m.d.fatalError() != nil {
			return m, tea.Quit
		}
		return m, tea.Tick(frameTime, func(time.Time) tea.Msg { return idleMsg{} })
	case idleMsg:
		return m, m.awaitChange
	case controlMsg:
		m.bad = reason(msg.err)
	case copyMsg:
		m.note, m.bad = msg.note, msg.bad
	}
	return m, nil
}

// pressAll takes apart what the terminal sent at once: keys typed fast come as one message. Pasted text is for the
// prompt only; elsewhere its letters would be commands.
func (m *model) pressAll(msg tea.KeyMsg) tea.Cmd {
	switch {
	case msg.Paste && m.prompt == nil:
		return nil
	case msg.Type != tea.KeyRunes || msg.Paste || len(msg.Runes) < 2:
		return m.press(msg)
	}
	cmds := make([]tea.Cmd, len(msg.Runes))
	for i, r := range msg.Runes {
		cmds[i] = m.press(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: msg.Alt})
	}
	return tea.Sequence(cmds...)
}

// press does what a key means where the program stands.
func (m *model) press(key tea.KeyMsg) tea.Cmd {
	m.note, m.bad = "", ""
	name := key.String()
	switch {
	case name == "ctrl+c":
		return tea.Quit
	case m.asking:
		return m.answerQuit(name)
	case m.prompt != nil:
		return m.typeKey(key)
	case m.help != nil:
		m.pressHelp(name)
		return nil
	}
	if b, ok := find(m.keys, name, m.where()); ok {
		return b.do(m)
	}
	return nil
}

// where is the scope that keys have now.
func (m *model) where() scope {
	s := [pageCount]scope{onChannels, onTable, onGraph}[m.page]
	if m.tick != nil {
		s = onTick
	}
	if m.replaying() {
		s |= onReplay
	}
	return s
}

func (m *model) replaying() bool { return m.d.currentStatus().Mode == "replay" }

// move moves the cursor of what is on screen.
func (m *model) move(how motion) {
	switch {
	case m.tick != nil:
		m.tick.move(how)
	case m.page == channelsPage:
		m.channels.move(how)
	case m.page == tablePage:
		m.table.move(m.d, how)
	default:
		m.graph.move(how)
	}
}

// turnTo shows a page. The table without a channel takes the one under the cursor of the page before.
func (m *model) turnTo(to pageID) tea.Cmd {
	if m.tick != nil {
		m.closeTick()
	}
	if to == tablePage && m.table.channel == "" {
		return m.openChannel()
	}
	m.showPage(to)
	return nil
}

// showPage makes to the page on screen, fed by its own watch; a frozen screen moves again.
func (m *model) showPage(to pageID) {
	if m.frozen {
		m.frozen = false
		m.feed.hold(false)
	}
	before := m.page
	m.page = to
	if (before == tablePage) != (to == tablePage) {
		m.subscribe()
	}
}

// back closes what is over the page, then the filter, then the page.
func (m *model) back() tea.Cmd {
	switch {
	case m.tick != nil:
		m.closeTick()
	case m.filter() != "":
		m.setFilter("")
	case m.page != channelsPage:
		return m.turnTo(channelsPage)
	}
	return nil
}

// askQuit quits, unless that would stop a gateway that runs.
func (m *model) askQuit() tea.Cmd {
	s := m.d.currentStatus()
	if !m.opts.StopsGateway || s.Over() {
		return tea.Quit
	}
	m.asking = true
	return nil
}

func (m *model) answerQuit(key string) tea.Cmd {
	m.asking = false
	if key == "q" || key == "y" || key == "enter" {
		return tea.Quit
	}
	m.note = "the gateway goes on"
	return nil
}

// reason is an error in the gateway's words, without the request that brought it.
func reason(err error) string {
	var api *client.APIError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &api) && api.Detail != "":
		return api.Detail
	}
	return err.Error()
}
