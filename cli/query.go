package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"gw/client"
	"gw/gateway"
	"gw/gateway/query"
	"gw/replay"
)

// keptOfFile is how many ticks of a channel and key a query over a recording sees: the last ones.
const keptOfFile = 1 << 20

func (p *program) queryCommand() *cli.Command {
	return &cli.Command{
		Name:  "query",
		Usage: "print the answer to one SELECT over a gateway or a recording",
		Description: `Every channel is a table of its last ticks, every state view one in the schema "state", such as
state.example; docs/query.md tells the columns. A URL is asked over its API; a FILE is replayed as fast as
possible first, and its channels are the tables.`,
		ArgsUsage: "URL|FILE... SQL",
		Flags: []cli.Flag{
			valueFlag("limit", "0", "at most `N` rows (default 0: as many as are allowed)"),
			valueFlag("map", "", "`MAPPING` of a FILE to use instead of what is inferred, as of replay"),
			valueFlag("output", "table", "`FORMAT` of what is printed: table, json, jsonl, csv (default table)"),
			switchFlag("csv-safe", "in CSV, put ' in front of cells that a spreadsheet would compute"),
			valueFlag("token", "", "`TOKEN` that the gateway asks for; better given as GW_TOKEN, which no list of processes shows"),
			valueFlag("timeout", "1m", "give up after `DURATION` without an answer (default 1m)"),
		},
		Action: func(c *cli.Context) error { return p.query(c) },
	}
}

// querying is one `gw query`.
type querying struct {
	sql   string
	limit int
	wait  time.Duration
}

func (p *program) query(c *cli.Context) error {
	args := c.Args().Slice()
	if len(args) < 2 {
		return usage("such as "+p.name+` query :8000 "SELECT count(*) FROM example"`, "query: got %d arguments, want a URL or FILE and SQL", len(args))
	}
	from, q := args[:len(args)-1], querying{sql: args[len(args)-1]}
	var err error
	if q.limit, err = strconv.Atoi(c.String("limit")); err != nil || q.limit < 0 {
		return usage("", "--limit: got %q, want a number of rows", clip(c.String("limit")))
	}
	if q.wait, err = time.ParseDuration(c.String("timeout")); err != nil || q.wait <= 0 {
		return usage("", "--timeout: got %q, want a duration above 0 such as 10s", clip(c.String("timeout")))
	}
	out, err := newPrinter(p.stdout, c.String("output"), c.Bool("csv-safe"))
	if err != nil {
		return err
	}
	ctx, release := interruptible(c.Context)
	defer release()
	var rows []byte
	var truncated bool
	if len(from) == 1 && isURL(from[0]) {
		rows, truncated, err = p.askURL(ctx, from[0], c.String("token"), q)
	} else {
		rows, truncated, err = askFiles(ctx, from, c.String("map"), q)
	}
	if err != nil {
		return err
	}
	if truncated {
		fmt.Fprintf(p.stderr, "%s: warning: there are more rows than are shown; see --limit\n", p.name)
	}
	return asFailure(errors.Join(out.values("", "", rows), out.end()), exitReach, "")
}

// isURL tells the address of a gateway from a file: it has a scheme or a port, and there is no such file.
func isURL(text string) bool {
	if strings.Contains(text, "://") {
		return true
	}
	_, err := os.Stat(text)
	return err != nil && strings.Contains(text, ":")
}

func (p *program) askURL(ctx context.Context, url, token string, q querying) ([]byte, bool, error) {
	c := client.New(url, client.Options{Token: token, Timeout: q.wait})
	defer c.Close()
	a, truncated, err := c.Query(ctx, q.sql, q.limit)
	return a.Data, truncated, (&question{p: p, command: "query"}).explain(err)
}

// askFiles replays a recording to its end and asks what it has kept.
func askFiles(ctx context.Context, paths []string, mapping string, q querying) ([]byte, bool, error) {
	recording, err := replay.Open(ctx, paths, replay.Options{Map: mapping})
	if err != nil {
		return nil, false, inputFailure(err)
	}
	g := recording.Gateway()
	g.History = keptOfFile
	if err := g.Run(ctx, gateway.RunConfig{Start: recording.Start, End: recording.End}); err != nil {
		return nil, false, asFailure(err, exitRun, "")
	}
	if ctx.Err() != nil {
		return nil, false, asFailure(ctx.Err(), exitRun, "")
	}
	pool := query.New(g, query.Limits{Deadline: q.wait, Rows: 1 << 30, Input: 2 << 30, Output: 1 << 30, Memory: 4 << 30})
	defer pool.Close()
	a, err := pool.Query(ctx, q.sql, q.limit, query.JSON)
	if known, ok := errors.AsType[*query.Error](err); ok {
		return nil, false, &failure{exitNo, errors.New(known.In(q.sql)), ""}
	}
	if err != nil {
		return nil, false, asFailure(err, exitRun, "")
	}
	return a.Body, a.Truncated, nil
}
