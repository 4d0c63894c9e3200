package cli

import (
	"cmp"
	"fmt"

	"github.com/urfave/cli/v2"

	"gw/gateway"
)

func (p *program) runCommand() *cli.Command {
	return &cli.Command{
		Name:  "run",
		Usage: "start a gateway in real time and serve it",
		Description: `CONFIG is a file, a folder with a config.yaml, or the name of a built-in configuration (omnibus,
demo); without one it starts the gateway that is compiled in. key=value, +key=value, ~key and
group=option change the configuration; the page on configuration tells all.
On a terminal the workbench opens; elsewhere, and with --headless, it logs plain lines and
serves. q in the workbench, Ctrl-C and SIGTERM end it with exit code 0; a second Ctrl-C forces.`,
		ArgsUsage: "[CONFIG] [key=value ...] [FLAGS]",
		Flags:     append(append(configFlags(), sessionFlags()...), servingFlags()...),
		Action: func(c *cli.Context) error {
			serving, err := servingOf(c)
			if err != nil {
				return err
			}
			app, err := p.chosen(c, false)
			if err != nil {
				return err
			}
			s := &session{
				program: p,
				gateway: app.Gateway,
				app:     app,
				serving: serving,
				config:  gateway.RunConfig{Realtime: true},
				intro:   fmt.Sprintf("running %s in real time", cmp.Or(app.Gateway.Name, "the gateway")),
			}
			if err := s.configure(c); err != nil {
				return err
			}
			done, err := s.keepSession(c)
			if err != nil {
				return err
			}
			err = s.run(c.Context)
			return cmp.Or(err, done())
		},
	}
}
