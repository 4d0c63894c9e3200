package stage

import (
	"fmt"
	"slices"

	"gw/schema"
)

// What the areas of one channel may hold together; a request that would exceed it is an Error.
const (
	MaxAreas   = 10_000
	MaxRecords = 100_000
)

// Set is the staging areas of one channel, oldest first. The zero value is empty and ready to use.
type Set struct {
	areas []*Area
	byID  map[string]*Area
	held  int // records in all of them
}

// Areas returns all areas, oldest first. What it returns does not change.
func (s *Set) Areas() []Area {
	all := make([]Area, len(s.areas))
	for i, a := range s.areas {
		all[i] = *a
	}
	return all
}

// Apply does what r asks for, wholly or not at all; then the error is an *Error. It returns the affected areas as they
// are afterwards (dropped ones without records, released ones with what was released), and the events without their
// channel. mint makes ids of areas.
func (s *Set) Apply(r Request, mint func() string) (affected []Area, events []Event, err error) {
	if err := s.check(r); err != nil {
		return nil, nil, err
	}
	w := &work{set: s, request: r, mint: mint, touched: map[string]bool{}}
	switch {
	case r.Action == Released:
		w.release()
	case r.Action == Removed && len(r.Records) == 0:
		w.clear()
	case len(r.Records) == 0:
		w.open()
	}
	for _, rec := range r.Records {
		switch r.Action {
		case Created, Added:
			w.add(rec)
		case Removed:
			w.remove(rec)
		}
	}
	return w.affected(), w.events, nil
}

// Leaving returns the records that r would take out of the areas if it were applied now.
func (s *Set) Leaving(r Request) []schema.Record {
	w := &work{set: s, request: r}
	var leaving []schema.Record
	switch {
	case r.Action == Released || r.Action == Removed && len(r.Records) == 0:
		for _, a := range w.going() {
			leaving = append(leaving, a.Records...)
		}
	case r.Action == Removed:
		for _, rec := range r.Records {
			for _, a := range w.holding(rec) {
				leaving = append(leaving, a.Records[a.index(rec)])
			}
		}
	}
	return leaving
}

// check finds what is wrong with a request before anything of it is done.
func (s *Set) check(r Request) error {
	switch r.Action {
	case Removed, Released:
		return nil
	case Created, Added:
	default:
		return &Error{fmt.Sprintf("Unknown staging action: %s", r.Action)}
	}
	if len(r.Records) == 0 && len(r.IDs) > 0 {
		return &Error{"Cannot specify staging_ids without a struct to add"}
	}
	for _, id := range r.IDs {
		if s.byID[id] == nil {
			return &Error{"Staging ID not found: " + id}
		}
	}
	return s.room(r)
}

// room tells whether what a request adds fits into the bounds.
func (s *Set) room(r Request) error {
	targets := max(1, len(r.IDs))
	if r.IDs != nil && len(r.IDs) == 0 {
		targets = max(1, len(s.areas))
	}
	switch {
	case len(s.areas)+max(1, len(r.Records)) > MaxAreas:
		return &Error{fmt.Sprintf("Too many staging areas: %d; release or clear some", len(s.areas))}
	case s.held+targets*len(r.Records) > MaxRecords:
		return &Error{fmt.Sprintf("Too many staged structs: %d; release or clear some", s.held)}
	}
	return nil
}

// index returns where the first record with the id of rec is in an area, -1 if it is not there.
func (a *Area) index(rec schema.Record) int {
	id := rec.Base().ID
	return slices.IndexFunc(a.Records, func(r schema.Record) bool { return id.IsSet() && r.Base().ID == id })
}
