package schema

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestColumns: names, kinds, and every cell as value, text and JSON.
func TestColumns(t *testing.T) {
	r, problems := mustType[full]().Decode([]byte(fullText), DecodeOptions{At: at})
	if problems != nil {
		t.Fatal(problems)
	}
	var lines []string
	for i := range r.Type().Columns() {
		c := &r.Type().Columns()[i]
		v, ok := c.Value(r)
		text, _ := c.String(r)
		lines = append(lines, fmt.Sprintf("%s %s opt=%v %T %v null=%v %s %s", c.Name, c.Kind, c.Opt, v, ok, c.Null(r), text, c.AppendJSON(nil, r)))
	}
	golden(t, "columns.golden", strings.Join(lines, "\n")+"\n")
}

// TestColumnsBehindAnOpt: a nested value that is absent leaves its cells empty; text brings it to life.
func TestColumnsBehindAnOpt(t *testing.T) {
	typ := mustType[twin]()
	c, ok := typ.Column("alt.px")
	if !ok || !c.Opt || c.Kind != Float {
		t.Fatalf("got %+v", c)
	}
	empty := typ.New()
	if x, ok := c.Float64(empty); ok || x != 0 || string(c.AppendJSON(nil, empty)) != "null" || c.Null(empty) {
		t.Errorf("absent: got %v %v", x, ok)
	}
	null, _ := typ.Decode([]byte(`{"alt":null}`), DecodeOptions{})
	if !c.Null(null) {
		t.Error("null: got not null")
	}
	r, problems := typ.DecodeText([]string{"alt.name", "alt.qty"}, []string{"n", "5"}, DecodeOptions{})
	if problems != nil {
		t.Fatal(problems)
	}
	if x, ok := c.Float64(r); !ok || x != 1.5 {
		t.Errorf("default of the nested value: got %v %v, want 1.5", x, ok)
	}
	if _, ok := typ.Column("alt"); ok {
		t.Error("a nested value is a column")
	}
}

func TestColumnNumbers(t *testing.T) {
	r, problems := mustType[full]().Decode([]byte(fullText), DecodeOptions{})
	if problems != nil {
		t.Fatal(problems)
	}
	column := func(name string) *Column { c, _ := r.Type().Column(name); return c }
	for name, want := range map[string]float64{"i8": -128, "f": 1.5, "flag": 1, "wait": 345600.000011, "child.a": 1} {
		if got, ok := column(name).Float64(r); !ok || got != want {
			t.Errorf("%s: got %v %v, want %v", name, got, ok, want)
		}
	}
	for name, want := range map[string]int64{"u32": math.MaxUint32, "flag": 1, "day": 18263, "wait": 345600000011000} {
		if got, ok := column(name).Int64(r); !ok || got != want {
			t.Errorf("%s: got %v %v, want %v", name, got, ok, want)
		}
	}
	if b, ok := column("flag").Bool(r); !ok || !b {
		t.Error("flag")
	}
	if got, ok := column("day").Time(r); !ok || !got.Equal(time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("day: got %v", got)
	}
	if _, ok := column("text").Float64(r); ok {
		t.Error("a text is a number")
	}
	if n := testing.AllocsPerRun(100, func() { column("wait").Float64(r); column("at").Time(r); column("child.a").Int64(r) }); n != 0 {
		t.Errorf("got %v allocations, want 0", n)
	}
}

func TestDecodeTextProblems(t *testing.T) {
	names := []string{"i", "nope", "legs", "w", "at", "leg.px", "b"}
	cells := []string{"1.5", "x", `[{"qty":"q"}]`, "x", "yesterday", "12,5", "maybe"}
	_, problems := mustType[twin]().DecodeText(names, cells, DecodeOptions{Loc: []any{"line", 7}})
	got, err := json.MarshalIndent(problems, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "text_problems.golden", string(got)+"\n")
	if _, problems := mustType[twin]().DecodeText(names, []string{"5"}, DecodeOptions{}); problems != nil {
		t.Errorf("a short row: %v", problems)
	}
	if r, problems := mustType[inner]().DecodeText([]string{"q"}, []string{"1"}, DecodeOptions{}); problems != nil || r.String() != `{"z":12}` {
		t.Errorf("unknown column of a plain type: got %s %v", r, problems)
	}
}

func TestJSONSchema(t *testing.T) {
	var c Components
	var doc strings.Builder
	fmt.Fprintf(&doc, "%s\n%s\n%s\n", c.Ref(mustType[exampleData]()), c.Ref(mustType[full]()), c.Ref(mustType[bounded]()))
	type other struct {
		Inner struct{ A int64 }
	}
	fmt.Fprintf(&doc, "%s\n", c.Ref(mustType[other]()))
	fmt.Fprintf(&doc, "%s\n%s\n%s\n", c.InputRef(mustType[exampleData]()), c.InputRef(mustType[full]()), c.InputRef(mustType[bounded]()))
	for _, name := range c.Names() {
		if !json.Valid(c.Schema(name)) {
			t.Errorf("%s: no JSON: %s", name, c.Schema(name))
		}
		fmt.Fprintf(&doc, "%s %s\n", name, c.Schema(name))
	}
	golden(t, "jsonschema.golden", doc.String())
}

func TestComponentsOfOneName(t *testing.T) {
	var c Components
	a, _ := Build("T", tradeSpecs)
	b, _ := Build("T", tradeSpecs[:1])
	if diff := cmp.Diff([]string{`{"$ref":"#/components/schemas/T"}`, `{"$ref":"#/components/schemas/T2"}`, `{"$ref":"#/components/schemas/T"}`},
		[]string{string(c.Ref(a)), string(c.Ref(b)), string(c.Ref(a))}); diff != "" {
		t.Error(diff)
	}
}
