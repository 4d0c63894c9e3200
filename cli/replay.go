package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"gw/gateway"
	"gw/replay"
)

func (p *program) replayCommand() *cli.Command {
	return &cli.Command{
		Name:  "replay",
		Usage: "replay recordings that nobody prepared, and serve what they say",
		Description: `Infers from the files what ticks when (channels, times, types), prints that mapping, and
replays them at their own pace. Formats: lines of '<ns> {json}', JSON Lines with a time field,
csp-gateway's recordings, CSV with a header; gzip and zstd are recognised. After the last tick
it goes on serving. With --output it replays as fast as possible, opens no port unless --port is
given, prints a summary to standard output and ends.`,
		ArgsUsage: "FILE... [FLAGS]",
		Flags: append([]cli.Flag{
			valueFlag("speed", "", "`PACE`: original, a factor such as 10, max, or auto (default): original up to 15m, longer ones in 1m"),
			valueFlag("from", "", "leave out ticks before `TIME`, such as 2024-08-09T00:05:00 (UTC unless it says otherwise)"),
			valueFlag("until", "", "leave out ticks after `TIME`"),
			valueFlag("map", "", "`MAPPING` to use instead of what is inferred, such as time=FIELD,route=FIELD (see the docs)"),
			switchFlag("pause", "begin paused"),
			valueFlag("output", "", "print a summary as `FORMAT` when done, and end: json or table"),
		}, servingFlags()...),
		Action: func(c *cli.Context) error {
			r, err := p.replayingOf(c)
			if err != nil {
				return err
			}
			return r.run(c.Context)
		},
	}
}

// replaying is what one `gw replay` was asked to do.
type replaying struct {
	program *program
	paths   []string
	options replay.Options
	speed   speed
	pause   bool
	output  string
	serving serving
}

func (p *program) replayingOf(c *cli.Context) (*replaying, error) {
	r := &replaying{program: p, paths: c.Args().Slice(), pause: c.Bool("pause"), output: c.String("output")}
	r.options.Map = c.String("map")
	if len(r.paths) == 0 {
		return nil, usage("name one, such as "+p.name+" replay ticks.csv.gz", "replay: no file given")
	}
	var err error
	if r.serving, err = servingOf(c); err != nil {
		return nil, err
	}
	if r.output != "" {
		err = oneOf("--output", r.output, "json", "table")
	}
	if err == nil {
		r.options.From, err = timeOf("--from", c.String("from"))
	}
	if err == nil {
		r.options.Until, err = timeOf("--until", c.String("until"))
	}
	if err == nil {
		r.speed, err = parseSpeed(paceOf(c.String("speed"), r.output))
	}
	return r, err
}

// paceOf is the speed of a replay that was not told one.
func paceOf(speed, output string) string {
	switch {
	case speed != "":
		return speed
	case output != "":
		return "max"
	}
	return "auto"
}

// timeOf reads a point in time: RFC 3339, or without zone, seconds or clock.
func timeOf(flag, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(layout, strings.Replace(text, " ", "T", 1)); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, usage("", "%s: got %q, want a time such as 2024-08-09T00:05:00Z or 2024-08-09", flag, clip(text))
}

func (r *replaying) run(ctx context.Context) error {
	recording, err := r.open(ctx)
	if err != nil {
		return inputFailure(err)
	}
	fmt.Fprint(r.program.stderr, printable(recording.Mapping().String()))
	for _, warning := range recording.Warnings() {
		fmt.Fprintf(r.program.stderr, "%s: warning: %s\n", r.program.name, oneLine(warning))
	}
	span := recording.End.Sub(recording.Start)
	factor := r.speed.resolve(span)
	s := &session{
		program: r.program,
		gateway: recording.Gateway(),
		serving: r.serving,
		config:  gateway.RunConfig{Start: recording.Start, End: recording.End, Speed: factor, Hold: r.pause},
		offline: r.output != "" && !r.serving.portSet,
		leave:   r.output != "",
		intro:   "replaying " + speedSentence(factor, span),
	}
	if err := s.run(ctx); err != nil || r.output == "" {
		return err
	}
	return asFailure(writeSummary(r.program.stdout, r.output, recording.Summary()), exitReach, "")
}

func (r *replaying) open(ctx context.Context) (*replay.Recording, error) {
	ctx, release := interruptible(ctx)
	defer release()
	return replay.Open(ctx, r.paths, r.options)
}

// inputFailure turns replay's errors into what is wrong and what to do.
func inputFailure(err error) error {
	var input *replay.InputError
	var mapping *replay.MapError
	switch {
	case errors.As(err, &input):
		hint := input.Do
		bare := *input
		bare.Do = ""
		return &failure{exitInput, &bare, hint}
	case errors.As(err, &mapping):
		return &failure{exitUsage, fmt.Errorf("--%w", mapping), "time=FIELD, route=FIELD, channel=NAME, payload=FIELD and unit=s|ms|us|ns, separated by commas"}
	}
	return asFailure(err, exitInput, "")
}
