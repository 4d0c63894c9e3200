package gateway

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"gw/engine"
	"gw/gateway/stage"
	"gw/schema"
)

// sessionVersion is that of the files that are written; those of another are refused.
const sessionVersion = 1

// maxSessionLine bounds a line that is read.
const maxSessionLine = 64 << 20

// A sessionLine is one line of a file: the head, an operation, ids that the graph gave out since the line before, or the
// end. docs/sessions.md tells what is in which.
type sessionLine struct {
	Session int        `json:"session,omitempty"`
	Gateway string     `json:"gateway,omitempty"`
	Start   *time.Time `json:"start,omitempty"`

	Cycle  uint64              `json:"cycle,omitempty"`
	Time   *time.Time          `json:"time,omitempty"`
	Door   string              `json:"door,omitempty"`
	Timer  *int                `json:"timer,omitempty"`
	Due    *time.Time          `json:"due,omitempty"`
	Caller *sessionCaller      `json:"caller,omitempty"`
	Stage  *sessionStage       `json:"stage,omitempty"`
	Keys   []string            `json:"keys,omitempty"`
	Values [][]json.RawMessage `json:"values,omitempty"`

	IDs   uint64 `json:"ids,string,omitempty"`
	Count uint64 `json:"count,omitempty"`

	End *uint64 `json:"end,omitempty"`
}

type sessionCaller struct {
	Name   string            `json:"name,omitempty"`
	Claims map[string]string `json:"claims,omitempty"`
}

// sessionStage is a request without its records. Areas tell null from an empty list.
type sessionStage struct {
	Action stage.Action `json:"action"`
	Areas  []string     `json:"areas"`
	Fresh  []string     `json:"fresh,omitempty"`
}

// A sessionWriter writes the lines of one session. The first error ends it.
type sessionWriter struct {
	to     io.Writer
	failed error
}

func (w *sessionWriter) put(l sessionLine) {
	if w.failed != nil {
		return
	}
	text, err := json.Marshal(l)
	if err == nil {
		_, err = w.to.Write(append(text, '\n'))
	}
	if err != nil {
		w.failed = fmt.Errorf("session: %w", err)
	}
}

func (w *sessionWriter) begin(gateway string, start time.Time) {
	w.put(sessionLine{Session: sessionVersion, Gateway: gateway, Start: &start})
}

func (w *sessionWriter) end(last uint64) { w.put(sessionLine{End: &last}) }

func (w *sessionWriter) ids(runs []idRun) {
	for _, run := range runs {
		w.put(sessionLine{IDs: run.first, Count: run.n})
	}
}

func (w *sessionWriter) operation(o Operation) {
	at := o.Time.Std()
	l := sessionLine{Cycle: o.Cycle, Time: &at, Door: o.Door}
	if o.Due != 0 {
		due := o.Due.Std()
		l.Timer, l.Due = &o.Timer, &due
	}
	if o.Caller.Name != "" || len(o.Caller.Claims) > 0 {
		l.Caller = &sessionCaller{o.Caller.Name, o.Caller.Claims}
	}
	records := o.Records
	if r := o.Stage; r != nil {
		l.Stage = &sessionStage{r.Action, r.IDs, r.Fresh}
		records = [][]schema.Record{r.Records}
	}
	if len(o.Keys) != 1 || o.Keys[0] != "" {
		l.Keys = o.Keys
	}
	for _, recs := range records {
		texts := make([]json.RawMessage, len(recs))
		for i, r := range recs {
			texts[i] = r.AppendExact(nil)
		}
		l.Values = append(l.Values, texts)
	}
	w.put(l)
}

// A sessionReader reads operations one after the other.
type sessionReader struct {
	lines *bufio.Scanner
	line  int
	doors map[string]door
	ids   func(idRun) // takes those that the graph will give out
	start time.Time
	last  uint64 // the last cycle, as far as it is known
}

func newSessionReader(from io.Reader, doors map[string]door, ids func(idRun)) *sessionReader {
	r := &sessionReader{lines: bufio.NewScanner(from), doors: doors, ids: ids}
	r.lines.Buffer(nil, maxSessionLine)
	r.lines.Split(wholeLines)
	return r
}

// wholeLines leaves out a last line without its end: whoever wrote it was interrupted.
func wholeLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF {
		return len(data), nil, nil
	}
	return 0, nil, nil
}

// read reads a line; io.EOF behind the last.
func (r *sessionReader) read() (l sessionLine, err error) {
	if !r.lines.Scan() {
		if err := r.lines.Err(); err != nil {
			return l, fmt.Errorf("line %d: %w", r.line+1, err)
		}
		return l, io.EOF
	}
	r.line++
	d := json.NewDecoder(bytes.NewReader(r.lines.Bytes()))
	d.DisallowUnknownFields()
	if err = d.Decode(&l); err == nil && d.More() {
		err = errors.New("more than one object")
	}
	if err != nil {
		return l, r.wrong("is no line of a session: %w", err)
	}
	return l, nil
}

func (r *sessionReader) wrong(format string, args ...any) error {
	return fmt.Errorf("line %d: "+format, append([]any{r.line}, args...)...)
}

// open reads the first line.
func (r *sessionReader) open() error {
	l, err := r.read()
	switch {
	case err == io.EOF:
		return errors.New("is empty")
	case err != nil:
		return err
	case l.Session == 0 || l.Start == nil:
		return r.wrong(`is no head of a session, such as {"session":%d,"start":"2026-01-01T00:00:00Z"}`, sessionVersion)
	case l.Session != sessionVersion:
		return r.wrong("got a session of version %d, want %d", l.Session, sessionVersion)
	}
	r.start = *l.Start
	return nil
}

// next reads up to the next operation; io.EOF at the end. A session without an end, of a process that was killed, ends with
// the cycle of its last operation.
func (r *sessionReader) next() (o Operation, err error) {
	for {
		l, err := r.read()
		switch {
		case err != nil:
			return o, err
		case l.Count > 0:
			r.ids(idRun{l.IDs, l.Count})
		case l.End != nil:
			r.last = *l.End
			return o, io.EOF
		case l.Door == "" || l.Time == nil || l.Cycle < r.last:
			return o, r.wrong("is no operation of cycle %d or later", r.last)
		default:
			r.last = l.Cycle
			return r.operation(l)
		}
	}
}

func (r *sessionReader) operation(l sessionLine) (o Operation, err error) {
	o = Operation{Time: engine.TimeOf(*l.Time), Cycle: l.Cycle, Door: l.Door, Keys: l.Keys}
	if l.Caller != nil {
		o.Caller = Caller{l.Caller.Name, l.Caller.Claims}
	}
	if l.Timer != nil && l.Due != nil {
		o.Timer, o.Due = *l.Timer, engine.TimeOf(*l.Due)
		return o, nil
	}
	d, ok := r.doors[l.Door]
	if !ok {
		return o, nil // which feeding refuses
	}
	if o.Keys == nil {
		o.Keys = []string{""}
	}
	for _, texts := range l.Values {
		recs := make([]schema.Record, len(texts))
		for i, text := range texts {
			if recs[i], err = d.typ().DecodeExact(text); err != nil {
				return o, r.wrong("%s: %w", l.Door, err)
			}
		}
		o.Records = append(o.Records, recs)
	}
	if l.Stage != nil {
		o.Stage = &stage.Request{Action: l.Stage.Action, IDs: l.Stage.Areas, Fresh: l.Stage.Fresh}
		if len(o.Records) == 1 {
			o.Stage.Records = o.Records[0]
		}
		o.Keys, o.Records = nil, nil
		return o, nil
	}
	if len(o.Records) != len(o.Keys) {
		return o, r.wrong("%s: got values for %d keys, want %d", l.Door, len(o.Records), len(o.Keys))
	}
	return o, nil
}
