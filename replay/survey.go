package replay

import (
	"context"
	"errors"
	"io"
	"math"
)

// survey is the first pass over all files: it learns channels and types and counts.
type survey struct {
	plans    []*plan
	from, to int64 // the window that is replayed

	channels *channels
	files    []fileSurvey
	density  density
	rows     uint64 // in the window
	first    int64  // time of the first row in the window, as the engine will see it
	last     int64

	values     valueMaker
	wrongRoute *plan // the file whose routing field has too many values
}

// fileSurvey is what the first pass counts in one file.
type fileSurvey struct {
	rows        uint64 // usable ones
	late        uint64
	first, last int64 // engine times of the usable rows
	skipped     map[string]uint64
	firstSkip   map[string]int // line of the first row skipped for each reason
}

// run makes the pass.
func (s *survey) run(ctx context.Context) error {
	s.channels = newChannels()
	s.first, s.last = math.MaxInt64, math.MinInt64
	for _, p := range s.plans {
		f := fileSurvey{first: math.MaxInt64, last: math.MinInt64, skipped: map[string]uint64{}, firstSkip: map[string]int{}}
		if err := s.file(ctx, p, &f); err != nil {
			return err
		}
		s.files = append(s.files, f)
	}
	for _, ch := range s.channels.list {
		if err := ch.settle(); err != nil {
			return err
		}
	}
	return nil
}

func (s *survey) file(ctx context.Context, p *plan, f *fileSurvey) (err error) {
	skip := func(reason string, line int) {
		if f.skipped[reason]++; f.skipped[reason] == 1 {
			f.firstSkip[reason] = line
		}
	}
	c, err := p.open(skip)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	for {
		e, err := c.next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		used, wrong, err := s.learn(p, e)
		if err != nil {
			return err
		}
		if wrong {
			skip(skipWrongType, e.line)
		}
		if used {
			s.count(f, e.at)
		}
	}
}

// learn takes one row into account: whether anything of it can tick, and whether anything cannot.
func (s *survey) learn(p *plan, e *entry) (used, wrong bool, err error) {
	wrong = e.wrong
	for _, pt := range e.parts {
		ch, err := s.channels.find(p, pt.route, true)
		switch {
		case err != nil:
			return false, false, s.tooMany(p, e)
		case pt.value == nil:
		case ch.observe(&s.values, p, pt):
			used = true
		default:
			wrong = true
		}
	}
	return used, wrong, nil
}

// count notes the time of a row as the engine will see it: never before the row before it.
func (s *survey) count(f *fileSurvey, at int64) {
	f.rows++
	if f.rows > 1 && at < f.last {
		f.late++
		at = f.last
	}
	f.first, f.last = min(f.first, at), at
	if at < s.from || at > s.to {
		return
	}
	s.rows++
	s.first, s.last = min(s.first, at), max(s.last, at)
	s.density.add(at)
}

// tooMany says that the routing field of a file is none.
func (s *survey) tooMany(p *plan, e *entry) error {
	s.wrongRoute = p
	return &InputError{
		Path: p.path, Line: e.line, What: "has more than 1000 channels by its field " + p.route.text,
		Do: "name another field with --map route=FIELD, or none with --map route=-", Err: errTooManyChannels,
	}
}
