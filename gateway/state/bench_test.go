package state

import (
	"fmt"
	"testing"
	"time"

	"gw/schema"
)

// flat is a type of six columns, with those of the base.
type flat struct {
	schema.Struct
	Symbol string  `json:"symbol"`
	Price  float64 `json:"price"`
	Size   int64   `json:"size"`
	Side   bool    `json:"side"`
}

// wide has the fields of the omnibus's ExampleData.
type wide struct {
	schema.Struct
	X        schema.Opt[int64] `json:"x"`
	Y        string            `json:"y"`
	Z        string            `json:"z"`
	Internal struct {
		Z int64 `json:"z"`
	} `json:"internal_csp_struct"`
	Data    []float64        `json:"data"`
	Mapping map[string]int64 `json:"mapping"`
	DT      time.Time        `json:"dt"`
	D       schema.Date      `json:"d"`
}

// flats and wides make n records of as many keys.
func flats(n int) []schema.Record {
	all := make([]flat, n)
	recs := make([]schema.Record, n)
	for i := range all {
		all[i] = flat{schema.Struct{ID: schema.NewID(uint64(i)), Timestamp: schema.Some(time.Unix(int64(i), 0).UTC())},
			fmt.Sprint("S", i%100), float64(i), int64(i), i%2 == 0}
		recs[i] = schema.RecordOf(&all[i])
	}
	return recs
}

func wides(n int) []schema.Record {
	all := make([]wide, n)
	recs := make([]schema.Record, n)
	for i := range all {
		at := time.Unix(int64(i), 0).UTC()
		all[i] = wide{Struct: schema.Struct{ID: schema.NewID(uint64(i)), Timestamp: schema.Some(at)}, X: schema.Some(int64(i)), Y: fmt.Sprint(i), Z: "z",
			Data: make([]float64, 10), Mapping: map[string]int64{"a": 1}, DT: at, D: schema.DateOf(at)}
		recs[i] = schema.RecordOf(&all[i])
	}
	return recs
}

func benchTable(b *testing.B, recs []schema.Record, keys ...string) *Table {
	b.Helper()
	store := &Store{}
	b.Cleanup(func() { _ = store.Close() })
	t, err := store.Table(recs[0].Type(), keys)
	if err != nil {
		b.Fatal(err)
	}
	return t
}

// types are what is measured.
var types = []struct {
	name string
	recs func(int) []schema.Record
}{{"omnibus", wides}, {"flat", flats}}

// BenchmarkPut is what an upsert costs on the engine's goroutine.
func BenchmarkPut(b *testing.B) {
	for _, typ := range types {
		for _, keys := range []int{100, 10_000, 1_000_000} {
			b.Run(fmt.Sprintf("%s/keys=%d", typ.name, keys), func(b *testing.B) {
				recs := typ.recs(keys)
				t := benchTable(b, recs, "id")
				b.ReportAllocs()
				b.ResetTimer()
				for i := range b.N {
					t.Put(recs[i%keys])
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "upserts/s")
			})
		}
	}
}

// BenchmarkSustained upserts 10,000 keys again and again and asks each time, so that every upsert goes to DuckDB: with
// the key only, and with all scalar columns.
func BenchmarkSustained(b *testing.B) {
	for _, typ := range types {
		for _, columns := range []string{"key", "all"} {
			b.Run(typ.name+"/columns="+columns, func(b *testing.B) {
				recs := typ.recs(10_000)
				t := benchTable(b, recs, "id")
				if columns == "all" {
					for i := range t.columns {
						t.keep([]int{i})
					}
				}
				q, err := ParseQuery(`{"filters":[{"attr":"id","by":{"value":"none"}}]}`)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportAllocs()
				n := 0
				for b.Loop() {
					for _, r := range recs {
						t.Put(r)
					}
					n += len(recs)
					if _, err := t.Query(b.Context(), q, nil); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "upserts/s")
			})
		}
	}
}

// BenchmarkQuery finds ten of 10,000 rows; changes is how many were put since the query before.
func BenchmarkQuery(b *testing.B) {
	for _, typ := range types {
		for _, changes := range []int{0, 100, 10_000} {
			b.Run(fmt.Sprintf("%s/changes=%d", typ.name, changes), func(b *testing.B) {
				recs := typ.recs(10_000)
				t := benchTable(b, recs, "id")
				for _, r := range recs {
					t.Put(r)
				}
				attr := map[string]string{"flat": "size", "omnibus": "x"}[typ.name]
				q, err := ParseQuery(fmt.Sprintf(
					`{"filters":[{"attr":%q,"by":{"value":100,"where":">="}},{"attr":%q,"by":{"value":110,"where":"<"}}]}`, attr, attr))
				if err != nil {
					b.Fatal(err)
				}
				b.ReportAllocs()
				for b.Loop() {
					for _, r := range recs[:changes] {
						t.Put(r)
					}
					if found, err := t.Query(b.Context(), q, nil); err != nil || len(found) != 10 {
						b.Fatal(len(found), err)
					}
				}
			})
		}
	}
}

// BenchmarkAll returns all of 10,000 rows in their order.
func BenchmarkAll(b *testing.B) {
	recs := wides(10_000)
	t := benchTable(b, recs, "id")
	for _, r := range recs {
		t.Put(r)
	}
	b.ReportAllocs()
	for b.Loop() {
		if found, err := t.Query(b.Context(), Query{}, nil); err != nil || len(found) != len(recs) {
			b.Fatal(len(found), err)
		}
	}
}
