package stage

import (
	"fmt"
	"strings"
	"testing"

	"gw/schema"
)

type order struct {
	schema.Struct
	X int64 `json:"x"`
}

func rec(id string) schema.Record {
	return schema.RecordOf(&order{Struct: schema.Struct{ID: schema.TextID(id)}})
}

func recs(ids ...string) []schema.Record {
	var all []schema.Record
	for _, id := range ids {
		all = append(all, rec(id))
	}
	return all
}

// show renders areas as A[r1 r2] B[].
func show(areas []Area) string {
	var all []string
	for _, a := range areas {
		all = append(all, a.ID+ids(a.Records))
	}
	return strings.Join(all, " ")
}

func ids(recs []schema.Record) string {
	var all []string
	for _, r := range recs {
		all = append(all, r.Base().ID.String())
	}
	return fmt.Sprint(all)
}

func showEvents(events []Event) string {
	var all []string
	for _, e := range events {
		all = append(all, fmt.Sprintf("%s %s%s", e.Action, e.Area, ids(e.Records)))
	}
	return strings.Join(all, ", ")
}

// areasOf makes a set from what show renders.
func areasOf(t *testing.T, text string) *Set {
	t.Helper()
	s := &Set{}
	for area := range strings.SplitSeq(text, "] ") {
		id, held, ok := strings.Cut(strings.TrimSuffix(area, "]"), "[")
		if !ok {
			continue
		}
		apply(t, s, Request{Action: Created, Fresh: []string{id}})
		for name := range strings.FieldsSeq(held) {
			apply(t, s, Request{Action: Added, Records: recs(name)})
		}
	}
	return s
}

func apply(t *testing.T, s *Set, r Request) ([]Area, []Event) {
	t.Helper()
	affected, events, err := s.Apply(r, func() string { return "new" })
	if err != nil {
		t.Fatal(err)
	}
	return affected, events
}

func TestRequests(t *testing.T) {
	none, all := []string(nil), []string{}
	cases := []struct {
		name, have string
		request    Request
		affected   string
		events     string
		left       string
	}{
		{"open", "A[]", Request{Action: Created}, "new[]", "CREATED new[]", "A[] new[]"},
		{"open by adding nothing", "", Request{Action: Added, IDs: all}, "new[]", "CREATED new[]", "new[]"},
		{"add to the newest", "A[] B[]", Request{Action: Added, IDs: none, Records: recs("r")}, "B[r]", "ADDED B[r]", "A[] B[r]"},
		{"add to none", "", Request{Action: Added, Records: recs("r")}, "new[r]", "CREATED new[], ADDED new[r]", "new[r]"},
		{"add twice to the newest", "A[r]", Request{Action: Added, Records: recs("r")}, "A[r r]", "ADDED A[r]", "A[r r]"},
		{"add to all without it", "A[r] B[]", Request{Action: Added, IDs: all, Records: recs("r")}, "B[r]", "ADDED B[r]", "A[r] B[r]"},
		{"add to all that have it", "A[r] B[r]", Request{Action: Added, IDs: all, Records: recs("r")}, "new[r]", "CREATED new[], ADDED new[r]", "A[r] B[r] new[r]"},
		{"add to all of none", "", Request{Action: Added, IDs: all, Records: recs("r")}, "new[r]", "CREATED new[], ADDED new[r]", "new[r]"},
		{"add to named", "A[q] B[]", Request{Action: Added, IDs: []string{"B", "A", "B"}, Records: recs("r")}, "B[r] A[q r]", "ADDED B[r], ADDED A[r]", "A[q r] B[r]"},
		{"add several", "A[]", Request{Action: Added, Records: recs("r", "q")}, "A[r q]", "ADDED A[r], ADDED A[q]", "A[r q]"},
		{"drop the newest", "A[] B[r]", Request{Action: Removed}, "B[]", "REMOVED B[r], REMOVED B[]", "A[]"},
		{"drop the newest of none", "", Request{Action: Removed}, "", "", ""},
		{"drop all", "A[r] B[]", Request{Action: Removed, IDs: all}, "A[] B[]", "REMOVED A[r], REMOVED A[], REMOVED B[]", ""},
		{"empty named", "A[r q] B[r]", Request{Action: Removed, IDs: []string{"nope", "A"}}, "A[]", "REMOVED A[r], REMOVED A[q]", "A[] B[r]"},
		{"remove from the newest that has it", "A[r] B[r q] C[]", Request{Action: Removed, Records: recs("r")}, "B[q]", "REMOVED B[r]", "A[r] B[q] C[]"},
		{"remove the first of two", "A[r q r]", Request{Action: Removed, Records: recs("r")}, "A[q r]", "REMOVED A[r]", "A[q r]"},
		{"remove what is not there", "A[r]", Request{Action: Removed, Records: recs("x")}, "", "", "A[r]"},
		{"remove from all", "A[r] B[q] C[r]", Request{Action: Removed, IDs: all, Records: recs("r")}, "A[] C[]", "REMOVED A[r], REMOVED C[r]", "A[] B[q] C[]"},
		{"remove from named", "A[r] B[r]", Request{Action: Removed, IDs: []string{"nope", "A"}, Records: recs("r")}, "A[]", "REMOVED A[r]", "A[] B[r]"},
		{"release all", "A[r q] B[]", Request{Action: Released}, "A[r q] B[]", "RELEASED A[r q], RELEASED B[]", ""},
		{"release an empty list of ids", "A[r]", Request{Action: Released, IDs: all}, "A[r]", "RELEASED A[r]", ""},
		{"release named", "A[r] B[q]", Request{Action: Released, IDs: []string{"nope", "B"}}, "B[q]", "RELEASED B[q]", "A[r]"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			s := areasOf(t, tc.have)
			before := show(s.Areas())
			given := s.Areas()
			affected, events := apply(t, s, tc.request)
			if got := show(affected); got != tc.affected {
				t.Errorf("got affected %s, want %s", got, tc.affected)
			}
			if got := showEvents(events); got != tc.events {
				t.Errorf("got events %s, want %s", got, tc.events)
			}
			if got := show(s.Areas()); got != tc.left {
				t.Errorf("got left %s, want %s", got, tc.left)
			}
			if got := show(given); got != before {
				t.Errorf("what was given out before became %s, want %s", got, before)
			}
		})
	}
}

func TestRefusedRequestsChangeNothing(t *testing.T) {
	for _, tc := range []struct {
		request Request
		want    string
	}{
		{Request{Action: Created, IDs: []string{"A"}}, "Cannot specify staging_ids without a struct to add"},
		{Request{Action: Added, IDs: []string{"A", "nope"}, Records: recs("q")}, "Staging ID not found: nope"},
		{Request{Action: "MOVED"}, "Unknown staging action: MOVED"},
		{Request{Action: Added, Records: make([]schema.Record, MaxAreas)}, "Too many staging areas: 1; release or clear some"},
	} {
		s := areasOf(t, "A[r]")
		_, events, err := s.Apply(tc.request, func() string { return "new" })
		if err == nil || err.Error() != tc.want || len(events) > 0 {
			t.Errorf("got %v and events %v, want %s", err, events, tc.want)
		}
		if got, want := show(s.Areas()), "A[r]"; got != want {
			t.Errorf("%s: got left %s, want %s", tc.want, got, want)
		}
	}
}

func TestNumberOfStagedRecordsIsBounded(t *testing.T) {
	s := areasOf(t, "A[]")
	many := recs("r")
	for len(many) < MaxAreas/2 {
		many = append(many, many[0])
	}
	for s.held+len(many) <= MaxRecords {
		apply(t, s, Request{Action: Added, Records: many})
	}
	if _, _, err := s.Apply(Request{Action: Added, Records: many}, nil); err == nil {
		t.Errorf("got %d records, want no more than %d", s.held, MaxRecords)
	}
	apply(t, s, Request{Action: Released})
	apply(t, s, Request{Action: Added, Records: many})
}
