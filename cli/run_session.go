package cli

import (
	"cmp"
	"context"
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"gw/gateway"
	"gw/internal/spool"
)

// sessionFlags are about what comes from outside during a run.
func sessionFlags() []cli.Flag {
	return []cli.Flag{
		valueFlag("record-session", "", "write what comes from outside to the new `FILE`, so that the run can be done again"),
		valueFlag("feed-session", "", "do the run of `FILE` again, as fast as possible and without effects, then go on serving"),
	}
}

// keepSession lets the gateway record or feed a session, as the flags say. It returns what closes the file.
func (s *session) keepSession(c *cli.Context) (done func() error, err error) {
	done = func() error { return nil }
	record, feed := c.String("record-session"), c.String("feed-session")
	switch {
	case record != "" && feed != "":
		return nil, usage("", "--record-session and --feed-session exclude each other")
	case record != "":
		f, err := os.OpenFile(record, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return nil, usage("it must be a new file", "--record-session: %w", err)
		}
		out := spool.New(f, true)
		s.gateway.Record = &gateway.Session{Out: out}
		done = func() error { return asFailure(out.Close(context.Background()), exitRun, "") }
	case feed != "":
		f, err := os.Open(feed)
		if err != nil {
			return nil, usage("", "--feed-session: %w", err)
		}
		s.config = gateway.RunConfig{Feed: &gateway.Session{In: f}}
		s.intro = fmt.Sprintf("running %s again as recorded in %s", cmp.Or(s.gateway.Name, "the gateway"), feed)
		done = f.Close
	}
	return done, nil
}
