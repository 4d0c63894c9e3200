package schema

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// describe prints specs in short: name:kind, ? for Opt.
func describe(fields []FieldSpec) string {
	var parts []string
	for i := range fields {
		parts = append(parts, fields[i].Name+":"+describeValue(&fields[i]))
	}
	return strings.Join(parts, " ")
}

func describeValue(f *FieldSpec) string {
	s := f.Kind.String()
	switch f.Kind {
	case Object:
		s = "{" + describe(f.Fields) + "}"
	case List:
		s = "[" + describeValue(f.Elem) + "]"
	case Map:
		s = "map[" + describeValue(f.Elem) + "]"
	}
	if f.Opt {
		s += "?"
	}
	return s
}

func TestInference(t *testing.T) {
	for _, tc := range []struct {
		name string
		rows []string
		want string
	}{
		{"trade", []string{`{"e":"trade","E":1723161601274,"s":"ETHUSDT","t":1520545031,"p":"2682.51000000","q":"0.1","m":true,"M":true}`},
			"e:string E:integer s:string t:integer p:string q:string m:boolean M:boolean"},
		{"widening", []string{`{"a":1,"b":1,"c":true,"d":1}`, `{"a":1.5,"b":"x","c":"x","d":null}`}, "a:float b:string c:any d:integer?"},
		{"nineteen digits", []string{`{"n":1723161600001233484}`}, "n:integer"},
		{"nineteen digits beside a fraction", []string{`{"n":1723161600001233484}`, `{"n":0.5}`}, "n:string"},
		{"beyond int64", []string{`{"n":18446744073709551616}`, `{"n":1}`}, "n:string"},
		{"missing", []string{`{"a":1}`, `{"b":{"c":1}}`, `{"b":{"d":[]}}`}, "a:integer? b:{c:integer? d:[any]?}?"},
		{"lists", []string{`{"a":[["1","2"]],"b":[1,2.5,null],"c":[1,null],"d":[1,"x"],"e":[{"x":1},{"y":2}],"f":[true]}`},
			"a:[[string]] b:[float] c:[any] d:[string] e:[{x:integer? y:integer?}] f:[boolean]"},
		{"mixtures", []string{`{"a":{"x":1},"b":[1]}`, `{"a":5,"b":{}}`}, "a:any b:any"},
		{"base", []string{`{"id":7,"timestamp":"2020-01-01T00:00:00Z","x":1}`, `{"id":"a","timestamp":null,"x":1}`}, "id:string timestamp:datetime x:integer"},
		{"not the base's", []string{`{"id":{"a":1},"timestamp":"yesterday"}`}, "id:{a:integer} timestamp:string"},
		{"same member twice", []string{`{"a":1,"a":2}`, `{}`}, "a:integer?"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			inf := NewInference("T")
			var rows [][]byte
			for _, row := range tc.rows {
				if err := inf.Observe([]byte(row)); err != nil {
					t.Fatal(err)
				}
				rows = append(rows, []byte(row))
			}
			if diff := cmp.Diff(tc.want, describe(inf.Fields())); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			checkInference(t, inf, rows)
		})
	}
}

// TestManyMembersAreAMap: an object used as a map does not become a type of thousands of fields.
func TestManyMembersAreAMap(t *testing.T) {
	inf := NewInference("T")
	var rows [][]byte
	for i := range 300 {
		rows = append(rows, fmt.Appendf(nil, `{"by":{"k%d":{"v":%d}}}`, i, i))
		if err := inf.Observe(rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := describe(inf.Fields()), "by:map[{v:integer}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	checkInference(t, inf, rows)
}

func TestObserveRefuses(t *testing.T) {
	inf := NewInference("Trade")
	for in, want := range map[string]string{
		`[1]`:       `schema: Trade: got "[1]", want a JSON object`,
		`{"a":1`:    `schema: Trade: Expecting ',' delimiter at byte 6`,
		`{"a":1} x`: `schema: Trade: Extra data at byte 8`,
	} {
		if err := inf.Observe([]byte(in)); err == nil || err.Error() != want {
			t.Errorf("Observe(%s): got %v, want %s", in, err, want)
		}
	}
	if _, err := inf.Type(); err == nil || inf.Rows() != 0 {
		t.Errorf("Type after nothing was seen: got %v, rows %d", err, inf.Rows())
	}
}

// checkInference: the type reads every row, keeps every leaf, and reads what it wrote.
func checkInference(t fataler, inf *Inference, rows [][]byte) {
	t.Helper()
	typ, err := inf.Type()
	if err != nil {
		t.Fatalf("%s: %v", rows, err)
	}
	for _, row := range rows {
		r, problems := typ.Decode(row, DecodeOptions{})
		if problems != nil {
			t.Fatalf("type %s from %s: reading %s: %v", describe(inf.Fields()), rows, row, problems)
		}
		again, problems := typ.Decode(r.AppendJSON(nil), DecodeOptions{})
		if problems != nil || again.String() != r.String() {
			t.Fatalf("%s: wrote %s, read again %s %v", row, r, again, problems)
		}
		if lost := lostLeaf(loose(t, canonical(row)), loose(t, r.AppendJSON(nil)), ""); lost != "" {
			t.Fatalf("type %s from %s: %s became %s: %s", describe(inf.Fields()), rows, row, r, lost)
		}
	}
}

// loose reads JSON with numbers as they are written.
func loose(t fataler, raw []byte) any {
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	return v
}

// lostLeaf compares what was given with what was written and names the first leaf that is gone or changed. A number
// may have become the text of it; times may be written otherwise.
func lostLeaf(given, written any, path string) string {
	switch g := given.(type) {
	case map[string]any:
		w, ok := written.(map[string]any)
		for k, v := range g {
			if path == "" && k == "timestamp" {
				continue
			}
			if lost := lostLeaf(v, w[k], path+"."+k); !ok || lost != "" {
				return lost
			}
		}
	case []any:
		w, ok := written.([]any)
		if !ok || len(w) != len(g) {
			return path
		}
		for i := range g {
			if lost := lostLeaf(g[i], w[i], fmt.Sprint(path, ".", i)); lost != "" {
				return lost
			}
		}
	case json.Number:
		a, _, err1 := big.ParseFloat(string(g), 10, 200, big.ToNearestEven)
		b, _, err2 := big.ParseFloat(fmt.Sprint(written), 10, 200, big.ToNearestEven)
		if err1 != nil || err2 != nil || a.Cmp(b) != 0 {
			return path
		}
	case nil:
		if w, ok := written.(string); ok && (w == "inf" || w == "-inf" || w == "nan") { // no number, among texts
			return ""
		}
		if written != nil {
			return path
		}
	default:
		if given != written {
			return path
		}
	}
	return ""
}

// TestInferenceReadsWhatItSaw on random objects.
func TestInferenceReadsWhatItSaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inf := NewInference("T")
		var rows [][]byte
		for range rapid.IntRange(1, 4).Draw(t, "rows") {
			row := []byte(drawLoose(t, 0, true))
			rows = append(rows, row)
			if err := inf.Observe(row); err != nil {
				t.Fatal(err)
			}
		}
		checkInference(t, inf, rows)
	})
}

func drawLoose(t *rapid.T, depth int, object bool) string {
	n := rapid.IntRange(0, 3).Draw(t, "len")
	var parts []string
	switch kind := rapid.IntRange(0, 9).Draw(t, "kind"); {
	case object || kind == 0 && depth < 3:
		for range n {
			key := rapid.SampledFrom([]string{"a", "A", "b", "id", "timestamp", "a.b", ""}).Draw(t, "key")
			parts = append(parts, string(appendString(nil, key))+":"+drawLoose(t, depth+1, false))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case kind == 1 && depth < 3:
		for range n {
			parts = append(parts, drawLoose(t, depth+1, false))
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	return rapid.SampledFrom([]string{"1", "2", "-7", "1.5", "1e300", "null", "true", `"x"`, `"2020-01-01"`, "9007199254740993",
		"18446744073709551616", "0.1", "-0.0", "1723161600001233484", `""`}).Draw(t, "scalar")
}

func TestInferenceOfTextsKnowsDates(t *testing.T) {
	inf := NewInference("Row")
	inf.Dates = true
	for _, row := range []string{
		`{"day":"2012-01-01","at":"2014-07-01 00:00:00","some":null,"mixed":"2012-01-01","in":{"day":"2012-01-01"},"id":"2012-01-01"}`,
		`{"day":"2012-02-29","at":"2014-07-01","some":"2012-01-01","mixed":"2012-02-30","in":{"day":"2012-01-01"},"id":"2012-01-02"}`,
	} {
		if err := inf.Observe([]byte(row)); err != nil {
			t.Fatal(err)
		}
	}
	want := "day:date at:string some:date? mixed:string in:{day:string} id:string"
	if diff := cmp.Diff(want, describe(inf.Fields())); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	inf.Dates = false
	if got := describe(inf.Fields()); strings.Contains(got, "date") {
		t.Errorf("JSON: got %s, want no dates", got)
	}
}
