package gatewaytest

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"time"

	"gw/schema"
)

// Ticked asserts that the channel ticked n times in this step.
func (p *Probe[T]) Ticked(n int) {
	p.h.t.Helper()
	if got := len(p.Ticks()); got != n {
		p.h.t.Errorf("%s: got %d ticks, want %d\n%s", p.label(), got, n, p.h.ticked())
	}
}

// NotTicked asserts that the channel did not tick in this step.
func (p *Probe[T]) NotTicked() {
	p.h.t.Helper()
	p.Ticked(0)
}

// Equal asserts that the last value is want. Ids and timestamps that want leaves unset are not compared.
func (p *Probe[T]) Equal(want T) {
	p.h.t.Helper()
	got := p.Last()
	if g, w := render(masked(got, want)), render(want); g != w {
		p.h.t.Errorf("%s:\n got %s\nwant %s\n%s", p.label(), g, w, p.h.ticked())
	}
}

// EqualAll asserts that the values of this step are want, in this order, compared as Equal does.
func (p *Probe[T]) EqualAll(want ...T) {
	p.h.t.Helper()
	ticks := p.Ticks()
	if len(ticks) != len(want) {
		p.h.t.Errorf("%s: got %d ticks, want %d\n%s", p.label(), len(ticks), len(want), p.h.ticked())
		return
	}
	for i, t := range ticks {
		if g, w := render(masked(t.Value, want[i])), render(want[i]); g != w {
			p.h.t.Errorf("%s: tick %d:\n got %s\nwant %s\n%s", p.label(), i+1, g, w, p.h.ticked())
			return
		}
	}
}

// Field asserts that a field of the last value, by its name on the wire and dotted into nested values, is want. Values are
// compared as their JSON. A list of one stands for its element.
func (p *Probe[T]) Field(name string, want any) {
	p.h.t.Helper()
	p.Fields(map[string]any{name: want})
}

// Fields asserts several fields of the last value, as Field does.
func (p *Probe[T]) Fields(want map[string]any) {
	p.h.t.Helper()
	recs := records(p.Last())
	if len(recs) != 1 {
		p.h.t.Errorf("%s: got %d values, want one to look at a field of\n%s", p.label(), len(recs), p.h.ticked())
		return
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		got, ok := member(recs[0], name)
		if !ok {
			p.h.t.Errorf("%s: %s has no field %q, or it is unset\n%s", p.label(), recs[0].Type().Name, name, p.h.ticked())
			continue
		}
		w, err := json.Marshal(want[name])
		if err != nil {
			p.h.t.Fatalf("field %q: %v", name, err)
		}
		if !sameJSON(got, w) {
			p.h.t.Errorf("%s: %s: got %s, want %s\n%s", p.label(), name, got, w, p.h.ticked())
		}
	}
}

// Len asserts that the last value is a list of n.
func (p *Probe[T]) Len(n int) {
	p.h.t.Helper()
	if got := len(records(p.Last())); got != n {
		p.h.t.Errorf("%s: got a list of %d, want %d\n%s", p.label(), got, n, p.h.ticked())
	}
}

// Value hands the last value to f, which asserts what it likes.
func (p *Probe[T]) Value(f func(T)) {
	p.h.t.Helper()
	f(p.Last())
}

// Values hands the ticks of this step to f.
func (p *Probe[T]) Values(f func([]Tick[T])) {
	p.h.t.Helper()
	f(p.Ticks())
}

// Print logs the ticks of this step.
func (p *Probe[T]) Print() {
	p.h.t.Helper()
	p.h.settle()
	p.h.t.Log(listed(p.lines()))
}

// masked returns got without the ids and timestamps that want leaves unset.
func masked[T any](got, want T) T {
	g, w := records(got), records(want)
	if len(g) != len(w) {
		return got
	}
	for i := range g {
		g[i] = g[i].Clone()
		var from []*schema.Struct
		w[i].EachRecord(func(r schema.Record) { from = append(from, r.Base()) })
		g[i].EachBase(func(s *schema.Struct) {
			if len(from) == 0 {
				return
			}
			if !from[0].ID.IsSet() {
				s.ID = schema.ID{}
			}
			if !from[0].Timestamp.IsSet() {
				s.Timestamp = schema.Opt[time.Time]{}
			}
			from = from[1:]
		})
	}
	return valueOf(got, g)
}

// sameJSON compares values, not their spelling.
func sameJSON(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}
