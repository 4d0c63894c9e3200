package schema

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// leg is a nested value of twin.
type leg struct {
	Name string         `json:"name"`
	Qty  Opt[int64]     `json:"qty"`
	Px   float64        `json:"px" default:"1.5"`
	Tags []string       `json:"tags"`
	When Opt[time.Time] `json:"when"`
}

// twin is a compiled type; twinSpecs describe the same at run time.
type twin struct {
	Struct
	I    int64             `json:"i" default:"-3"`
	F    float64           `json:"f"`
	B    bool              `json:"b"`
	S    string            `json:"s" default:"a \"b\""`
	At   time.Time         `json:"at" default:"now"`
	D    Date              `json:"d"`
	W    time.Duration     `json:"w"`
	V    Opt[venue]        `json:"v"`
	Leg  leg               `json:"leg"`
	Alt  Opt[leg]          `json:"alt"`
	Legs []leg             `json:"legs"`
	Grid [][]float64       `json:"grid"`
	M    map[string]int64  `json:"m" default:"{\"k\":1}"`
	R    json.RawMessage   `json:"r"`
	OI   Opt[int64]        `json:"oi" default:"null"`
	OL   Opt[[]int64]      `json:"ol"`
	E    map[string][]bool `json:"E"`
	Low  Opt[bool]         `json:"e"`
}

var legSpecs = []FieldSpec{
	{Name: "name", Kind: String},
	{Name: "qty", Kind: Int, Opt: true},
	{Name: "px", Kind: Float, Default: "1.5", HasDefault: true},
	{Name: "tags", Kind: List, Elem: &FieldSpec{Kind: String}},
	{Name: "when", Kind: Time, Opt: true},
}

var twinSpecs = []FieldSpec{
	{Name: "i", Kind: Int, Default: "-3", HasDefault: true},
	{Name: "f", Kind: Float},
	{Name: "b", Kind: Bool},
	{Name: "s", Kind: String, Default: `a "b"`, HasDefault: true},
	{Name: "at", Kind: Time, Default: "now", HasDefault: true},
	{Name: "d", Kind: Day},
	{Name: "w", Kind: Duration},
	{Name: "v", Kind: Enum, Members: []string{"NYSE", "LSE"}, Opt: true},
	{Name: "leg", Kind: Object, Fields: legSpecs, TypeName: "leg"},
	{Name: "alt", Kind: Object, Fields: legSpecs, TypeName: "leg", Opt: true},
	{Name: "legs", Kind: List, Elem: &FieldSpec{Kind: Object, Fields: legSpecs, TypeName: "leg"}},
	{Name: "grid", Kind: List, Elem: &FieldSpec{Kind: List, Elem: &FieldSpec{Kind: Float}}},
	{Name: "m", Kind: Map, Elem: &FieldSpec{Kind: Int}, Default: `{"k":1}`, HasDefault: true},
	{Name: "r", Kind: Any},
	{Name: "oi", Kind: Int, Opt: true, Default: "null", HasDefault: true},
	{Name: "ol", Kind: List, Elem: &FieldSpec{Kind: Int}, Opt: true},
	{Name: "E", Kind: Map, Elem: &FieldSpec{Kind: List, Elem: &FieldSpec{Kind: Bool}}},
	{Name: "e", Kind: Bool, Opt: true},
}

func twins(t interface{ Fatal(...any) }) (compiled, made *Type) {
	compiled, err := Of[twin]()
	if err != nil {
		t.Fatal(err)
	}
	made, err = Build("twin", twinSpecs)
	if err != nil {
		t.Fatal(err)
	}
	return compiled, made
}

// TestCompiledAndMadeTypesAgree: the same text gives the same bytes, or the same problems, whether the type is known
// to the Go compiler or not; what was written reads back as the same.
func TestCompiledAndMadeTypesAgree(t *testing.T) {
	compiled, made := twins(t)
	rapid.Check(t, func(t *rapid.T) {
		agree(t, compiled, made, []byte(drawObject(t, compiled, 0)))
	})
}

type fataler interface {
	Helper()
	Fatalf(string, ...any)
}

func agree(t fataler, compiled, made *Type, data []byte) {
	t.Helper()
	o := DecodeOptions{At: at, Loc: []any{"body"}}
	a, problemsA := compiled.Decode(data, o)
	b, problemsB := made.Decode(data, o)
	if diff := cmp.Diff(problemsA, problemsB); diff != "" {
		t.Fatalf("%s: compiled, made:\n%s", data, diff)
	}
	if problemsA != nil {
		return
	}
	first := a.String()
	if diff := cmp.Diff(first, b.String()); diff != "" {
		t.Fatalf("%s: compiled, made:\n%s", data, diff)
	}
	if !json.Valid([]byte(first)) {
		t.Fatalf("%s: wrote no JSON: %s", data, first)
	}
	again, problems := made.Decode([]byte(first), o)
	if problems != nil {
		t.Fatalf("%s: wrote %s, which has %v", data, first, problems)
	}
	if diff := cmp.Diff(first, again.String()); diff != "" {
		t.Fatalf("%s: written and read again:\n%s", data, diff)
	}
	if diff := cmp.Diff(first, again.Clone().String()); diff != "" {
		t.Fatalf("%s: clone:\n%s", data, diff)
	}
}

// drawObject makes the text of an object that mostly fits t.
func drawObject(t *rapid.T, typ *Type, depth int) string {
	var members []string
	for _, f := range typ.Fields {
		if !rapid.Bool().Draw(t, f.Name) {
			continue
		}
		members = append(members, `"`+f.Name+`":`+drawValue(t, &f.Value, depth))
	}
	if rapid.IntRange(0, 9).Draw(t, "extra") == 0 {
		members = append(members, `"nope":`+drawAny(t))
	}
	return "{" + strings.Join(rapid.Permutation(members).Draw(t, "order"), " , ") + "}"
}

func drawValue(t *rapid.T, v *Value, depth int) string {
	if rapid.IntRange(0, 14).Draw(t, "wrong") == 0 {
		return drawAny(t)
	}
	switch v.Kind {
	case Object:
		return drawObject(t, v.Type, depth+1)
	case List:
		var elems []string
		for range rapid.IntRange(0, 3).Draw(t, "len") {
			elems = append(elems, drawValue(t, v.Elem, depth+1))
		}
		return "[" + strings.Join(elems, ",") + "]"
	case Map:
		var members []string
		for _, key := range rapid.SliceOfN(rapid.String(), 0, 3).Draw(t, "keys") {
			members = append(members, string(appendString(nil, key))+":"+drawValue(t, v.Elem, depth+1))
		}
		return "{" + strings.Join(members, ",") + "}"
	case Any:
		return drawAny(t)
	}
	return rapid.SampledFrom(scalars[v.Kind]).Draw(t, "scalar")
}

var scalars = map[Kind][]string{
	Int:      {"1", "-9223372036854775808", "9223372036854775807", `"5"`, "1e3", "true", "0"},
	Float:    {"1", "0.1", "1e300", "-0.0", "NaN", "-Infinity", `"nan"`, "1e-7", "123456789.125", "5e-324"},
	Bool:     {"true", "false", "0", `"yes"`},
	String:   {`""`, `"a\nb\u0000\ud83d\ude00\u2028<&>é"`, "7", "1.50", `"\\\"/"`},
	Time:     {`"2020-01-01T00:00:00.5"`, `"2020-01-01T00:00:00Z"`, `"1969-12-31T23:59:59.999999-03:30"`, "1577836800.25", `"0001-01-01"`, `"9999-12-31T23:59:59+23:59"`, "1723161600001233484"},
	Day:      {`"2020-02-29"`, "0", `"9999-12-31"`, `"0001-01-01"`},
	Duration: {"1", "-86400.000001", `"PT5S"`, `"3 days, 01:00:00"`, "1e-9", "9000000000"},
	Enum:     {`"NYSE"`, `"LSE"`},
	Ident:    {`"a"`, "123", `"18446744073709551616"`, "null", `"007"`, "1.5", `"18446744073709551615"`},
	Stamp:    {`"2020-01-01T05:30:00+05:30"`, "null", "1577836800", `"2020-01-01"`},
}

func drawAny(t *rapid.T) string {
	return rapid.SampledFrom([]string{"null", "true", "5.5", `"x"`, "[]", "{}", `{"a":[1,{"b":null}],"a":2}`, "[1e400,-0]",
		"123456789012345678901234567890", `"2020-01-01"`, "-1", `[["1"]]`}).Draw(t, "any")
}

// TestDecodedValueIsItsOwn: changing the input afterwards changes nothing.
func TestDecodedValueIsItsOwn(t *testing.T) {
	in := []byte(`{"id":"abc","s":"text","leg":{"name":"n","tags":["t","u\n"]},"m":{"key":1},"r":{"a":"b"},"v":"LSE"}`)
	r, problems := mustType[twin]().Decode(in, DecodeOptions{})
	if problems != nil {
		t.Fatal(problems)
	}
	want := r.String()
	for i := range in {
		in[i] = '#'
	}
	if diff := cmp.Diff(want, r.String()); diff != "" {
		t.Errorf("after the input was overwritten:\n%s", diff)
	}
}

// TestCloneSharesNothing: changing lists, maps and raw JSON of a value leaves its clone alone.
func TestCloneSharesNothing(t *testing.T) {
	v := twin{Legs: []leg{{Tags: []string{"a"}}}, M: map[string]int64{"k": 1}, R: json.RawMessage("1"),
		OL: Some([]int64{1}), E: map[string][]bool{"x": {true}}, Grid: [][]float64{{1}}}
	c := RecordOf(&v).Clone()
	want := c.String()
	v.Legs[0].Tags[0], v.M["k"], v.R[0], v.E["x"][0], v.Grid[0][0] = "b", 2, '2', false, 2
	list, _ := v.OL.Get()
	list[0] = 2
	if diff := cmp.Diff(want, c.String()); diff != "" {
		t.Errorf("the clone changed:\n%s", diff)
	}
	if c.String() == RecordOf(&v).String() {
		t.Error("the value did not change")
	}
}

// TestNilListAndMap: they are empty, never null.
func TestNilListAndMap(t *testing.T) {
	got := RecordOf(&struct {
		L []int64          `json:"l"`
		M map[string]int64 `json:"m"`
		R json.RawMessage  `json:"r"`
	}{}).String()
	if want := `{"l":[],"m":{},"r":null}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestAppendJSONDoesNotAllocate holds for every kind; of maps it cannot be seen under the race detector.
func TestAppendJSONDoesNotAllocate(t *testing.T) {
	texts := map[*Type]string{mustType[trade](): tradeText, mustType[leg](): `{"tags":["a"],"when":1,"qty":5}`}
	if !raceEnabled {
		texts[mustType[full]()] = fullText
	}
	for typ, text := range texts {
		r, problems := typ.Decode([]byte(text), DecodeOptions{At: at})
		if problems != nil {
			t.Fatal(problems)
		}
		if base := r.Base(); base != nil {
			base.ID = NewID(1764000000000000001)
		}
		buf := r.AppendJSON(nil)
		if n := testing.AllocsPerRun(200, func() { buf = r.AppendJSON(buf[:0]) }); n != 0 {
			t.Errorf("%s: got %v allocations, want 0", typ, n)
		}
	}
}

const fullText = `{"id":"x","timestamp":"2020-01-01T00:00:00","i8":-128,"u32":4294967295,"f":1.5,"f32":0.1,"flag":true,"text":"é\"\n",` +
	`"at":"2020-01-01T00:00:00+05:30","day":"2020-01-02","wait":345600.000011,"side":"BUY","venue":"LSE","child":{"id":"i","timestamp":null,"a":1,"b":"q"},` +
	`"maybe":{"z":12},"ints":[1,2],"grid":[[1.0,2.0],[3.0,null]],"kids":[{"id":"k","timestamp":null,"b":"q"}],` +
	`"days":{"2020-01-01":"a","2020-01-02":"b"},"counts":{"-1":["x"],"2":[],"10":[]},"sides":{"BUY":1.0,"SELL":null},` +
	`"named":{"a":{"id":null,"timestamp":null,"b":"q"},"b":{"id":"n","timestamp":null,"b":"r"}},"raw":{"z":[1.0,"x"],"a":null},"opt_raw":[1],` +
	`"nested":{"a":{"-1":true,"1":false}},"opt_f":null}`

// TestEveryKindReadsBack: the text of a value with one field of every kind is its own image.
func TestEveryKindReadsBack(t *testing.T) {
	r, problems := mustType[full]().Decode([]byte(fullText), DecodeOptions{At: at})
	if problems != nil {
		t.Fatal(problems)
	}
	if diff := cmp.Diff(fullText, r.String()); diff != "" {
		t.Error(diff)
	}
	v, ok := As[full](r)
	if !ok || v.Side != buy || v.Wait != 4*24*time.Hour+11*time.Microsecond || v.Counts[-1][0] != "x" || v.Named["b"].B != "r" {
		t.Errorf("got %+v", v)
	}
}
