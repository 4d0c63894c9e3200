package replay

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"math"

	"gw/engine"
)

// Rows reads files row by row, merged by time, for a source whose channels have types of their own: nothing is learnt
// about the values, and the files are read once. One goroutine at a time.
type Rows struct {
	merge    *merge
	from, to int64
	row      Row
	skipped  map[string]uint64
}

// Row is one row of a file: when it ticks and what it gives to which channels.
type Row struct {
	// At is the row's time, or that of the row before it in its file if that was later.
	At engine.Time
	// Cycle says that the parts tick in an engine cycle of their own, as those of a line of csp-gateway do.
	Cycle bool
	Parts []RowPart
}

// RowPart is the JSON that a row gives to a channel: an object, or an array of them. Channel is "" where rows do not name
// one. Value is valid until the next row.
type RowPart struct {
	Channel string
	Value   []byte
}

// OpenRows looks at the start of each file to see how it is to be read, as Open does, and opens them. Map, From and
// Until count. The error is an *InputError or a *MapError.
func OpenRows(ctx context.Context, paths []string, o Options) (*Rows, error) {
	spec, err := parseMap(o.Map)
	if err != nil {
		return nil, err
	}
	var plans []*plan
	for _, path := range paths {
		p, err := makePlan(path, spec)
		if err != nil {
			return nil, err
		}
		plans = append(plans, p)
	}
	r := &Rows{from: math.MinInt64, to: math.MaxInt64, skipped: map[string]uint64{}}
	if !o.From.IsZero() {
		r.from = o.From.UnixNano()
	}
	if !o.Until.IsZero() {
		r.to = o.Until.UnixNano()
	}
	r.merge, err = openMerge(ctx, plans, func(reason string, _ int) { r.skipped[reason]++ })
	return r, err
}

// Next returns the next row, valid until the call after, or io.EOF. Rows that cannot be read are skipped and counted.
func (r *Rows) Next(ctx context.Context) (*Row, error) {
	for {
		l, err := r.merge.next(ctx)
		switch {
		case err != nil:
			return nil, err
		case l.at > r.to:
			return nil, io.EOF
		case l.at < r.from:
			continue
		}
		r.row.At, r.row.Cycle = engine.Time(l.at), l.cursor.plan.format == formatCycles
		r.row.Parts = r.row.Parts[:0]
		for _, p := range l.entry.parts {
			if p.value != nil {
				r.row.Parts = append(r.row.Parts, RowPart{Channel: string(p.route), Value: p.value})
			}
		}
		if len(r.row.Parts) > 0 {
			return &r.row, nil
		}
	}
}

// Skipped counts the rows so far that became no Row, by reason.
func (r *Rows) Skipped() map[string]uint64 { return r.skipped }

// Close closes the files.
func (r *Rows) Close() error { return r.merge.close() }

// IsEmpty tells whether an error of OpenRows or Open says that a file has no bytes.
func IsEmpty(err error) bool {
	var input *InputError
	return errors.As(err, &input) && input.What == emptyFile
}

// IsMissing tells whether an error of OpenRows or Open says that a file does not exist.
func IsMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }

const emptyFile = "is empty"
