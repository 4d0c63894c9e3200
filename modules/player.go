package modules

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"gw/engine"
	"gw/gateway"
	"gw/replay"
	"gw/schema"
)

// A player ticks lanes with the rows of files, read on the engine's goroutine as they are due.
type player struct {
	paths    []string
	options  replay.Options
	log      *slog.Logger
	lanes    []lane
	single   bool                                // every part goes to lanes[0], whatever it names
	offset   func(start engine.Time) engine.Time // the end of what is played, exclusive; nil for none
	keepID   bool
	keepTime bool
	change   func(channel string, r schema.Record) (schema.Record, error)
	mayBeNew bool // a file that is not there, or empty, has no rows

	rows    *replay.Rows
	skipped uint64
	told    map[string]bool // why rows were skipped, as far as it was logged
	next    *played
	start   engine.Time
	until   engine.Time
}

// played is one engine cycle: by lane.
type played struct {
	at    engine.Time
	ticks map[int][]schema.Record
	cycle bool
}

var _ engine.PullAdapter[*played] = (*player)(nil)

// connect sets the lanes.
func (p *player) connect(bus *gateway.Bus, name string) error {
	n := bus.Graph().Node(name)
	in := engine.Use(n, engine.Pull(bus.Graph(), name, p))
	outs := make([]*engine.Out[[]schema.Record], len(p.lanes))
	for i, l := range p.lanes {
		outs[i] = engine.Emit[[]schema.Record](n)
		if err := bus.Set(l.port.Name, l.key, outs[i].Edge()); err != nil {
			return err
		}
	}
	n.OnTick(func() {
		for i, recs := range in.Get().ticks {
			outs[i].Set(recs)
		}
	})
	return nil
}

// Start opens the files.
func (p *player) Start(start, _ engine.Time) error {
	rows, err := replay.OpenRows(context.Background(), p.paths, p.options)
	switch {
	case err == nil:
	case p.mayBeNew && (replay.IsEmpty(err) || replay.IsMissing(err)), replay.IsEmpty(err):
		return nil
	default:
		return err
	}
	p.rows, p.start, p.skipped, p.told, p.next = rows, start, 0, nil, nil
	if p.offset != nil {
		p.until = p.offset(start)
	}
	return nil
}

// Stop closes them.
func (p *player) Stop() error {
	if p.rows == nil {
		return nil
	}
	if p.skipped > 0 {
		p.log.Warn("rows that could not be used", "files", p.paths, "rows", p.skipped)
	}
	err := p.rows.Close()
	p.rows = nil
	return err
}

// Next returns the next cycle. Rows that stand for one time tick in one cycle as long as they tick different lanes; a
// line of csp-gateway is a cycle of its own.
func (p *player) Next() (engine.Time, *played, bool, error) {
	now := p.next
	p.next = nil
	for {
		row, err := p.read()
		if err != nil {
			return 0, nil, false, err
		}
		switch {
		case row == nil && now == nil:
			return 0, nil, false, nil
		case now == nil && row != nil:
			now = row
		case row != nil && now.joins(row):
		default:
			p.next = row
			return now.at, now, true, nil
		}
	}
}

// joins takes the ticks of a row into the cycle, if it can.
func (c *played) joins(row *played) bool {
	if row.at != c.at || row.cycle || c.cycle {
		return false
	}
	for i := range row.ticks {
		if _, taken := c.ticks[i]; taken {
			return false
		}
	}
	for i, recs := range row.ticks {
		c.ticks[i] = recs
	}
	return true
}

// read returns the next row that ticks something, nil at the end.
func (p *player) read() (*played, error) {
	for p.rows != nil {
		row, err := p.rows.Next(context.Background())
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if p.offset != nil && row.At >= p.until {
			return nil, nil
		}
		if row.At < p.start {
			continue
		}
		c := &played{at: row.At, ticks: map[int][]schema.Record{}, cycle: row.Cycle}
		for _, part := range row.Parts {
			if err := p.take(c, part); err != nil {
				p.skip(row.At, err)
			}
		}
		if len(c.ticks) > 0 {
			return c, nil
		}
	}
	return nil, nil
}

// manyReasons bounds how many reasons for skipping rows are logged.
const manyReasons = 20

// skip counts a row that cannot be used, and logs the first of each reason at once.
func (p *player) skip(at engine.Time, err error) {
	p.skipped++
	reason := reasonOf(err)
	if p.told[reason] || len(p.told) >= manyReasons {
		return
	}
	if p.told == nil {
		p.told = map[string]bool{}
	}
	p.told[reason] = true
	p.log.Warn("a row that cannot be used, and others like it", "files", p.paths, "time", at.String(), "error", err)
}

// reasonOf is what rows that are wrong in the same way have in common: what is wrong where, whatever the value.
func reasonOf(err error) string {
	var problems schema.Problems
	if !errors.As(err, &problems) {
		return err.Error()
	}
	reason := ""
	for _, problem := range problems {
		reason += fmt.Sprint(problem.Loc, problem.Type)
	}
	return reason
}

// take decodes what a row gives to a channel.
func (p *player) take(c *played, part replay.RowPart) error {
	for i, l := range p.lanes {
		if !p.single && l.port.Name != part.Channel {
			continue
		}
		raw := json.RawMessage(part.Value)
		if !p.single && l.port.Kind == gateway.KindBasket {
			var keys map[string]json.RawMessage
			if err := json.Unmarshal(part.Value, &keys); err != nil {
				return err
			}
			if raw = keys[l.key]; raw == nil || string(raw) == "null" {
				continue
			}
		}
		recs, err := decode(l.port, raw, c.at.Std())
		if err != nil {
			return fmt.Errorf("channel %q: %w", l, err)
		}
		forget(recs, !p.keepID, !p.keepTime)
		if p.change != nil && !l.port.List && l.port.Kind != gateway.KindBasket {
			for j := range recs {
				if recs[j], err = p.change(l.port.Name, recs[j]); err != nil {
					return err
				}
			}
		}
		c.ticks[i] = recs
		if p.single {
			return nil
		}
	}
	return nil
}
