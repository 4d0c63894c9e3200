package schema

import (
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"

	"github.com/google/go-cmp/cmp"
)

func TestTypeErrorsNameTheField(t *testing.T) {
	type notFirst struct {
		A int64
		Struct
	}
	for _, tc := range []struct {
		value any
		want  string
	}{
		{5, `schema: type int is not a struct`},
		{nil, `schema: type <nil> is not a struct`},
		{notFirst{}, `schema: schema.notFirst: schema.Struct must be the first field`},
		{struct{ A uint64 }{}, `schema: struct { A uint64 }: field "A": uint64 goes beyond int64, which is all clients can hold; use int64`},
		{struct {
			A *int64 `json:"a"`
		}{}, `field "a": a pointer (*int64) cannot be described; use schema.Opt`},
		{struct{ A []Opt[int64] }{}, `field "A": an Opt stands only directly in a struct, not in a list, map or another Opt`},
		{struct{ A map[float64]int64 }{}, `field "A": map keys of float64 cannot be described; use string, an integer, Date or an enum`},
		{struct{ A chan int }{}, `field "A": chan int cannot be described`},
		{struct {
			A int64 `json:"a"`
			B int64 `name:"a"`
		}{}, `two fields named "a"`},
		{struct {
			A int64 `default:"x"`
		}{}, `field "A": default "x": Input should be a valid integer, unable to parse string as an integer`},
		{struct {
			A []int64 `default:"[1"`
		}{}, `field "A": default "[1" is not JSON`},
		{struct {
			A []int64 `default:"[null]"`
		}{}, `field "A": default "[null]": Input should be a valid integer`},
		{struct {
			A string `validate:"gt=0"`
		}{}, `field "A": validate:"gt=0" stands on a field that is no number`},
		{struct {
			A int64 `validate:"above=0"`
		}{}, `field "A": validate:"above=0": no rule "above" (has: gt, ge, lt, le)`},
		{struct {
			A int64 `validate:"gt=x"`
		}{}, `field "A": validate:"gt=x": got "x", want a number`},
	} {
		_, err := TypeOf(reflect.TypeOf(tc.value))
		if err == nil || !strings.HasSuffix(err.Error(), tc.want) {
			t.Errorf("%T: got %v, want %s", tc.value, err, tc.want)
		}
	}
	if r := RecordOf(&struct{ A *int }{}); !r.IsZero() || r.Type() != nil || r.String() != "null" {
		t.Errorf("RecordOf a type that cannot be described: got %v", r)
	}
}

// TestTypesAreMadeOnce, whoever asks first.
func TestTypesAreMadeOnce(t *testing.T) {
	type node struct {
		Kids []node          `json:"kids"`
		By   map[string]node `json:"by"`
	}
	got := make([]*Type, 8)
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() { got[i], _ = Of[node]() })
	}
	wg.Wait()
	for _, typ := range got {
		if typ == nil || typ != got[0] || typ.Fields[0].Value.Elem.Type != typ {
			t.Fatalf("got %v, want one type that refers to itself", got)
		}
	}
	a, err := Build("T", tradeSpecs)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Build("T", tradeSpecs)
	c, _ := Build("U", tradeSpecs)
	if a != b || a == c || a.Go != c.Go {
		t.Errorf("built types: got %p %p %p", a, b, c)
	}
	r, problems := got[0].Decode([]byte(`{"kids":[{"kids":[],"by":{}},{}],"by":{"a":{"kids":[{}]}}}`), DecodeOptions{})
	if problems != nil {
		t.Fatal(problems)
	}
	const leaf = `{"kids":[],"by":{}}`
	if want := `{"kids":[` + leaf + `,` + leaf + `],"by":{"a":{"kids":[` + leaf + `],"by":{}}}}`; r.String() != want {
		t.Errorf("got %s, want %s", r, want)
	}
}

type embedded struct {
	Struct
	A int64 `json:"a"`
}

type plainEmbedded struct {
	B int64 `json:"b"`
}

type derived struct {
	embedded
	plainEmbedded
	C      int64 `json:"c"`
	hidden int64
	Skip   int64 `json:"-"`
	Same   int64
}

// TestEmbeddedFieldsComeFirst: base class fields before own ones, unexported and "-" ones never.
func TestEmbeddedFieldsComeFirst(t *testing.T) {
	v := derived{C: 3, hidden: 9, Skip: 9}
	v.A, v.B = 1, 2
	r := RecordOf(&v)
	if want := `{"id":null,"timestamp":null,"a":1,"b":2,"c":3,"Same":0}`; r.String() != want {
		t.Errorf("got %s, want %s", r, want)
	}
	r.Base().ID = NewID(7)
	if v.ID.String() != "7" {
		t.Errorf("id: got %q, want 7", v.ID.String())
	}
	_, problems := r.Type().Decode([]byte(`{"hidden":1,"Skip":1,"-":1}`), DecodeOptions{})
	if len(problems) != 3 {
		t.Errorf("private members: got %v, want three problems", problems)
	}
}

// TestBuildOddNames: any text names a field, also those that differ only in case or would collide in Go.
func TestBuildOddNames(t *testing.T) {
	names := []string{"e", "E", "E_2", "order", `a"b`, `x'; DROP`, "a,b", "a b", "", "_", "é", "1", "Struct", "ID", "-", "id", "timestamp", "Timestamp", "日本"}
	var specs []FieldSpec
	var in []string
	for _, n := range names {
		kind := Bool // of id and timestamp: not the base's, so they hide it
		specs = append(specs, FieldSpec{Name: n, Kind: kind})
		in = append(in, string(appendString(nil, n))+":true")
	}
	typ, err := Build("Odd", specs)
	if err != nil {
		t.Fatal(err)
	}
	text := "{" + strings.Join(in, ",") + "}"
	r, problems := typ.Decode([]byte(text), DecodeOptions{})
	if problems != nil {
		t.Fatal(problems)
	}
	if diff := cmp.Diff(text, r.String()); diff != "" {
		t.Error(diff)
	}
	if r.Base() == nil || r.Base().ID.IsSet() {
		t.Error("the hidden base was set")
	}
}

func TestBuildErrors(t *testing.T) {
	for want, f := range map[string]FieldSpec{
		`schema: T: field "a": a list without Elem`:                       {Name: "a", Kind: List},
		`schema: T: field "a": kind invalid cannot be built`:              {Name: "a"},
		`schema: T: field "a": an enum without Members`:                   {Name: "a", Kind: Enum},
		`schema: T: field "a": enum member "x,y" is empty or has a comma`: {Name: "a", Kind: Enum, Members: []string{"x,y"}},
		`schema: T: field "a": field "b": kind string cannot be built`:    {Name: "a", Kind: Object, Fields: []FieldSpec{{Name: "b", Kind: Ident}}},
	} {
		if _, err := Build("T", []FieldSpec{f}); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := Build("T", []FieldSpec{{Name: "a", Kind: Int}, {Name: "a", Kind: Int}}); err == nil {
		t.Error("two fields of one name: got no error")
	}
}

// TestEachBaseMints every value that has a base, in order, inside lists and maps too.
func TestEachBaseMints(t *testing.T) {
	r, problems := mustType[full]().Decode([]byte(`{"kids":[{},{"id":"own"}],"named":{"b":{},"a":{}}}`), DecodeOptions{})
	if problems != nil {
		t.Fatal(problems)
	}
	n := uint64(0)
	r.EachBase(func(s *Struct) {
		n++
		if !s.ID.IsSet() {
			s.ID = NewID(n)
		}
	})
	v, _ := As[full](r)
	got := []string{v.ID.String(), v.Child.ID.String(), v.Kids[0].ID.String(), v.Kids[1].ID.String(), v.Named["a"].ID.String(), v.Named["b"].ID.String()}
	if diff := cmp.Diff([]string{"1", "2", "3", "own", "5", "6"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestEachRecordVisits what EachBase does, and writes nothing.
func TestEachRecordVisits(t *testing.T) {
	r, problems := mustType[full]().Decode(
		[]byte(`{"id":"1","child":{"id":"2"},"kids":[{"id":"3"},{"id":"4"}],"named":{"b":{"id":"6"},"a":{"id":"5"}}}`), DecodeOptions{})
	if problems != nil {
		t.Fatal(problems)
	}
	before := r.String()
	var got []string
	r.EachRecord(func(r Record) { got = append(got, r.Base().ID.String()) })
	if diff := cmp.Diff([]string{"1", "2", "3", "4", "5", "6"}, got); diff != "" {
		t.Error(diff)
	}
	if r.String() != before {
		t.Errorf("got %s, want %s as before", r, before)
	}
}

type bounded struct {
	N    int64         `json:"n" validate:"ge=0,lt=100"`
	X    Opt[float64]  `json:"x" validate:"gt=0.5,lte=2"`
	Wait time.Duration `json:"wait" validate:"le=60"`
}

type judged struct {
	A    int64   `json:"a"`
	B    int64   `json:"b"`
	Deep bounded `json:"deep"`
}

func (j judged) Validate() error {
	switch j.A {
	case 1:
		return errors.Join(FieldError{Field: "a", Msg: "no one"}, FieldError{Field: "b", Msg: "nor this"})
	case 2:
		return errBad
	case 3:
		panic("boom")
	}
	return nil
}

func TestRulesAndValidators(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want []string
	}{
		{`{"a":0,"deep":{"n":99,"x":2,"wait":"PT60S"}}`, nil},
		{`{"deep":{"n":-1,"x":0.5,"wait":61}}`, []string{
			"deep.n: Input should be greater than or equal to 0 (got -1)",
			"deep.x: Input should be greater than 0.5 (got 0.5)",
			"deep.wait: Input should be less than or equal to 60 (got 61)"}},
		{`{"deep":{"n":100,"x":null}}`, []string{"deep.n: Input should be less than 100 (got 100)"}},
		{`{"a":1}`, []string{"a: Value error, no one (got 1)", "b: Value error, nor this (got null)"}},
		{`{"a":2}`, []string{`Value error, bad (got {"a":2})`}},
		{`{"a":3,"b":7}`, []string{`Value error, boom (got {"a":3,"b":7})`}},
		{`{"a":3,"b":"x"}`, []string{`b: Input should be a valid integer, unable to parse string as an integer (got "x")`}},
	} {
		_, problems := mustType[judged]().Decode([]byte(tc.in), DecodeOptions{})
		var got []string
		for _, p := range problems {
			got = append(got, p.String())
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s -want +got:\n%s", tc.in, diff)
		}
	}
	_, problems := mustType[judged]().DecodeText([]string{"a", "deep.n"}, []string{"1", "-1"}, DecodeOptions{})
	if got, want := problems.Error(), `deep.n: Input should be greater than or equal to 0 (got "-1")`; got != want {
		t.Errorf("text: got %s, want %s", got, want)
	}
}

// TestIntegersKeepToTheirSize with the limits pydantic would name.
func TestIntegersKeepToTheirSize(t *testing.T) {
	_, problems := mustType[full]().Decode([]byte(`{"i8":128,"u32":-1}`), DecodeOptions{})
	want := "i8: Input should be less than or equal to 127 (got 128); u32: Input should be greater than or equal to 0 (got -1)"
	if got := problems.Error(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestEnums(t *testing.T) {
	typ := mustType[full]()
	for in, want := range map[string]string{
		`{"side":"BUY"}`: `"BUY"`, `{"side":2}`: `"SELL"`, `{"side":"1"}`: `"BUY"`, `{"side":1.0}`: `"BUY"`, `{}`: `"SELL"`,
		`{"side":"buy"}`: `side: Input should be 'BUY' or 'SELL' (got "buy")`, `{"side":3}`: `side: Input should be 'BUY' or 'SELL' (got 3)`,
		`{"side":true}`: `side: Input should be 'BUY' or 'SELL' (got true)`, `{"side":null}`: `side: Input should be 'BUY' or 'SELL' (got null)`,
		`{"venue":1}`: `venue: Input should be 'NYSE' or 'LSE' (got 1)`, `{"sides":{"X":1}}`: `sides.X.[key]: Input should be 'BUY' or 'SELL' (got "X")`,
	} {
		r, problems := typ.Decode([]byte(in), DecodeOptions{})
		got := problems.Error()
		if problems == nil {
			c, _ := typ.Column("side")
			got = string(c.AppendJSON(nil, r))
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
	if got := RecordOf(&struct{ S side }{9}).String(); got != `{"S":"9"}` {
		t.Errorf("no member: got %s", got)
	}
}

// TestDefaults of lists, maps and nested values are made anew each time.
func TestDefaults(t *testing.T) {
	type deep struct {
		L []int64          `json:"l" default:"[1,2]"`
		M map[string]int64 `json:"m" default:"{\"a\":1}"`
		T time.Time        `json:"t" default:"now"`
		U time.Time        `json:"u" default:"2020-01-01"`
		D Opt[Date]        `json:"d" default:"now"`
		W time.Duration    `json:"w" default:"PT90S"`
	}
	type outer struct {
		A     deep       `json:"a"`
		Z     inner      `json:"z" default:"{}"`
		Y     Opt[inner] `json:"y" default:"{\"z\":5}"`
		Empty Opt[inner] `json:"empty"`
	}
	typ := mustType[outer]()
	const want = `{"a":{"l":[1,2],"m":{"a":1},"t":"2026-11-23T08:59:27.986501Z","u":"2020-01-01T00:00:00","d":"2026-11-23","w":90.0},"z":{"z":12},"y":{"z":5}}`
	a, _ := As[outer](typ.NewAt(at))
	a.A.L[0], a.A.M["a"] = 9, 9
	for _, in := range []string{`{}`, `{"a":{}}`, `{"a":{"l":[7]},"a":{},"y":null,"y":{"z":5},"z":{"z":1},"z":{}}`} {
		r, problems := typ.Decode([]byte(in), DecodeOptions{At: at})
		if problems != nil {
			t.Fatal(problems)
		}
		if diff := cmp.Diff(want, r.String()); diff != "" {
			t.Errorf("%s:\n%s", in, diff)
		}
	}
	if got := typ.New().String(); !strings.Contains(got, `"t":"0001-01-01T00:00:00Z"`) {
		t.Errorf("New: got %s", got)
	}
}

// TestHostileInputIsBounded: a wrong list of any length is not answered at any length.
func TestHostileInputIsBounded(t *testing.T) {
	_, _, problems := mustType[exampleData]().DecodeAll([]byte("["+strings.Repeat("5,", 5000)+"5]"), DecodeOptions{})
	if len(problems) != maxProblems {
		t.Errorf("got %d problems, want %d", len(problems), maxProblems)
	}
	if _, problems := mustType[exampleData]().Decode([]byte(strings.Repeat(`{"a":`, 100_000)), DecodeOptions{}); len(problems) != 1 {
		t.Errorf("deep: got %d problems, want 1", len(problems))
	}
}

func TestRecordAccess(t *testing.T) {
	v := &trade{Symbol: "X"}
	r := RecordOf(v)
	if p, ok := As[trade](r); !ok || p != v || r.Pointer() != unsafe.Pointer(v) || r.Value().Field(1).String() != "X" {
		t.Errorf("got %v %v", p, ok)
	}
	if _, ok := As[full](r); ok {
		t.Error("As another type: got ok")
	}
	if r.Type().At(r.Pointer()) != r || r.Type().String() != "trade" || r.Clone().Base() == r.Base() {
		t.Error("At, String or Clone")
	}
}
