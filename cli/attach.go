package cli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/urfave/cli/v2"

	"gw/client"
	"gw/tui"
)

func (p *program) tuiCommand() *cli.Command {
	return &cli.Command{
		Name:  "tui",
		Usage: "open the workbench of a gateway that runs elsewhere",
		Description: `Shows what the gateway at URL does, tick by tick, and drives its replay; docs/tui.md lists the keys.
q leaves, and the gateway goes on.`,
		ArgsUsage: "URL [FLAGS]",
		Flags: []cli.Flag{
			valueFlag("token", "", "`TOKEN` that the gateway asks for; better given as GW_TOKEN, which no list of processes shows"),
			valueFlag("color", "auto", "`WHEN` to use colour: auto, always, never (default auto)"),
		},
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return usage("name one, such as "+p.name+" tui http://127.0.0.1:8000", "tui: got %d addresses, want one", c.NArg())
			}
			if err := oneOf("--color", c.String("color"), "auto", "always", "never"); err != nil {
				return err
			}
			return p.attach(c.Context, c.Args().First(), c.String("token"), c.String("color"))
		},
	}
}

// attach shows the workbench of the gateway at url until the user quits or the process is to end.
func (p *program) attach(parent context.Context, url, token, color string) error {
	if !p.onScreen() {
		return usage("run it in a terminal; scripts read "+url+"/api/v1/gw/status", "tui: standard input and output are not a terminal that can be drawn on")
	}
	ctx, release := interruptible(parent)
	defer release()
	c := client.New(url, client.Options{Token: token})
	defer c.Close()
	if err := greet(ctx, c); err != nil {
		return err
	}
	err := tui.Run(ctx, c, tui.Options{Input: p.stdin, Output: p.stdout, Environ: colored(os.Environ(), color)})
	return asFailure(err, exitReach, "")
}

// greet asks whether a gateway is there, before the screen changes.
func greet(ctx context.Context, c *client.Client) error {
	const patience = 5 * time.Second
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err := c.Status(ctx)
	var api *client.APIError
	switch {
	case errors.As(err, &api) && api.Status == http.StatusNotFound:
		return nil // perhaps csp-gateway's own server, which the workbench knows, too
	case errors.As(err, &api) && (api.Status == http.StatusUnauthorized || api.Status == http.StatusForbidden):
		return &failure{exitReach, fmt.Errorf("%s: %s", c.URL(), api.Detail), "give its token as GW_TOKEN or --token"}
	}
	return asFailure(err, exitReach, "")
}
