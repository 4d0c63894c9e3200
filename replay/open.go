package replay

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// makePlan looks at the start of a file (a CSV file is read once in full) and decides how to read it.
func makePlan(file string, spec mapSpec) (*plan, error) {
	p := &plan{path: file, base: baseName(file)}
	if spec.channel != "" {
		p.base = spec.channel
	}
	head, cut, err := p.look()
	if err != nil {
		return nil, err
	}
	var sep byte
	if p.format, sep, err = detect(file, head); err != nil {
		return nil, err
	}
	if p.format == formatCSV {
		if err := p.readColumns(sep); err != nil {
			return nil, err
		}
	}
	s := takeSample(p.reader(bufio.NewReader(bytes.NewReader(head))), p.format)
	if len(s.rows) == 0 {
		if cut != nil {
			return nil, damaged(file, p.compression, cut)
		}
		return nil, p.noObjects(s)
	}
	return p, p.infer(s, spec)
}

// look reads the start of the file. cut says how it is damaged, if it is.
func (p *plan) look() (head []byte, cut, err error) {
	for size := sampleBytes; ; size *= 8 {
		head, cut, err = p.readHead(size)
		if err != nil || len(head) < size || size > 2*maxRow || enough(head) {
			return head, cut, err
		}
	}
}

// enough reports whether a sample holds a whole row, or the end of an object that stands on several lines.
func enough(head []byte) bool {
	return bytes.IndexByte(head, '\n') >= 0 || bytes.Contains(head, []byte("},"))
}

func (p *plan) readHead(size int) (head []byte, cut, err error) {
	in, err := openInput(p.path)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, in.close()) }()
	p.compression = in.compression
	head = make([]byte, size)
	n, cut := io.ReadFull(in.text, head)
	head = head[:n]
	if errors.Is(cut, io.EOF) || errors.Is(cut, io.ErrUnexpectedEOF) {
		_, cut = in.text.ReadByte() // the end of the file, or what ended it
	}
	if errors.Is(cut, io.EOF) {
		cut = nil
	}
	switch {
	case n > 0:
		return head, cut, foreign(p.path, head)
	case cut != nil:
		return nil, nil, damaged(p.path, in.compression, cut)
	}
	return nil, nil, &InputError{Path: p.path, What: emptyFile, Do: "name a recording with at least one row"}
}

func (p *plan) readColumns(sep byte) (err error) {
	in, err := openInput(p.path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.close()) }()
	p.table = readTable(in.text, sep)
	return nil
}

func (p *plan) noObjects(s *sample) error {
	if p.format == formatCSV {
		return &InputError{Path: p.path, Line: 1, What: "has a header and no usable row under it", Do: "name a recording with at least one row"}
	}
	what := fmt.Sprintf("no row is a JSON object (got %q)", clip(string(s.firstBad.text)))
	return &InputError{Path: p.path, Line: s.firstBad.line, What: what, Do: "rows must be objects such as {\"time\":...}"}
}

// infer chooses time, unit, route and payload.
func (p *plan) infer(s *sample, spec mapSpec) error {
	fields := s.fields()
	if err := p.inferTime(s, fields, spec); err != nil {
		return err
	}
	if p.format == formatCycles {
		return nil
	}
	switch {
	case spec.route != "":
		p.route = newPath(spec.route)
	case !spec.noRoute:
		p.route = newPath(pickRoute(s, fields))
	}
	switch {
	case spec.payload != "":
		p.payload = spec.payload
	case !spec.whole:
		p.payload = pickPayload(s, p.route.text, p.time.text)
	}
	return nil
}

func (p *plan) inferTime(s *sample, fields []*field, spec mapSpec) error {
	var forced *unit
	if u, ok := parseUnit(spec.unit); ok {
		forced = &u
	}
	switch {
	case spec.time != "" && spec.time != "prefix":
		return p.namedTime(fields, s, spec, forced)
	case p.format == formatPrefix:
		p.clock = clockFor(s.prefixes, forced)
	case p.format == formatCycles:
		p.time = newPath(cycleTime)
		p.clock = clockFor(nil, forced)
	default:
		best, ok := pickTime(fields, forced)
		if !ok {
			return p.noTime(fields, "no field is a time")
		}
		p.time, p.clock = newPath(best.path), best.clock
		p.timeOfDay = pickTimeOfDay(fields, best.path)
	}
	return nil
}

func (p *plan) namedTime(fields []*field, s *sample, spec mapSpec, forced *unit) error {
	p.time = newPath(spec.time)
	var tokens [][]byte
	for _, ms := range s.rows {
		if t := p.time.in(ms); !isNull(t) {
			tokens = append(tokens, t)
		}
	}
	if len(tokens) == 0 {
		return p.noTime(fields, fmt.Sprintf("no row has the field %q", spec.time))
	}
	p.clock = clockFor(tokens, forced)
	return nil
}

// noTime says which fields there are.
func (p *plan) noTime(fields []*field, what string) error {
	var names []string
	for _, f := range fields {
		if f.depth == 1 && len(names) < 12 {
			names = append(names, f.path)
		}
	}
	what += " (has: " + clipTo(strings.Join(names, ", "), 300) + ")"
	do := "name the field with the time: --map time=FIELD"
	if f := timeless(fields); f != nil {
		what += fmt.Sprintf("; %s is %q", f.path, clip(string(unquote(f.tokens[0]))))
		do = "write times as 2024-08-09T00:00:00Z or as a number since 1970, or " + do
	}
	return &InputError{Path: p.path, Line: 1, What: what, Do: do}
}

// timeless returns the field that is a time by its name and none by its values.
func timeless(fields []*field) *field {
	for _, f := range fields {
		if f.depth > 1 || len(f.tokens) == 0 || timeRank(f.path) == noRank {
			continue
		}
		if _, good := readTimes(f.tokens, false, nil); good == 0 {
			return f
		}
	}
	return nil
}

// baseName is a file's name without its folder and its endings: a/nyc_taxi.csv.gz is nyc_taxi.
func baseName(file string) string {
	name := filepath.Base(file)
	for {
		ext := filepath.Ext(name)
		switch strings.ToLower(ext) {
		case ".gz", ".gzip", ".zst", ".zstd", ".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".log", ".dat":
			if ext != name {
				name = strings.TrimSuffix(name, ext)
				continue
			}
		}
		return name
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
