package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/aymanbagabas/go-osc52/v2"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"gw/client"
	"gw/internal/quietterm"
)

// ErrNoTerminal is what Run returns when it was to use standard output and that is not a terminal.
var ErrNoTerminal = errors.New("tui: standard output is not a terminal")

// Options says where and how the workbench is shown. The zero value uses the process's terminal.
type Options struct {
	// Input gives the keys; nil means the terminal. Output is the screen; nil means standard output.
	Input  io.Reader
	Output io.Writer
	// Name is shown as the gateway's name until the gateway tells it; Where says where it is, such as "in-process";
	// empty means the client's URL.
	Name  string
	Where string
	// StopsGateway says that the gateway ends with the workbench: then q asks first while it runs.
	StopsGateway bool
	// Environ is the environment that decides on colours (TERM, COLORTERM, NO_COLOR); nil means the process's.
	Environ []string
	// Patience is how long a lost gateway is waited for before Run gives up; 0 means 15 s.
	Patience time.Duration
}

// Run shows the workbench of the gateway that c reaches, until the user quits or ctx ends (nil), or the gateway
// stays out of reach (an error that says so). It restores the terminal in each case and leaves c open.
func Run(ctx context.Context, c *client.Client, o Options) error {
	quietterm.Restore()
	o, err := o.resolve(c)
	if err != nil {
		return err
	}
	src, err := sourceOf(ctx, c)
	if err != nil {
		return err
	}
	defer keepTerminal(o)()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	d := newData(time.Now)
	f := newFeed(src, d, o.Patience)
	fed := make(chan struct{})
	go func() { defer close(fed); f.run(ctx) }()
	m := newModel(ctx, src, d, f, o)
	m.copy = func(text string) error {
		_, err := osc52.New(text).WriteTo(o.Output)
		return err
	}
	err = runProgram(ctx, m, o)
	cancel()
	<-fed
	return errors.Join(err, d.fatalError())
}

func runProgram(ctx context.Context, m *model, o Options) error {
	options := []tea.ProgramOption{tea.WithOutput(o.Output), tea.WithAltScreen()}
	if o.Input != nil {
		options = append(options, tea.WithInput(o.Input))
	}
	p := tea.NewProgram(m, options...)
	stop := context.AfterFunc(ctx, p.Quit)
	defer stop()
	_, err := p.Run()
	if errors.Is(err, tea.ErrInterrupted) { // a signal asked the process to end
		return nil
	}
	if err != nil {
		return fmt.Errorf("tui: %w", err)
	}
	return nil
}

// resolve fills in what was left out.
func (o Options) resolve(c *client.Client) (Options, error) {
	if o.Output == nil {
		if !term.IsTerminal(os.Stdout.Fd()) {
			return o, ErrNoTerminal
		}
		o.Output = os.Stdout
	}
	if o.Environ == nil {
		o.Environ = os.Environ()
	}
	if o.Where == "" {
		o.Where = c.URL()
	}
	if o.Patience == 0 {
		o.Patience = 15 * time.Second
	}
	return o, nil
}

// profile is what colours the screen has.
func (o Options) profile() colorprofile.Profile {
	return colorprofile.Detect(o.Output, o.Environ)
}

// dark tells whether the screen has dark ground, which only a terminal knows.
func (o Options) dark() bool {
	in, readable := o.Input.(*os.File)
	if o.Input == nil {
		in, readable = os.Stdin, true
	}
	out, ok := o.Output.(*os.File)
	return !readable || !ok || darkGround(in, out, o.Environ)
}

// keepTerminal remembers the terminal's mode and returns what restores it, for the paths on which Bubble Tea does not.
func keepTerminal(o Options) func() {
	in, ok := o.Input.(term.File)
	if o.Input == nil {
		in, ok = os.Stdin, true
	}
	if !ok {
		return func() {}
	}
	state, err := term.GetState(in.Fd())
	if err != nil {
		return func() {}
	}
	return func() { _ = term.Restore(in.Fd(), state) }
}
