package schema

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// FuzzDecode: no input makes the decoder panic, compiled and run-time types answer alike, what is written is JSON
// and reads back as the same.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{fullText, "{}", `{"s":"\ud83d\ude00","f":NaN,"m":{"a":1,"a":"x"},"r":[1,{"b":1,"b":2}]}`, `[{"x":1}]`, `{"leg":{"tags":[1,null]}}`,
		`{"at":"2020-01-01T00:00:00.123456789+05:30","w":"P1DT2H3.5S","d":1577836800,"timestamp":1723161600001233484}`, "\x00", `{"i":1e3,"grid":[[1],[null]],"E":{"":[true]}}`} {
		f.Add([]byte(s))
	}
	compiled, made := twins(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		agree(t, compiled, made, data)
		compiled.DecodeAll(data, DecodeOptions{})
	})
}

// FuzzScanner: text is taken exactly if encoding/json takes it, apart from NaN and infinities, depth, and what
// encoding/json repairs silently (invalid UTF-8, lone surrogates).
func FuzzScanner(f *testing.F) {
	for _, s := range []string{`[1,-0.5e+3,"a\u00e9\n",{"":null}]`, "01", "1.", "-", ".5", "[1,]", `{"a":1,}`, `"\x"`, "\"\t\"", "nul", " 1 ", "1e", `"\u12"`, "[", "{}{}", "\ufeff1", "[[]"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s := scanner{data: data}
		_, ok := s.token()
		ok = ok && s.end()
		if text := string(data); strings.Contains(text, "NaN") || strings.Contains(text, "Infinity") {
			return
		}
		switch s.err.msg {
		case "Invalid UTF-8", "Lone surrogate", "Nested deeper than 64":
			return
		}
		if want := json.Valid(data); ok != want {
			t.Errorf("%q: got %v (%v), want %v", data, ok, s.err, want)
		}
		if ok {
			if out := canonical(data); !json.Valid(out) || string(canonical(out)) != string(out) {
				t.Errorf("%q: canonical form %q is none", data, out)
			}
		}
	})
}

// FuzzDecodeText: no row of cells makes the decoder panic, and the text of a decoded value's cells gives it again.
func FuzzDecodeText(f *testing.F) {
	f.Add("i", "5", "leg.qty", " 7 ")
	f.Add("w", "1.5", "alt.tags", `["a"]`)
	f.Add("r", "no json", "timestamp", "2014-07-01 00:00:00")
	f.Add("v", "LSE", "at", "1577836800")
	typ := mustType[twin]()
	f.Fuzz(func(t *testing.T, name1, cell1, name2, cell2 string) {
		r, problems := typ.DecodeText([]string{name1, name2}, []string{cell1, cell2}, DecodeOptions{At: at})
		if problems != nil {
			return
		}
		var names, cells []string
		for _, c := range typ.Columns() {
			text, _ := c.String(r)
			names, cells = append(names, c.Name), append(cells, text)
		}
		again, problems := typ.DecodeText(names, cells, DecodeOptions{At: at})
		if problems != nil {
			t.Fatalf("%s: %v", r, problems)
		}
		for _, c := range typ.Columns() {
			if got, want := string(c.AppendJSON(nil, again)), string(c.AppendJSON(nil, r)); got != want && want != `""` && want != "null" {
				t.Errorf("%s: %s: got %s, want %s", r, c.Name, got, want)
			}
		}
	})
}

// FuzzInference: a type learnt from two objects reads both without a problem and writes every leaf of them.
func FuzzInference(f *testing.F) {
	for _, s := range [][2]string{
		{`{"e":1,"E":1723161601274,"p":"2678.00"}`, `{"e":1.5,"b":[["1","2"]],"id":7}`},
		{`{"a":{"b":1}}`, `{"a":{"b":null,"c":[1,null,2.5]}}`},
		{`{"n":12345678901234567890}`, `{"n":0.5,"timestamp":"x"}`},
		{`{"":1,"_":2,"Struct":3,"ID":4,"a,b":5,"a\"b":6}`, `{"id":{"a":1},"timestamp":[]}`},
	} {
		f.Add([]byte(s[0]), []byte(s[1]))
	}
	f.Fuzz(func(t *testing.T, a, b []byte) {
		inf := NewInference("T")
		var rows [][]byte
		for _, row := range [][]byte{a, b} {
			if inf.Observe(row) == nil {
				rows = append(rows, row)
			}
		}
		if len(rows) == 0 || len(a)+len(b) > 2000 { // types are never freed: keep them few and small
			return
		}
		checkInference(t, inf, rows)
	})
}

// FuzzFloat: what is written reads back as the same number and is a float to any reader.
func FuzzFloat(f *testing.F) {
	for _, x := range []float64{0, 1, 1e15, 1e16, 123456789012345678, 1e-5, 1e-6, 5e-324, math.MaxFloat64, 0.1, 1 << 53} {
		f.Add(x)
	}
	f.Fuzz(func(t *testing.T, x float64) {
		s := string(appendFloat(nil, x, 64))
		if math.IsNaN(x) || math.IsInf(x, 0) {
			if s != "null" {
				t.Errorf("%v: got %s, want null", x, s)
			}
			return
		}
		if got := parseFloat([]byte(s)); got != x || math.Signbit(got) != math.Signbit(x) {
			t.Errorf("%v: wrote %s, read %v", x, s, got)
		}
		if !strings.ContainsAny(s, ".e") || !json.Valid([]byte(s)) || strings.ContainsAny(s, "+") {
			t.Errorf("%v: got %s, want a float", x, s)
		}
	})
}
