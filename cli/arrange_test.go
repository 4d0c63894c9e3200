package cli

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/urfave/cli/v2"
)

func arrangeCommands() []*cli.Command {
	return []*cli.Command{
		{Name: "replay", Flags: []cli.Flag{
			&cli.StringFlag{Name: "speed"}, &cli.StringFlag{Name: "port", Aliases: []string{"p"}}, &cli.BoolFlag{Name: "headless"},
		}},
		{Name: "run"}, {Name: "help"}, {Name: "version"},
	}
}

func TestFlagsMayStandAnywhere(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"", "help"},
		{"--help", "help"},
		{"-h", "help"},
		{"--version", "version"},
		{"--help replay", "help replay"},
		{"replay --help", "help replay"},
		{"replay a.csv -h", "help replay"},
		{"replay a.csv -- -h", "replay -- a.csv -h"},
		{"run", "run"},
		{"replay a.csv", "replay -- a.csv"},
		{"replay a.csv --speed 10", "replay --speed 10 -- a.csv"},
		{"replay a.csv --speed=10 b.csv", "replay --speed=10 -- a.csv b.csv"},
		{"replay --headless a.csv -p 0", "replay --headless -p 0 -- a.csv"},
		{"--headless replay a.csv", "replay --headless -- a.csv"},
		{"--port 1 replay a.csv", "replay --port 1 -- a.csv"},
		{"replay - +a=1 ~b c=d", "replay -- - +a=1 ~b c=d"},
		{"replay --speed -- a.csv", "replay --speed -- -- a.csv"},
		{"replay -- --speed", "replay -- --speed"},
	} {
		got, err := arrange(arrangeCommands(), strings.Fields(tc.in))
		if err != nil {
			t.Errorf("%q: %v", tc.in, err)
			continue
		}
		if diff := cmp.Diff(strings.Fields(tc.want), got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tc.in, diff)
		}
	}
}

func TestArrangeNamesWhatItDoesNotKnow(t *testing.T) {
	for _, tc := range []struct{ in, want, hint string }{
		{"replya", `"replya": no such command`, "did you mean replay?"},
		{"zzz", `"zzz": no such command`, "there are replay, run, help, version"},
		{"replay a.csv --sped 10", "--sped: replay has no such flag", "did you mean --speed?"},
		{"replay --head a.csv", "--head: replay has no such flag", "did you mean --headless?"},
		{"--nope replay", "--nope: no such flag", "there are --headless, --port, --speed"},
		{"replay a.csv --speed", "--speed: needs a value", ""},
		{"--port 1", "--port: no command given", "the commands are replay, run, help, version"},
		{"run --speed 1", "--speed: run has no such flag", "it takes no flags"},
	} {
		_, err := arrange(arrangeCommands(), strings.Fields(tc.in))
		f, ok := err.(*failure)
		if !ok {
			t.Errorf("%q: got %v, want a failure", tc.in, err)
			continue
		}
		if f.code != exitUsage || f.Error() != tc.want || f.hint != tc.hint {
			t.Errorf("%q: got %d %q hint %q, want %q hint %q", tc.in, f.code, f.Error(), f.hint, tc.want, tc.hint)
		}
	}
}

func FuzzArrange(f *testing.F) {
	for _, seed := range []string{"replay a --speed 1", "--", "replay -- --", "-", "replay --speed", "--port=1 run x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		words := strings.Fields(line)
		arranged, err := arrange(arrangeCommands(), words)
		if err == nil && len(arranged) == 0 {
			t.Errorf("%q: no error and nothing to run", line)
		}
	})
}
