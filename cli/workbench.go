package cli

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"log/slog"
	"os"

	"golang.org/x/term"

	"gw/client"
	"gw/tui"
)

// workbench tells whether the session has one: on a terminal, unless it is headless or runs for its output.
func (s *session) workbench() bool {
	return !s.serving.headless && !s.leave && s.program.onScreen()
}

// onScreen tells whether the program has a terminal that can be drawn on: a dumb one cannot.
func (p *program) onScreen() bool {
	return isTerminal(p.stdin) && isTerminal(p.stdout) && os.Getenv("TERM") != "dumb"
}

// isTerminal tells whether a stream of the program is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// openWorkbench shows the gateway over the in-memory connection until the user quits or ctx ends.
func (s *session) openWorkbench(ctx context.Context) error {
	c := client.New("http://gateway.memory", client.Options{Dial: s.memory.Dial, Token: s.serving.security.own})
	defer c.Close()
	defer s.takeOverLog()()
	err := tui.Run(ctx, c, tui.Options{
		Input:        s.program.stdin,
		Output:       s.program.stdout,
		Name:         s.gateway.Name,
		Where:        cmp.Or(s.address(), "in-process"),
		StopsGateway: true,
		Environ:      colored(os.Environ(), s.serving.color),
	})
	if err != nil {
		return fmt.Errorf("workbench: %w", err)
	}
	return nil
}

// takeOverLog sends what libraries log to the session's own log, which is not on the screen, and returns what ends that.
func (s *session) takeOverLog() (giveBack func()) {
	writer, flags := log.Writer(), log.Flags()
	log.SetOutput(slog.NewLogLogger(s.log.Handler(), slog.LevelWarn).Writer())
	log.SetFlags(0)
	return func() {
		log.SetOutput(writer)
		log.SetFlags(flags)
	}
}

// colored adds to an environment what --color asks for.
func colored(environ []string, color string) []string {
	switch color {
	case "never":
		return append(environ, "NO_COLOR=1")
	case "always":
		return append(environ, "NO_COLOR=", "CLICOLOR_FORCE=1", "COLORTERM=truecolor")
	}
	return environ
}
