package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"github.com/urfave/cli/v2"

	"gw/config"
	"gw/gateway"
	"gw/gateway/query"
	"gw/internal/quietterm"
	"gw/modules"
)

// A program is one invocation: the name it was called by, its streams, and the gateway that it is about.
type program struct {
	name           string
	stdin          io.Reader
	stdout, stderr io.Writer
	gateway        *gateway.Gateway
	targets        []config.Target
}

// Main runs the process's command line for g and returns the exit code; the caller ends the process with it.
// Errors are written to standard error by then. g is built and run by the commands that need it, once. targets are what
// configurations may name beside the catalogue of package modules. In a process that was started to run a query (package
// gateway/query) it answers that and ends the process.
func Main(g *gateway.Gateway, targets ...config.Target) int {
	query.Main()
	quietterm.Restore()
	defer runtime.KeepAlive(ballast())
	return Run(os.Args, os.Stdin, os.Stdout, os.Stderr, g, targets...)
}

// Run is Main with given arguments, the program's name first, and streams. The terminal workbench opens only where
// stdin and stdout are terminals (*os.File). While a command serves, SIGINT and SIGTERM of the process end it.
func Run(args []string, stdin io.Reader, stdout, stderr io.Writer, g *gateway.Gateway, targets ...config.Target) int {
	p := &program{name: "gw", stdin: stdin, stdout: stdout, stderr: stderr, gateway: g}
	p.targets = append(modules.Targets(), targets...)
	if len(args) > 0 {
		p.name, args = filepath.Base(args[0]), args[1:]
	}
	return report(stderr, p.name, p.run(args))
}

func (p *program) run(words []string) error {
	commands := p.commands()
	arranged, err := arrange(commands, words)
	if err != nil {
		return err
	}
	err = p.app(commands).RunContext(context.Background(), append([]string{p.name}, arranged...))
	return asFailure(err, exitUsage, "")
}

func (p *program) commands() []*cli.Command {
	commands := []*cli.Command{p.runCommand(), p.replayCommand(), p.graphCommand(), p.tuiCommand()}
	commands = append(commands, p.remoteCommands()...)
	return append(commands, p.queryCommand(), p.configCommand(), p.authCommand(), p.initCommand(), p.versionCommand(), p.helpCommand())
}

// app is the parser. Help is written by this package, and errors are reported by Run.
func (p *program) app(commands []*cli.Command) *cli.App {
	misused := func(c *cli.Context, err error, _ bool) error {
		return usage(fmt.Sprintf("`%s help %s` says what each flag takes", p.name, c.Command.Name), "%w", err)
	}
	for _, c := range commands {
		c.HideHelp = true
		c.OnUsageError = misused
	}
	return &cli.App{
		Name:           p.name,
		Commands:       commands,
		Reader:         p.stdin,
		Writer:         p.stdout,
		ErrWriter:      p.stderr,
		HideHelp:       true,
		HideVersion:    true,
		OnUsageError:   misused,
		ExitErrHandler: func(*cli.Context, error) {},
	}
}

// noArguments refuses the arguments of a command that takes none.
func noArguments(c *cli.Context) error {
	if c.Args().Present() {
		return usage("", "%q: %s takes no argument", clip(c.Args().First()), c.Command.Name)
	}
	return nil
}
