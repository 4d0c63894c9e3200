package schema

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestID(t *testing.T) {
	for _, tc := range []struct {
		id       ID
		text, js string
		set      bool
	}{
		{ID{}, "", "null", false},
		{NullID(), "", "null", true},
		{NewID(1764000000000000001), "1764000000000000001", `"1764000000000000001"`, true},
		{TextID("a\"b"), `a"b`, `"a\"b"`, true},
		{TextID(""), "", `""`, true},
		{TextID("007"), "007", `"007"`, true},
		{TextID("18446744073709551616"), "18446744073709551616", `"18446744073709551616"`, true},
	} {
		js, err := json.Marshal(tc.id)
		if err != nil || string(js) != tc.js || tc.id.String() != tc.text || tc.id.IsSet() != tc.set {
			t.Errorf("%#v: got %s %q %v %v", tc.id, js, tc.id, tc.id.IsSet(), err)
		}
		var back ID
		if err := json.Unmarshal(js, &back); err != nil || tc.set && back != tc.id {
			t.Errorf("%s: read %#v %v, want %#v", js, back, err, tc.id)
		}
		if text, _ := tc.id.AppendText(nil); string(text) != tc.text {
			t.Errorf("%#v: AppendText: got %s", tc.id, text)
		}
	}
	if NewID(123) != TextID("123") || NewID(0) != TextID("0") {
		t.Error("a counter read back is not the same id")
	}
}

func TestOpt(t *testing.T) {
	var unset Opt[int64]
	if _, ok := unset.Get(); ok || unset.IsSet() || unset.IsNull() || unset.Or(5) != 5 || !unset.IsZero() {
		t.Error("unset")
	}
	if n := Null[int64](); !n.IsSet() || !n.IsNull() || n.HasValue() || n.Or(5) != 5 || n.IsZero() {
		t.Error("null")
	}
	if s := Some[int64](7); !s.IsSet() || s.IsNull() || s.Or(5) != 7 {
		t.Error("some")
	}
	utc := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	if !Some(utc).Equal(Some(utc.In(time.FixedZone("", 3600)))) || Some(utc).Equal(Null[time.Time]()) || !Some([]int{1}).Equal(Some([]int{1})) {
		t.Error("Equal")
	}
	type doc struct {
		A Opt[int64] `json:"a,omitzero"`
		B Opt[int64] `json:"b,omitzero"`
		C Opt[Date]  `json:"c,omitzero"`
	}
	text, err := json.Marshal(doc{B: Null[int64](), C: Some(DateOf(utc))})
	if err != nil || string(text) != `{"b":null,"c":"2020-01-01"}` {
		t.Errorf("got %s %v", text, err)
	}
	var back doc
	if err := json.Unmarshal(text, &back); err != nil || back.A.IsSet() || !back.B.IsNull() || back.C.Or(0).String() != "2020-01-01" {
		t.Errorf("got %+v %v", back, err)
	}
}

func TestDate(t *testing.T) {
	for text, want := range map[string]Date{"1970-01-01": 0, "1969-12-31": -1, "2000-02-29": 11016, "0001-01-01": minDate, "9999-12-31": maxDate} {
		var d Date
		if err := d.UnmarshalText([]byte(text)); err != nil || d != want || d.String() != text || DateOf(d.Time()) != d {
			t.Errorf("%s: got %d (%s) %v, want %d", text, d, d, err, want)
		}
	}
	// The day is that of the time's own place.
	if got := DateOf(time.Date(2020, 1, 1, 23, 0, 0, 0, time.FixedZone("", -5*3600))).String(); got != "2020-01-01" {
		t.Errorf("got %s", got)
	}
}

// TestEncoding runs section 2 and appendix A.8 of the wire contract for what Go code puts in.
func TestEncoding(t *testing.T) {
	type values struct {
		W time.Duration `json:"w"`
		T time.Time     `json:"t"`
		F float32       `json:"f"`
		S string        `json:"s"`
	}
	for _, tc := range []struct {
		v    values
		want string
	}{
		{values{W: 4*24*time.Hour + 11*time.Microsecond, S: "<a>&é\u2028"}, `{"w":345600.000011,"t":"0001-01-01T00:00:00Z","f":0.0,"s":"<a>&é` + "\u2028" + `"}`},
		{values{W: time.Microsecond, T: time.Date(2020, 1, 1, 0, 0, 0, 5e8, time.UTC), F: 0.1, S: "\xff\x7f\x1f"}, `{"w":1e-6,"t":"2020-01-01T00:00:00.500000Z","f":0.1,"s":"` + "\ufffd\x7f" + `\u001f"}`},
		{values{W: -24 * time.Hour, T: time.Date(2020, 1, 1, 0, 0, 0, 999, Naive), F: 1e22}, `{"w":-86400.0,"t":"2020-01-01T00:00:00","f":1e22,"s":""}`},
		{values{W: 1, T: time.Date(2020, 1, 1, 0, 0, 0, 0, time.FixedZone("", 19800))}, `{"w":1e-9,"t":"2020-01-01T00:00:00+05:30","f":0.0,"s":""}`},
		{values{W: 1<<63 - 1, T: time.Date(2020, 1, 1, 0, 0, 0, 0, time.FixedZone("", -19*60-32))}, `{"w":9223372036.854776,"t":"2020-01-01T00:00:00-00:19","f":0.0,"s":""}`},
	} {
		if diff := cmp.Diff(tc.want, RecordOf(&tc.v).String()); diff != "" {
			t.Error(diff)
		}
	}
	var s struct{ Struct }
	s.Timestamp = Some(time.Date(2020, 1, 1, 0, 0, 0, 123456789, time.FixedZone("", 19800)))
	if got, want := RecordOf(&s).String(), `{"id":null,"timestamp":"2019-12-31T18:30:00.123456"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
