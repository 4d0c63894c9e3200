package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"gw/gateway"
)

func (p *program) runCommand() *cli.Command {
	return &cli.Command{
		Name:  "run",
		Usage: "start the gateway in real time and serve it",
		Description: `On a terminal the workbench opens; elsewhere, and with --headless, it logs plain lines and
serves. q in the workbench, Ctrl-C and SIGTERM end it with exit code 0; a second Ctrl-C forces.`,
		ArgsUsage: "[FLAGS]",
		Flags:     servingFlags(),
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			serving, err := servingOf(c)
			if err != nil {
				return err
			}
			s := &session{
				program: p,
				gateway: p.gateway,
				serving: serving,
				config:  gateway.RunConfig{Realtime: true},
				intro:   fmt.Sprintf("running %s in real time", p.gateway.Name),
			}
			return s.run(c.Context)
		},
	}
}
