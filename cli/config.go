package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"gw/config"
)

func (p *program) configCommand() *cli.Command {
	return &cli.Command{
		Name:  "config",
		Usage: "check a configuration, show what it is composed of, or print its schema for editors",
		Description: `check reports everything that is wrong, each with file, line and column; it opens no port and no file
of a module, and ends with 1 if something is. show prints the composed configuration with the
place that each value comes from, secrets hidden. schema prints a JSON Schema of configurations.
Without CONFIG it is about the built-in omnibus.`,
		ArgsUsage: "check|show|schema [CONFIG] [key=value ...]",
		Flags:     configFlags(),
		Action: func(c *cli.Context) error {
			what := c.Args().First()
			if what == "" {
				return usage("such as "+p.name+" config check conf.yaml", "config: say check, show or schema")
			}
			if err := oneOf("config", what, "check", "show", "schema"); err != nil {
				return err
			}
			if what == "schema" {
				return asFailure(config.JSONSchema(p.stdout, p.targets), exitUsage, "")
			}
			return p.configured(c, what)
		},
	}
}

// configured checks or shows the configuration that the arguments behind the first one describe.
func (p *program) configured(c *cli.Context, what string) error {
	s, err := p.sourceOf(c, true)
	if err != nil {
		return err
	}
	if s.Name == "" && len(s.Overrides) == 0 && len(s.Dirs) == 0 {
		s.Name = "omnibus"
	}
	loaded, err := config.Load(s)
	if err != nil {
		return asFailure(err, exitNo, "")
	}
	if what == "show" {
		return asFailure(loaded.Show(p.stdout), exitReach, "")
	}
	app, err := loaded.App()
	if err != nil {
		return asFailure(err, exitNo, "")
	}
	p.note(app)
	_, err = fmt.Fprintf(p.stdout, "%s: good, %d modules\n", nameOf(s), len(app.Modules))
	return asFailure(err, exitReach, "")
}
