package replay

import (
	"context"
	"fmt"
	"math"
	"time"

	"gw/engine"
	"gw/gateway"
)

// Options says what Open should do other than what it infers. The zero value infers everything.
type Options struct {
	// Map overrides what is inferred: KEY=VALUE entries separated by commas. time=FIELD is the field with a row's time,
	// route=FIELD the one that names its channel, channel=NAME the channel of rows without a route, payload=FIELD the
	// member that is the value, unit=s|ms|us|ns the unit of times that are numbers. A FIELD may be a.b for a member of a
	// nested object. route=- and payload=- say that there is none.
	Map string
	// From and Until bound what is replayed, both inclusive, by the times at which rows tick. Zero is no bound.
	From, Until time.Time
}

// Recording is an opened recording: files that were read once to learn what is in them, and a gateway that replays
// them. It does not change, except for what Summary tells.
type Recording struct {
	// Start and End are the times of the first and the last row that will be replayed, in UTC.
	Start, End time.Time

	plans    []*plan
	from, to int64
	channels *channels
	outlets  []outlet
	files    []fileSurvey
	rows     uint64
	density  []uint64
	model    *gateway.Model
	gateway  *gateway.Gateway
	digest   *digest
}

// Open reads the files once from start to end, whatever their size, and learns how to replay them: format,
// compression, time, routing, channels and types. Several files are one recording, merged by time. Memory is bounded by
// the longest row and the number of channels and fields. The error is an *InputError (nothing can be replayed), a
// *MapError (Options.Map is wrong) or that of ctx. Rows that cannot be used are no error: see Warnings.
func Open(ctx context.Context, paths []string, o Options) (*Recording, error) {
	spec, err := parseMap(o.Map)
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return nil, &InputError{Path: "replay", What: "got no file", Do: "name at least one recording"}
	}
	r := &Recording{from: math.MinInt64, to: math.MaxInt64}
	if !o.From.IsZero() {
		r.from = int64(engine.TimeOf(o.From))
	}
	if !o.Until.IsZero() {
		r.to = int64(engine.TimeOf(o.Until))
	}
	for _, path := range paths {
		p, err := makePlan(path, spec)
		if err != nil {
			return nil, err
		}
		r.plans = append(r.plans, p)
	}
	if err := r.survey(ctx, spec); err != nil {
		return nil, err
	}
	r.wire()
	return r, nil
}

// survey makes the first pass, and another one if a routing field that was inferred turns out to be none.
func (r *Recording) survey(ctx context.Context, spec mapSpec) error {
	for {
		s := &survey{plans: r.plans, from: r.from, to: r.to}
		err := s.run(ctx)
		if s.wrongRoute != nil && spec.route == "" && !s.wrongRoute.route.empty() {
			s.wrongRoute.route, s.wrongRoute.payload = path{}, ""
			continue
		}
		if err != nil {
			return err
		}
		r.channels, r.files, r.rows = s.channels, s.files, s.rows
		if err := r.usable(s); err != nil {
			return err
		}
		r.Start, r.End = engine.Time(s.first).Std(), engine.Time(s.last).Std()
		r.density = s.density.buckets(s.last)
		return nil
	}
}

// usable says why nothing can be replayed, if that is so.
func (r *Recording) usable(s *survey) error {
	first, last := int64(math.MaxInt64), int64(math.MinInt64)
	var worst error
	for i, f := range r.files {
		first, last = min(first, f.first), max(last, f.last)
		if f.rows == 0 && worst == nil {
			worst = noRows(r.plans[i], f)
		}
	}
	switch {
	case first > last:
		return worst
	case s.rows > 0:
		return nil
	}
	window := "from " + bound(r.from, "the start") + " until " + bound(r.to, "the end")
	return &InputError{
		Path: r.plans[0].path, What: "has no row " + window,
		Do: fmt.Sprintf("choose a time from %s until %s", engine.Time(first), engine.Time(last)),
	}
}

func bound(at int64, none string) string {
	if at == math.MinInt64 || at == math.MaxInt64 {
		return none
	}
	return engine.Time(at).String()
}

// noRows says why no row of a file can be used: the most frequent reason and where it occurs first.
func noRows(p *plan, f fileSurvey) error {
	e := &InputError{Path: p.path, What: "has no rows", Do: "name a recording with at least one row"}
	var most uint64
	for _, reason := range sortedKeys(f.skipped) {
		if n := f.skipped[reason]; n > most && reason != skipBlank {
			most = n
			e.Line = f.firstSkip[reason]
			e.What = "none of its rows can be replayed: " + reason
			e.Do = adviceFor(reason)
		}
	}
	return e
}

func adviceFor(reason string) string {
	switch reason {
	case skipNoTime, skipBadTime:
		return "name the field with the time: --map time=FIELD"
	case skipTruncated, skipCorrupt:
		return "the file is damaged; fetch it again"
	case skipNoTick:
		return "record again with channels that tick"
	default:
		return "rows must be JSON objects or CSV cells under a header"
	}
}

// wire makes the gateway.
func (r *Recording) wire() {
	model := gateway.NewModel()
	for _, ch := range r.channels.list {
		model.Add(gateway.ChannelSpec{Name: ch.name, Type: ch.typ, List: ch.list, Keys: ch.keys})
		ch.outlet = len(r.outlets)
		ch.keyOutlets = map[string]int{}
		for _, key := range ch.keys {
			ch.keyOutlets[key] = len(r.outlets)
			r.outlets = append(r.outlets, outlet{ch, key})
		}
		if len(ch.keys) == 0 {
			r.outlets = append(r.outlets, outlet{ch, ""})
		}
	}
	r.model, r.digest = model, newDigest(r)
	r.gateway = gateway.New(model, r.modules()...)
	r.gateway.Name = baseName(r.plans[0].path)
}

// modules are those of the gateway: one plays the recording, one sums it up.
func (r *Recording) modules() []any { return []any{&player{rec: r}, r.digest} }

// Gateway returns the gateway that replays the recording. It runs once, with RunConfig.Start and End set to r.Start and
// r.End; open the recording again for another run.
func (r *Recording) Gateway() *gateway.Gateway { return r.gateway }

// Rows returns how many rows will be replayed.
func (r *Recording) Rows() uint64 { return r.rows }

// Density returns how many rows fall into each hundredth of the time from Start to End, for a timeline. Rows near the
// edge of a bucket may be counted in the next one.
func (r *Recording) Density() []uint64 { return append([]uint64(nil), r.density...) }

// Warnings returns one sentence for each kind of row that will be skipped and for each file that is damaged, with the
// place where it happens first.
func (r *Recording) Warnings() []string {
	var out []string
	for i, f := range r.files {
		for _, reason := range sortedKeys(f.skipped) {
			if reason == skipBlank {
				continue
			}
			out = append(out, fmt.Sprintf("%s:%d: %s", r.plans[i].path, f.firstSkip[reason], warning(reason, f.skipped[reason])))
		}
	}
	return out
}

func warning(reason string, n uint64) string {
	switch {
	case reason == skipTruncated:
		return "the file stops in the middle of its compressed data; rows before are replayed, what followed is lost"
	case reason == skipCorrupt:
		return "the compressed data is damaged here; rows before are replayed, what followed is lost"
	case n == 1:
		return "1 row skipped: " + reason
	}
	return fmt.Sprintf("%d rows skipped, this is the first: %s", n, reason)
}
