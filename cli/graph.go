package cli

import (
	"io"

	"github.com/urfave/cli/v2"

	"gw/gateway"
)

// drawings are the forms in which a topology can be printed, the default first.
func drawings() map[string]func(io.Writer, string, gateway.Topology) error {
	return map[string]func(io.Writer, string, gateway.Topology) error{
		"text": drawText, "dot": drawDOT, "mermaid": drawMermaid, "json": drawJSON,
	}
}

func (p *program) graphCommand() *cli.Command {
	return &cli.Command{
		Name:  "graph",
		Usage: "print the topology of the gateway: modules, channels, who sets and who gets",
		Description: `Builds the gateway, runs nothing, and prints to standard output. ↺ marks feedback: a module that
reads what it sets, so that its value arrives one engine cycle later.`,
		ArgsUsage: "[CONFIG] [key=value ...] [--show] [--format FORMAT]",
		Flags: append(configFlags(), []cli.Flag{
			switchFlag("show", "print the topology (it is what graph does, with or without this flag)"),
			valueFlag("format", "text", "`FORMAT` to print: text, dot (Graphviz), mermaid, json (default text)"),
		}...),
		Action: func(c *cli.Context) error {
			format := c.String("format")
			if err := oneOf("--format", format, "text", "dot", "mermaid", "json"); err != nil {
				return err
			}
			app, err := p.chosen(c, false)
			if err != nil {
				return err
			}
			if err := app.Gateway.Build(); err != nil {
				return asFailure(err, exitUsage, "")
			}
			return drawings()[format](p.stdout, app.Gateway.Name, app.Gateway.Topology())
		},
	}
}
