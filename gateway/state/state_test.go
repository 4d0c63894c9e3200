package state

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gw/schema"
)

//lint:file-ignore SA5008 the names of these columns are meant to break what quotes them carelessly

// venue is an enum whose names are ordered otherwise than its values.
type venue int

func (venue) Members() []schema.Member {
	return []schema.Member{{Name: "NYSE", Value: 1}, {Name: "LSE", Value: 2}}
}

type nested struct {
	Z    int64              `json:"z"`
	Deep schema.Opt[string] `json:"deep"`
}

// row has a column of each kind that can be filtered, and names that are not to be put into SQL.
type row struct {
	schema.Struct
	X      schema.Opt[int64]         `json:"x"`
	F      schema.Opt[float64]       `json:"f"`
	B      schema.Opt[bool]          `json:"b"`
	Y      string                    `json:"y"`
	T      schema.Opt[time.Time]     `json:"t"`
	D      schema.Opt[schema.Date]   `json:"d"`
	W      schema.Opt[time.Duration] `json:"w"`
	V      schema.Opt[venue]         `json:"v"`
	Order  int64                     `json:"order"`
	Quote  int64                     `json:"a\"b"`
	Drop   int64                     `json:"x'; DROP TABLE t1"`
	Upper  int64                     `json:"X"`
	Inner  nested                    `json:"inner"`
	List   []int64                   `json:"list"`
	Lookup map[string]int64          `json:"lookup"`
}

func rowType(t testing.TB) *schema.Type {
	t.Helper()
	typ, err := schema.Of[row]()
	if err != nil {
		t.Fatal(err)
	}
	return typ
}

// tableOf makes a table and puts rows given as JSON.
func tableOf(t testing.TB, keys string, rows ...string) *Table {
	t.Helper()
	store := &Store{}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	table, err := store.Table(rowType(t), strings.Split(keys, ","))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		put(t, table, r)
	}
	return table
}

func put(t testing.TB, table *Table, body string) {
	t.Helper()
	r, problems := table.typ.Decode([]byte(body), schema.DecodeOptions{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	table.Put(r)
}

// ask runs a query both ways, through the records and through DuckDB, and renders the y of what it finds, or the error.
func ask(t testing.TB, table *Table, query string) string {
	t.Helper()
	table.scans = scanLimit
	scanned := askOnce(t, table, query)
	table.scans = -1
	if found := askOnce(t, table, query); found != scanned {
		t.Fatalf("%s: got %s from DuckDB and %s from the records", query, found, scanned)
	}
	return scanned
}

func askOnce(t testing.TB, table *Table, query string) string {
	t.Helper()
	q, err := ParseQuery(query)
	if err != nil {
		return err.Error()
	}
	recs, err := table.Query(t.Context(), q, nil)
	if err != nil {
		return err.Error()
	}
	var all []string
	for _, r := range recs {
		v, _ := schema.As[row](r)
		all = append(all, v.Y)
	}
	return strings.Join(all, " ")
}

// by is a query with one filter.
func by(attr, condition string) string {
	return fmt.Sprintf(`{"filters":[{"attr":%q,"by":%s}]}`, attr, condition)
}

func TestLatestRecordOfAKeyWins(t *testing.T) {
	table := tableOf(t, "x", `{"x":1,"y":"old"}`, `{"x":2,"y":"b"}`, `{"x":1,"y":"new"}`)
	if got, want := ask(t, table, ""), "new b"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	put(t, table, `{"x":2,"y":"newer"}`)
	put(t, table, `{"x":0,"y":"first"}`)
	if got, want := ask(t, table, ""), "first new newer"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if table.Len() != 3 {
		t.Errorf("got %d keys, want 3", table.Len())
	}
}

func TestKeysAreOrderedByTypeWithNullsFirst(t *testing.T) {
	cases := []struct {
		keys, want string
		rows       []string
	}{
		{"x", "null 9 10 11", []string{`{"x":10,"y":"10"}`, `{"x":9,"y":"9"}`, `{"y":"null"}`, `{"x":11,"y":"11"}`}},
		{"id", "null 10 11 9", []string{`{"id":"9","y":"9"}`, `{"id":"11","y":"11"}`, `{"id":"10","y":"10"}`, `{"id":null,"y":"null"}`}},
		{"y", "Z a é 丸 😀", []string{`{"y":"😀"}`, `{"y":"a"}`, `{"y":"丸"}`, `{"y":"Z"}`, `{"y":"é"}`}},
		{"b", "null no yes", []string{`{"b":true,"y":"yes"}`, `{"b":false,"y":"no"}`, `{"b":null,"y":"null"}`}},
		{"f", "null -1 0 inf nan", []string{`{"f":"nan","y":"nan"}`, `{"f":"inf","y":"inf"}`, `{"f":0,"y":"0"}`, `{"f":-1,"y":"-1"}`, `{"y":"null"}`}},
		{"t", "null 1 2", []string{`{"t":"2020-01-01T05:00:00+05:00","y":"2"}`, `{"t":"2019-12-31T23:00:00Z","y":"1"}`, `{"y":"null"}`}},
		{"d", "1 2", []string{`{"d":"2020-01-02","y":"2"}`, `{"d":"2020-01-01","y":"1"}`}},
		{"v", "LSE NYSE", []string{`{"v":"NYSE","y":"NYSE"}`, `{"v":"LSE","y":"LSE"}`}},
		{"x,y", "a b c", []string{`{"x":2,"y":"c"}`, `{"x":1,"y":"b"}`, `{"x":1,"y":"a"}`}},
		{"inner.z", "1 2", []string{`{"inner":{"z":2},"y":"2"}`, `{"inner":{"z":1},"y":"1"}`}},
	}
	for _, tc := range cases {
		t.Run(tc.keys, func(t *testing.T) {
			if got := ask(t, tableOf(t, tc.keys, tc.rows...), ""); got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}

func TestNestedKeysStayDistinctAndMissingOnesShareASlot(t *testing.T) {
	table := tableOf(t, "inner.deep,x", `{"inner":{"deep":"a"},"y":"a"}`, `{"inner":{"deep":"b"},"y":"b"}`, `{"inner":{"deep":""},"y":"empty"}`,
		`{"y":"gone"}`, `{"inner":{"deep":null},"x":null,"y":"null"}`)
	if got, want := ask(t, table, ""), "null empty a b"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestKeysOfAnyLengthStayDistinct goes over the length up to which a key is kept as it is.
func TestKeysOfAnyLengthStayDistinct(t *testing.T) {
	var rows, want []string
	for n := range 40 {
		for _, last := range []string{"a", "b"} {
			key := strings.Repeat("k", n) + last
			rows = append(rows, fmt.Sprintf(`{"y":%q,"id":"old"}`, key), fmt.Sprintf(`{"y":%q}`, key))
			want = append(want, key)
		}
	}
	table := tableOf(t, "y", rows...)
	slices.Sort(want)
	if got, want := ask(t, table, ""), strings.Join(want, " "); got != want || table.Len() != 80 {
		t.Errorf("got %d keys %s, want %s", table.Len(), got, want)
	}
}

func TestKeyMustBeAScalarOfTheType(t *testing.T) {
	for key, want := range map[string]string{
		"nope":  `key "nope": no such field (has: id, timestamp, x, f, b, y, t, d, w, v, order, a"b, x'; DROP TABLE t1, X, inner.z, inner.deep)`,
		"list":  `key "list": is a list, want a scalar (has: id, timestamp, x, f, b, y, t, d, w, v, order, a"b, x'; DROP TABLE t1, X, inner.z, inner.deep)`,
		"inner": `key "inner": no such field (has: id, timestamp, x, f, b, y, t, d, w, v, order, a"b, x'; DROP TABLE t1, X, inner.z, inner.deep)`,
	} {
		if _, err := (&Store{}).Table(rowType(t), []string{key}); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestFilters(t *testing.T) {
	table := tableOf(t, "y",
		`{"y":"a","x":1,"f":1.5,"b":true,"v":"NYSE","w":1,"t":"2020-01-01T00:00:00Z","d":"2020-01-01","order":1,"a\"b":1,"x'; DROP TABLE t1":1,"X":7,"inner":{"z":12}}`,
		`{"y":"b","x":2,"f":2,"b":false,"v":"LSE","w":2,"t":"2020-01-02T00:00:00Z","d":"2020-01-02","order":2,"a\"b":2,"x'; DROP TABLE t1":2,"X":1,"inner":{"z":13}}`,
		`{"y":"c","x":9007199254740993,"f":"nan"}`,
		`{"y":"n","x":null}`)
	cases := []struct{ query, want string }{
		{by("x", `{"value":1}`), "a"},
		{by("x", `{"value":1,"when":null,"attr":"","where":"=="}`), "a"},
		{by("x", `{"value":"1"}`), "a"},
		{by("x", `{"value":true}`), "a"},
		{by("x", `{"value":1.0}`), "a"},
		{by("x", `{"value":1,"where":"!="}`), "b c"},
		{by("x", `{"value":1.5}`), ""},
		{by("x", `{"value":1.5,"where":"!="}`), "a b c"},
		{by("x", `{"value":1.5,"where":">"}`), "b c"},
		{by("x", `{"value":1.5,"where":"<="}`), "a"},
		{by("x", `{"value":"1.5","where":"<"}`), "a"},
		{by("x", `{"value":1e30,"where":"<"}`), "a b c"},
		{by("x", `{"value":1e30,"where":">"}`), ""},
		{by("x", `{"value":-1e30,"where":">="}`), "a b c"},
		{by("x", `{"value":9007199254740992,"where":">"}`), "c"},
		{by("x", `{"value":9007199254740993}`), "c"},
		{by("x", `{"value":"abc"}`), `Cannot compare x (integer) with "abc"`},
		{by("f", `{"value":1.5}`), "a"},
		{by("f", `{"value":2}`), "b"},
		{by("f", `{"value":100,"where":">"}`), "c"},
		{by("b", `{"value":true}`), "a"},
		{by("b", `{"value":0}`), "b"},
		{by("b", `{"value":"yes"}`), "a"},
		{by("b", `{"value":[1]}`), "filters.0.by.value: Input should be a valid number, string or boolean (got [1])"},
		{by("y", `{"value":"b","where":"<="}`), "a b"},
		{by("y", `{"value":"'; DROP TABLE t1; --"}`), ""},
		{by("y", `{"value":true}`), `Cannot compare y (string) with true`},
		{by("v", `{"value":"NYSE"}`), "a"},
		{by("v", `{"value":2}`), "b"},
		{by("v", `{"value":"NYSE","where":"<"}`), "b"},
		{by("v", `{"value":9}`), `Cannot compare v (enum) with 9`},
		{by("w", `{"value":1.5,"where":"<"}`), "a"},
		{by("t", `{"when":"2020-01-01T00:00:00"}`), "a"},
		{by("t", `{"when":"2020-01-01T05:00:00+05:00"}`), "a"},
		{by("t", `{"when":1577836800,"where":">"}`), "b"},
		{by("t", `{"value":"2020-01-02"}`), "b"},
		{by("d", `{"when":"2020-01-01T00:00:00"}`), "a"},
		{by("d", `{"when":"2020-01-01T12:00:00","where":">"}`), "b"},
		{by("x", `{"when":"2020-01-01"}`), `Cannot compare x (integer) with "2020-01-01"`},
		{by("order", `{"value":2}`), "b"},
		{by(`a"b`, `{"value":2}`), "b"},
		{by("x'; DROP TABLE t1", `{"value":2}`), "b"},
		{by("X", `{"value":7}`), "a"},
		{by("inner.z", `{"value":12}`), "a"},
		{by("x", `{"attr":"inner.z","where":"<"}`), "a b"},
		{by("x", `{"attr":"f","where":"<"}`), "a c"},
		{by("x", `{"attr":"y"}`), `Cannot compare x (integer) with y (string)`},
		{by("t", `{"attr":"d"}`), "a b"},
		{by("y", `{"attr":"v","where":">"}`), "a b"},
		{by("nope", `{"value":1}`), "Unknown attribute: nope"},
		{by("x", `{"attr":"nope"}`), "Unknown attribute: nope"},
		{by("inner", `{"value":1}`), "Unknown attribute: inner"},
		{by("list", `{"value":1}`), "Attribute cannot be filtered: list"},
		{by("x", `{}`), "Filter of x compares with nothing: give value, when or attr"},
		{by("x", `{"value":1,"when":"2020-01-01","attr":"nope"}`), "a"},
		{`{"filters":[{"attr":"x","by":{"value":1,"where":">="}},{"attr":"x","by":{"value":2,"where":"<="}}]}`, "a b"},
		{`{"extra":1,"filters":[{"attr":"x","by":{"value":1,"foo":2},"bar":3}]}`, "a"},
		{`{}`, "a b c n"},
		{`null`, "a b c n"},
		{`{"filters":[]}`, "a b c n"},
	}
	for _, tc := range cases {
		t.Run(tc.query, func(t *testing.T) {
			if got := ask(t, table, tc.query); got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}
