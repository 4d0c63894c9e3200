package cli

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"time"

	"github.com/urfave/cli/v2"

	"gw/client"
)

// The commands that ask a gateway elsewhere. They work against csp-gateway's own server, too.
func (p *program) remoteCommands() []*cli.Command {
	return []*cli.Command{
		p.remote("last", "print the value now on a channel of a gateway elsewhere", "URL [CHANNEL[/KEY]]", 2, askLast),
		p.remote("next", "wait for the next tick of a channel and print it", "URL CHANNEL[/KEY]", 2, askNext),
		p.remote("state", "print the latest of each key of a state view", "URL [VIEW]", 2, askState,
			valueFlag("where", "", "only what meets `CONDITIONS` such as 'x>=1' or 'symbol==ABC', by comma"),
			valueFlag("query", "", "only what meets the `JSON` of a query")),
		p.remote("send", "give values to a channel", "URL CHANNEL[/KEY] JSON|@FILE|-", 3, askSend),
		p.remote("lookup", "print the value with an id", "URL [CHANNEL] ID", 3, askLookup),
		p.remote("stage", "hold values back from a channel, and let them go", "URL CHANNEL new|add|remove|clear|release|list [JSON|@FILE|-]", 4, askStage,
			valueFlag("id", "", "the `AREAS`, by comma (default: the newest; all for release and list)"),
			switchFlag("all", "all areas")),
		p.remote("stream", "print every tick of channels until interrupted", "URL CHANNEL[/KEY]...", 1<<16, askStream,
			valueFlag("count", "0", "end after `N` ticks (default 0: never)")),
		p.remote("controls", "ask the graph: heartbeat, stats, or shutdown", "URL [heartbeat|stats|shutdown]", 2, askControls),
	}
}

// question is one invocation of a remote command.
type question struct {
	p       *program
	flags   *cli.Context
	client  *client.Client
	args    []string // behind the URL
	out     *printer
	command string
}

// remote makes a command out of what it asks. most is how many arguments it takes at most.
func (p *program) remote(name, does, arguments string, most int, ask func(context.Context, *question) error, flags ...cli.Flag) *cli.Command {
	return &cli.Command{
		Name: name, Usage: does, ArgsUsage: arguments,
		Description: "URL is where the gateway is, such as http://127.0.0.1:8000 or :8000. Without a name it lists what there is.",
		Flags: append(flags,
			valueFlag("output", "table", "`FORMAT` of what is printed: table, json, jsonl, csv (default table)"),
			switchFlag("csv-safe", "in CSV, put ' in front of cells that a spreadsheet would compute"),
			valueFlag("token", "", "`TOKEN` that the gateway asks for; better given as GW_TOKEN, which no list of processes shows"),
			valueFlag("timeout", "10s", "give up after `DURATION` without an answer (default 10s; next and stream wait on)"),
			switchFlag("tls-any", "take any certificate of the gateway: for a lab"),
		),
		Action: func(c *cli.Context) error { return p.ask(c, name, most, ask) },
	}
}

func (p *program) ask(c *cli.Context, name string, most int, ask func(context.Context, *question) error) error {
	args := c.Args().Slice()
	if len(args) == 0 || len(args) > most {
		return usage("usage: "+p.name+" "+name+" "+c.Command.ArgsUsage, "%s: got %d arguments, want 1 to %d", name, len(args), most)
	}
	out, err := newPrinter(p.stdout, c.String("output"), c.Bool("csv-safe"))
	if err != nil {
		return err
	}
	limit, err := time.ParseDuration(c.String("timeout"))
	if err != nil || limit <= 0 {
		return usage("", "--timeout: got %q, want a duration above 0 such as 10s", clip(c.String("timeout")))
	}
	o := client.Options{Token: c.String("token"), Timeout: limit}
	if c.Bool("tls-any") {
		o.TLS = &tls.Config{InsecureSkipVerify: true}
	}
	ctx, release := interruptible(c.Context)
	defer release()
	q := &question{p: p, flags: c, client: client.New(args[0], o), args: args[1:], out: out, command: name}
	defer q.client.Close()
	err = ask(ctx, q)
	return q.explain(errors.Join(err, out.end()))
}

// explain gives an error of the API its exit code and a hint.
func (q *question) explain(err error) error {
	var known *failure
	api, ok := errors.AsType[*client.APIError](err)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	case ok && (api.Status == http.StatusUnauthorized || api.Status == http.StatusForbidden):
		return &failure{exitReach, err, "give the gateway's token as GW_TOKEN or --token"}
	case ok && api.Status == http.StatusNotFound:
		return &failure{exitNo, err, "without a name, " + q.p.name + " " + q.command + " lists what there is"}
	case ok && api.Status/100 == 4:
		return &failure{exitNo, err, ""}
	}
	return asFailure(err, exitReach, "")
}

// list prints what a group of the API serves.
func (q *question) list(ctx context.Context, g client.Group) error {
	names, err := q.client.Names(ctx, g)
	if err != nil {
		return err
	}
	return q.out.names(names)
}
