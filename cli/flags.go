package cli

import (
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"gw/httpapi/auth"
)

// servingFlags are the flags of every command that runs a gateway. Values are checked by servingOf, in gw's words.
func servingFlags() []cli.Flag {
	return append([]cli.Flag{
		switchFlag("headless", "no workbench, even on a terminal: plain log lines on standard error"),
		valueFlag("port", "8000", "serve the API and the page on port `N` (default 8000; 0 = a free one, printed)"),
		valueFlag("bind", "127.0.0.1", "listen on `ADDRESS` (default 127.0.0.1: this machine only)"),
		switchFlag("insecure", "allow a --bind that other machines can reach without anybody being asked who they are"),
		switchFlag("no-ui", "serve the API without the page"),
		valueFlag("for", "", "end by itself after `DURATION` of wall-clock time, such as 30s or 5m"),
		valueFlag("log-level", "info", "log `LEVEL` and above: debug, info, warn, error (default info)"),
		valueFlag("log-file", "", "append the log to `FILE` instead"),
		valueFlag("color", "auto", "`WHEN` to use colour: auto, always, never (default auto)"),
	}, securityFlags()...)
}

func switchFlag(name, usage string) cli.Flag {
	return &cli.BoolFlag{Name: name, Usage: usage, EnvVars: environment(name)}
}

func valueFlag(name, value, usage string) cli.Flag {
	return &cli.StringFlag{Name: name, Value: value, Usage: usage, EnvVars: environment(name)}
}

func environment(name string) []string {
	return []string{"GW_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))}
}

// serving is what the flags of servingFlags ask for.
type serving struct {
	headless bool
	noUI     bool
	address  string // host:port to listen on
	bound    string // what said so: --bind, or settings.bind
	insecure bool
	portSet  bool // --port was given
	limit    time.Duration
	logs     logs
	color    string
	security *security
}

func servingOf(c *cli.Context) (serving, error) {
	s := serving{headless: c.Bool("headless"), noUI: c.Bool("no-ui"), portSet: c.IsSet("port"), color: c.String("color")}
	s.bound, s.insecure = "--bind", c.Bool("insecure")
	var err error
	if s.security, err = securityOf(c); err != nil {
		return s, err
	}
	if s.address, err = addressOf(s.bound, c.String("bind"), c.String("port")); err != nil {
		return s, err
	}
	if s.limit, err = limitOf(c.String("for")); err != nil {
		return s, err
	}
	if s.logs, err = logsOf(c.String("log-level"), c.String("log-file")); err != nil {
		return s, err
	}
	return s, oneOf("--color", s.color, "auto", "always", "never")
}

func addressOf(bound, bind, port string) (string, error) {
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return "", usage("0 takes a free port and prints it", "--port: got %q, want a number from 0 to 65535", clip(port))
	}
	_, err = netip.ParseAddr(bind)
	if bind != "localhost" && err != nil {
		return "", usage("127.0.0.1 is this machine, 0.0.0.0 every network it is in", "%s: got %q, want an IP address or localhost", bound, clip(bind))
	}
	return net.JoinHostPort(bind, strconv.FormatUint(n, 10)), nil
}

// loopback tells whether this machine alone can reach a host.
func loopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}

// exposed refuses an address that other machines can reach, unless gate asks them who they are or they are meant to.
func (s serving) exposed(gate *auth.Gate) error {
	host, _, _ := net.SplitHostPort(s.address)
	if loopback(host) || s.insecure || s.security.safe(gate) {
		return nil
	}
	if gate != nil {
		return usage("add --tls-cert and --tls-key (or --tls-self-signed), or --insecure, or leave --bind out",
			"%s: %s can be reached from other machines, and passwords would travel in the clear", s.bound, host)
	}
	return usage("add --api-keys FILE (or --users FILE with --tls-cert), or --insecure if everybody may read and send here, or leave --bind out",
		"%s: %s can be reached from other machines, and nothing asks them who they are", s.bound, host)
}

func limitOf(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	limit, err := time.ParseDuration(text)
	if err != nil || limit <= 0 {
		return 0, usage("", "--for: got %q, want a duration above 0 such as 500ms, 30s or 5m", clip(text))
	}
	return limit, nil
}

func oneOf(flag, got string, want ...string) error {
	for _, w := range want {
		if got == w {
			return nil
		}
	}
	hint := ""
	if name := nearest(got, want); name != "" {
		hint = "did you mean " + name + "?"
	}
	return usage(hint, "%s: got %q, want %s", flag, clip(got), alternatives(want))
}

// alternatives joins names as "a, b or c".
func alternatives(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
