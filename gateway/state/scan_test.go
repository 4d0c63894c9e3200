package state

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gw/schema"
)

// drawRow draws a row of few values, so that some are equal and some are missing.
func drawRow(t *rapid.T, y int) string {
	members := []string{fmt.Sprintf(`"y":"%d"`, y)}
	add := func(name string, values ...string) {
		if v := rapid.SampledFrom(append(values, "")).Draw(t, name); v != "" {
			members = append(members, fmt.Sprintf(`%q:%s`, name, v))
		}
	}
	add("x", "null", "-1", "0", "2", "9007199254740993", "9007199254740992")
	add("f", `"nan"`, `"inf"`, "-1.5", "-0.0", "0", "2", "9007199254740992")
	add("b", "true", "false")
	add("v", `"NYSE"`, `"LSE"`)
	add("w", "1", "0.5")
	add("t", `"2020-01-01"`, `"2020-01-02T00:00:00+05:00"`)
	add("d", `"2020-01-01"`, `"2020-01-02"`)
	add("id", `"9"`, `"10"`, `"é"`, `"😀"`, `""`, "null")
	return "{" + strings.Join(members, ",") + "}"
}

func drawFilter(t *rapid.T) string {
	attrs := rapid.SampledFrom([]string{"x", "f", "b", "y", "v", "w", "t", "d", "id", "inner.z"})
	by := map[string]any{"where": rapid.SampledFrom([]string{"==", "!=", "<", "<=", ">", ">="}).Draw(t, "op")}
	switch rapid.IntRange(0, 2).Draw(t, "side") {
	case 0:
		by["value"] = rapid.SampledFrom([]any{1, 0, -1.5, 2.5, "2", "nan", true, "NYSE", "10", "2020-01-01", 9007199254740993, 1e30}).Draw(t, "value")
	case 1:
		by["when"] = rapid.SampledFrom([]any{"2020-01-01", "2020-01-01T19:00:00", 1577836800}).Draw(t, "when")
	default:
		by["attr"] = attrs.Draw(t, "other")
	}
	f, err := json.Marshal(map[string]any{"attr": attrs.Draw(t, "attr"), "by": by})
	if err != nil {
		t.Fatal(err)
	}
	return string(f)
}

// What is looked through in place is what DuckDB would find, in its order.
func TestBothWaysOfAQueryFindTheSame(t *testing.T) {
	store := &Store{} // one DuckDB for all: opening it takes longer than everything else here
	defer store.Close()
	rapid.Check(t, func(rt *rapid.T) {
		keys := rapid.SampledFrom([]string{"y", "x,y", "f,y", "b,v,y", "id,y", "t,d,w,y", "x", "f", "id"}).Draw(rt, "keys")
		table, err := store.Table(rowType(t), strings.Split(keys, ","))
		if err != nil {
			rt.Fatal(err)
		}
		for round := range 3 {
			for i := range rapid.IntRange(1, 8).Draw(rt, "rows") {
				put(t, table, drawRow(rt, 10*round+i))
			}
			filters := make([]string, rapid.IntRange(0, 2).Draw(rt, "filters"))
			for i := range filters {
				filters[i] = drawFilter(rt)
			}
			ask(t, table, `{"filters":[`+strings.Join(filters, ",")+`]}`)
		}
	})
}

// Every kind of field: what may be a key, what may be filtered, and that a row comes back as it was put.
func TestEveryKindOfField(t *testing.T) {
	type kinds struct {
		schema.Struct
		Int      int64                  `json:"int"`
		Small    uint8                  `json:"small"`
		Float    float64                `json:"float"`
		Bool     bool                   `json:"bool"`
		String   string                 `json:"string"`
		Time     schema.Opt[time.Time]  `json:"time"`
		Date     schema.Date            `json:"date"`
		Duration time.Duration          `json:"duration"`
		Enum     venue                  `json:"enum"`
		Nested   nested                 `json:"nested"`
		List     []int64                `json:"list"`
		Array    []float64              `json:"array"`
		Matrix   [][]float64            `json:"matrix"`
		Structs  []nested               `json:"structs"`
		Dict     map[string]int64       `json:"dict"`
		Dates    map[schema.Date]string `json:"dates"`
		Any      json.RawMessage        `json:"any"`
	}
	typ, err := schema.Of[kinds]()
	if err != nil {
		t.Fatal(err)
	}
	body := `{"id":"7","timestamp":"2020-01-01T00:00:00","int":-5,"small":200,"float":1.5,"bool":true,"string":"é","time":"2020-01-01T00:00:00Z",` +
		`"date":"2020-01-02","duration":1.5,"enum":"LSE","nested":{"z":1,"deep":"d"},"list":[1,2],"array":[1.0,null],"matrix":[[1.0],[2.0]],` +
		`"structs":[{"z":1,"deep":null}],"dict":{"a":1},"dates":{"2020-01-01":"x"},"any":{"k":[1,"v"]}}`
	rec, problems := typ.Decode([]byte(body), schema.DecodeOptions{})
	if problems != nil {
		t.Fatal(problems)
	}
	store := &Store{}
	defer store.Close()
	for name, equal := range map[string]string{
		"id": `"7"`, "timestamp": `"2020-01-01"`, "int": `-5`, "small": `200`, "float": `1.5`, "bool": `true`, "string": `"é"`, "time": `"2020-01-01T00:00:00"`,
		"date": `"2020-01-02"`, "duration": `1.5`, "enum": `"LSE"`, "nested.z": `1`, "nested.deep": `"d"`,
		"list": "", "array": "", "matrix": "", "structs": "", "dict": "", "dates": "", "any": "",
	} {
		t.Run(name, func(t *testing.T) {
			table, err := store.Table(typ, []string{name})
			if equal == "" {
				if err == nil || !strings.Contains(err.Error(), "want a scalar") {
					t.Errorf("as a key: got %v, want it refused", err)
				}
				if table, err = store.Table(typ, []string{"id"}); err != nil {
					t.Fatal(err)
				}
			} else if err != nil {
				t.Fatal(err)
			}
			table.Put(rec)
			for _, scans := range []int{scanLimit, -1} {
				table.scans = scans
				q, err := ParseQuery(by(name, `{"value":`+cmp.Or(equal, "1")+`}`))
				if err != nil {
					t.Fatal(err)
				}
				found, err := table.Query(t.Context(), q, nil)
				if equal == "" {
					if fmt.Sprint(err) != "Attribute cannot be filtered: "+name {
						t.Errorf("filtered: got %v, want it refused", err)
					}
					found, err = table.Query(t.Context(), Query{}, nil)
				}
				if err != nil || len(found) != 1 || found[0].String() != body {
					t.Errorf("got %v %v, want the row as it was put", found, err)
				}
			}
		})
	}
}
