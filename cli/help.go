package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v2"
)

func (p *program) helpCommand() *cli.Command {
	return &cli.Command{
		Name:      "help",
		Usage:     "say what a command does and which flags it has",
		ArgsUsage: "[COMMAND]",
		Action: func(c *cli.Context) error {
			if !c.Args().Present() {
				return writeHelp(p.stdout, p.name, c.App.Commands)
			}
			topic, err := findCommand(c.App.Commands, c.Args().First())
			if err != nil {
				return err
			}
			return writeCommandHelp(p.stdout, p.name, topic)
		},
	}
}

func writeHelp(w io.Writer, name string, commands []*cli.Command) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "%s: a gateway for streaming applications\n\nusage: %s COMMAND [FLAGS] [ARGUMENTS]\n\n", name, name)
	for _, c := range commands {
		fmt.Fprintf(t, "  %s\t%s\n", c.Name, c.Usage)
	}
	fmt.Fprintf(t, "\n`%s help COMMAND` tells more.\n", name)
	return t.Flush()
}

func writeCommandHelp(w io.Writer, name string, c *cli.Command) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "%s %s: %s\n\nusage: %s\n", name, c.Name, c.Usage, strings.TrimSpace(name+" "+c.Name+" "+c.ArgsUsage))
	if c.Description != "" {
		fmt.Fprintf(t, "\n%s\n", strings.TrimSpace(c.Description))
	}
	if len(c.Flags) > 0 {
		fmt.Fprint(t, "\nflags, before or after arguments (or from the environment: --log-level is GW_LOG_LEVEL):\n")
	}
	for _, f := range c.Flags {
		writeFlag(t, f)
	}
	return t.Flush()
}

// writeFlag writes a flag's line; the part of its usage in back quotes stands for its value.
func writeFlag(w io.Writer, f cli.Flag) {
	text, takesValue, value := "", false, ""
	if d, ok := f.(cli.DocGenerationFlag); ok {
		text, takesValue = d.GetUsage(), d.TakesValue()
	}
	if parts := strings.SplitN(text, "`", 3); len(parts) == 3 {
		value, text = parts[1], parts[0]+parts[1]+parts[2]
	}
	name := "--" + f.Names()[0]
	if takesValue {
		name += " " + cmp.Or(value, "VALUE")
	}
	fmt.Fprintf(w, "  %s\t%s\n", name, text)
}
