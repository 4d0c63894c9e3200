package replay

import (
	"context"
	"errors"
	"io"
	"maps"

	"gw/engine"
	"gw/schema"
)

// outlet is one place where rows come out: a channel, or a key of a basket.
type outlet struct {
	channel *channel
	key     string
}

// tick is what one cycle gives to one outlet.
type tick struct {
	outlet int
	value  []schema.Record
}

// frame is one engine cycle.
type frame struct {
	at      engine.Time
	ticks   []tick
	late    uint64
	skipped map[string]uint64 // rows before this frame that became no tick; nil if none
	last    bool              // no frame, only what was skipped behind the last one
}

// framer cuts the rows of a recording into engine cycles: a row joins the current cycle if it has the cycle's time and
// its channel has not ticked in it; otherwise a new cycle begins. A line of csp-gateway is a cycle of its own.
type framer struct {
	rows     *merge
	rec      *Recording
	skipped  map[string]uint64
	frameNo  uint64
	ticked   []uint64 // by channel: the frame in which it ticked last
	held     *frame   // the frame that rows still join
	alone    bool     // nothing joins held
	values   valueMaker
	finished bool
}

// newFramer opens the recording for its second pass.
func newFramer(ctx context.Context, rec *Recording) (*framer, error) {
	f := &framer{rec: rec, ticked: make([]uint64, len(rec.channels.list))}
	var err error
	f.rows, err = openMerge(ctx, rec.plans, f.skip)
	return f, err
}

func (f *framer) skip(reason string, _ int) {
	if f.skipped == nil {
		f.skipped = map[string]uint64{}
	}
	f.skipped[reason]++
}

// next returns the next cycle, and with io.EOF what was skipped behind the last one.
func (f *framer) next(ctx context.Context) (*frame, error) {
	for !f.finished {
		l, err := f.rows.next(ctx)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if l.at < f.rec.from {
			f.skipped = nil
			continue
		}
		if l.at > f.rec.to {
			break
		}
		if done := f.take(l); done != nil {
			return done, nil
		}
	}
	f.finished = true
	if done := f.held; done != nil {
		f.held = nil
		return done, nil
	}
	return &frame{last: true, skipped: f.skipped}, io.EOF
}

// take puts a row into the current cycle, or begins a new one and returns the one before.
func (f *framer) take(l *lane) *frame {
	ticks, first := f.decode(l)
	if len(ticks) == 0 {
		return nil
	}
	whole := l.cursor.plan.format == formatCycles
	joins := f.held != nil && int64(f.held.at) == l.at && !f.alone && !whole && f.ticked[first.index] != f.frameNo
	var done *frame
	if joins {
		f.held.ticks = append(f.held.ticks, ticks...)
	} else {
		done = f.held
		f.frameNo++
		f.held, f.alone = &frame{at: engine.Time(l.at), ticks: ticks}, whole
	}
	f.ticked[first.index] = f.frameNo
	if l.late {
		f.held.late++
	}
	if f.skipped != nil {
		f.held.skipped = addCounts(f.held.skipped, f.skipped)
		f.skipped = nil
	}
	return done
}

func addCounts(to, from map[string]uint64) map[string]uint64 {
	if to == nil {
		return maps.Clone(from)
	}
	for reason, n := range from {
		to[reason] += n
	}
	return to
}

// decode makes the ticks of a row. A row with a part that is not what its channel holds is counted as skipped, also if
// other parts of it tick.
func (f *framer) decode(l *lane) (ticks []tick, first *channel) {
	p := l.cursor.plan
	wrong := l.entry.wrong
	for _, pt := range l.entry.parts {
		if pt.value == nil {
			continue
		}
		ch, _ := f.rec.channels.find(p, pt.route, false)
		if ch == nil {
			wrong = true
			continue
		}
		before, ok := len(ticks), false
		if ticks, ok = f.decodePart(ticks, p, ch, pt); !ok {
			wrong = true
		}
		if first == nil && len(ticks) > before {
			first = ch
		}
	}
	switch {
	case wrong:
		f.skip(skipWrongType, l.entry.line)
	case len(ticks) == 0:
		f.skip(skipNoTick, l.entry.line)
	}
	return ticks, first
}

// decodePart appends the ticks of one channel, and reports whether all of it could be used.
func (f *framer) decodePart(ticks []tick, p *plan, ch *channel, pt part) ([]tick, bool) {
	if len(ch.keys) == 0 {
		recs, ok := f.records(p, ch, pt)
		if ok {
			ticks = append(ticks, tick{ch.outlet, recs})
		}
		return ticks, ok
	}
	ms, err := object(pt.value, []member{})
	if err != nil {
		return ticks, false
	}
	good := true
	for _, m := range ms {
		out, ok := ch.keyOutlets[string(unescape(m.key))]
		if string(m.value) == "null" {
			continue
		}
		var recs []schema.Record
		if ok = ok && isPayload(m.value); ok {
			recs, ok = f.records(p, ch, part{value: m.value})
		}
		if ok {
			ticks = append(ticks, tick{out, recs})
		}
		good = good && ok
	}
	return ticks, good
}

// records decodes one value of a channel: one record, or those of a list.
func (f *framer) records(p *plan, ch *channel, pt part) ([]schema.Record, bool) {
	recs := make([]schema.Record, 0, 1)
	f.values.keep = ch.oddStamp
	list, ok := f.values.each(p, pt, func(v value) bool {
		r, problems := ch.typ.Decode(v.text, schema.DecodeOptions{})
		if len(problems) > 0 {
			return false
		}
		if v.hasStamp {
			r.Base().Timestamp = schema.Some(engine.Time(v.stamp).Std())
		}
		recs = append(recs, r)
		return true
	})
	return recs, ok && (ch.list || !list)
}
