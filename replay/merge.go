package replay

import (
	"context"
	"errors"
	"io"
)

// lane is one file in a merge: its next row.
type lane struct {
	index  int
	cursor *cursor
	entry  *entry
	at     int64 // when the row ticks: its time, or that of the row before it if that was later
	late   bool
	begun  bool
}

// advance reads the next row of the file.
func (l *lane) advance(ctx context.Context) error {
	e, err := l.cursor.next(ctx)
	if err != nil {
		return err
	}
	l.entry, l.late = e, l.begun && e.at < l.at
	if !l.late {
		l.at = e.at
	}
	l.begun = true
	return nil
}

// before orders rows by time; at one time the file named first comes first.
func (l *lane) before(m *lane) bool {
	return l.at < m.at || l.at == m.at && l.index < m.index
}

// merge reads several files as one in the order of time, file, line. Within a file the order of lines is kept: a row
// that is earlier than the one before it is late and takes its time. k files cost log k a row.
type merge struct {
	heap  []*lane // smallest first
	files []*lane // to close
	ready bool    // the row at the top was handed out
}

// openMerge opens all files and reads their first rows.
func openMerge(ctx context.Context, plans []*plan, skip func(reason string, line int)) (*merge, error) {
	m := &merge{}
	for i, p := range plans {
		c, err := p.open(skip)
		if err != nil {
			return nil, errors.Join(err, m.close())
		}
		l := &lane{index: i, cursor: c}
		m.files = append(m.files, l)
		switch err := l.advance(ctx); {
		case errors.Is(err, io.EOF):
		case err != nil:
			return nil, errors.Join(err, m.close())
		default:
			m.push(l)
		}
	}
	return m, nil
}

// next returns the file with the next row, valid until the call after. At the end it returns io.EOF.
func (m *merge) next(ctx context.Context) (*lane, error) {
	if m.ready && len(m.heap) > 0 {
		switch err := m.heap[0].advance(ctx); {
		case errors.Is(err, io.EOF):
			last := len(m.heap) - 1
			m.heap[0] = m.heap[last]
			m.heap = m.heap[:last]
		case err != nil:
			return nil, err
		}
		m.sink()
	}
	if len(m.heap) == 0 {
		return nil, io.EOF
	}
	m.ready = true
	return m.heap[0], nil
}

func (m *merge) push(l *lane) {
	m.heap = append(m.heap, l)
	for i := len(m.heap) - 1; i > 0; {
		up := (i - 1) / 2
		if !m.heap[i].before(m.heap[up]) {
			return
		}
		m.heap[i], m.heap[up] = m.heap[up], m.heap[i]
		i = up
	}
}

// sink moves the row at the top to its place.
func (m *merge) sink() {
	for i := 0; ; {
		least := i
		for _, down := range []int{2*i + 1, 2*i + 2} {
			if down < len(m.heap) && m.heap[down].before(m.heap[least]) {
				least = down
			}
		}
		if least == i {
			return
		}
		m.heap[i], m.heap[least] = m.heap[least], m.heap[i]
		i = least
	}
}

func (m *merge) close() error {
	var errs []error
	for _, l := range m.files {
		errs = append(errs, l.cursor.close())
	}
	return errors.Join(errs...)
}
