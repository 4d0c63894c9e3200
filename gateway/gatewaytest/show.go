package gatewaytest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"gw/schema"
)

const (
	clock   = "15:04:05.000000"
	maxLine = 20 // lines of ticks that a failure shows
)

// A line shows one tick.
type line struct {
	cycle uint64
	text  string
}

// ticked shows what ticked in this step on all channels that are watched.
func (h *Harness) ticked() string {
	var all []line
	for _, p := range h.probes {
		all = append(all, p.lines()...)
	}
	slices.SortStableFunc(all, func(a, b line) int { return cmp.Compare(a.cycle, b.cycle) })
	if len(all) == 0 {
		return fmt.Sprintf("nothing that is watched ticked from %s to %s", h.step.Std().Format(clock), h.Now().Format(clock))
	}
	return fmt.Sprintf("ticked from %s to %s:\n%s", h.step.Std().Format(clock), h.Now().Format(clock), listed(all))
}

func listed(all []line) string {
	var texts []string
	for i, l := range all {
		if i == maxLine {
			texts = append(texts, fmt.Sprintf("  ... and %d more", len(all)-maxLine))
			break
		}
		texts = append(texts, "  "+l.text)
	}
	return strings.Join(texts, "\n")
}

// records returns what a channel's value consists of.
func records[T any](v T) []schema.Record {
	switch v := any(v).(type) {
	case schema.Record:
		return []schema.Record{v}
	case []schema.Record:
		return slices.Clone(v)
	}
	rv := reflect.ValueOf(&v).Elem()
	if rv.Kind() != reflect.Slice {
		return []schema.Record{recordAt(rv)}
	}
	all := make([]schema.Record, rv.Len())
	for i := range all {
		all[i] = recordAt(rv.Index(i))
	}
	return all
}

func recordAt(v reflect.Value) schema.Record {
	typ, err := schema.TypeOf(v.Type())
	if err != nil {
		return schema.Record{}
	}
	return typ.At(v.Addr().UnsafePointer())
}

// valueOf makes a value like v of records.
func valueOf[T any](like T, recs []schema.Record) T {
	var v T
	switch at := any(&v).(type) {
	case *schema.Record:
		*at = recs[0]
		return v
	case *[]schema.Record:
		*at = recs
		return v
	}
	rv := reflect.ValueOf(&v).Elem()
	if rv.Kind() != reflect.Slice {
		rv.Set(recs[0].Value())
		return v
	}
	rv.Set(reflect.MakeSlice(rv.Type(), len(recs), len(recs)))
	for i, r := range recs {
		rv.Index(i).Set(r.Value())
	}
	return v
}

// render shows a value as the API would.
func render[T any](v T) string {
	recs := records(v)
	var b bytes.Buffer
	for i, r := range recs {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(r.AppendJSON(nil))
	}
	if rt := reflect.TypeFor[T](); rt.Kind() == reflect.Slice {
		return "[" + b.String() + "]"
	}
	return b.String()
}

// member returns the JSON of a field, dotted into nested values.
func member(r schema.Record, path string) (json.RawMessage, bool) {
	raw := json.RawMessage(r.AppendJSON(nil))
	for name := range strings.SplitSeq(path, ".") {
		var object map[string]json.RawMessage
		if json.Unmarshal(raw, &object) != nil {
			return nil, false
		}
		value, ok := object[name]
		if !ok {
			return nil, false
		}
		raw = value
	}
	return raw, true
}
