package schema

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// odd is what AppendJSON cannot tell.
func odd() twin {
	v := twin{I: 7, F: math.Inf(-1), S: "é\n", W: 3*time.Second + 1, Alt: Null[leg](), OL: Some([]int64{}), M: map[string]int64{}}
	v.ID = TextID("mine")
	v.Timestamp = Some(time.Date(2026, 1, 2, 3, 4, 5, 123456789, time.UTC))
	v.At = time.Date(2026, 1, 2, 3, 4, 5, 1, Naive)
	v.Legs = []leg{{Px: math.NaN(), When: Some(time.Date(1900, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3*3600+17)))}, {Tags: []string{}}}
	v.Grid = [][]float64{{math.Inf(1), 0.1}, {}}
	v.R = json.RawMessage(`{"a":[1,null]}`)
	return v
}

func TestExactIsTheVerySameValue(t *testing.T) {
	for name, v := range map[string]twin{"zero": {}, "odd": odd()} {
		r := RecordOf(&v)
		text := r.AppendExact(nil)
		if !json.Valid(text) {
			t.Fatalf("%s: no JSON: %s", name, text)
		}
		back, err := r.Type().DecodeExact(text)
		if err != nil {
			t.Fatalf("%s: %s: %v", name, text, err)
		}
		if again := back.AppendExact(nil); !bytes.Equal(again, text) {
			t.Errorf("%s:\n got %s\nwant %s", name, again, text)
		}
		if d := cmp.Diff(v, back.Value().Interface(), exactly...); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// exactly compares all of a value, NaN with NaN and times with their offsets.
var exactly = cmp.Options{
	cmp.Exporter(func(reflect.Type) bool { return true }),
	cmp.Comparer(func(a, b float64) bool { return a == b || a != a && b != b }),
	cmp.Comparer(func(a, b time.Time) bool {
		return a.Format(exactTime) == b.Format(exactTime) && (a.Location() == Naive) == (b.Location() == Naive)
	}),
}

func TestExactRefuses(t *testing.T) {
	typ, err := Of[twin]()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		`{"i":1.5}`:             `twin: i: got 1.5, want a value of the kind integer`,
		`{"nope":1}`:            `twin: nope: got 1, want no such field`,
		`{"f":"1"}`:             `twin: f: got "1", want a number`,
		`{"w":0.5}`:             `twin: w: got 0.5, want whole nanoseconds`,
		`{"at":"yesterday"}`:    `twin: at: got "yesterday", want a time`,
		`{"leg":{"qty":"x"}}`:   `twin: leg: qty: got "x", want a value of the kind integer`,
		`{"legs":[{"tags":1}]}`: `twin: legs: 0: tags: got 1, want a list`,
		`[]`:                    `twin: got [], want an object`,
		`{"i":1`:                `twin: Expecting ',' delimiter at byte 6`,
		`{} x`:                  `twin: Extra data at byte 3`,
	} {
		if _, err := typ.DecodeExact([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}

func FuzzExact(f *testing.F) {
	v := odd()
	f.Add(RecordOf(&v).AppendExact(nil))
	f.Add([]byte(`{"v":"NYSE","m":{"a":1},"E":{"x":[true]},"d":"2026-01-01"}`))
	typ, err := Of[twin]()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := typ.DecodeExact(data)
		if err != nil {
			return
		}
		text := r.AppendExact(nil)
		again, err := typ.DecodeExact(text)
		if err != nil {
			t.Fatalf("%s became %s: %v", data, text, err)
		}
		if back := again.AppendExact(nil); !bytes.Equal(back, text) {
			t.Errorf("%s became %s, then %s", data, text, back)
		}
	})
}
