package modules

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"

	"gw/gateway"
	"gw/schema"
)

type dropLeg struct {
	X schema.Opt[int64]  `json:"x"`
	S schema.Opt[string] `json:"s"`
}

// dropped is what the files of these tests hold; every field may be unset, so that a file may have any of them.
type dropped struct {
	Name  schema.Opt[string]             `json:"name"`
	Yes   schema.Opt[bool]               `json:"yes"`
	N     schema.Opt[int64]              `json:"n"`
	Price schema.Opt[float64]            `json:"price"`
	Time  schema.Opt[time.Time]          `json:"time"`
	Day   schema.Opt[schema.Date]        `json:"day"`
	Wait  schema.Opt[time.Duration]      `json:"wait"`
	List  schema.Opt[[]float64]          `json:"list"`
	Deep  schema.Opt[[][]int64]          `json:"deep"`
	Leg   schema.Opt[dropLeg]            `json:"leg"`
	Legs  schema.Opt[[]dropLeg]          `json:"legs"`
	Pairs schema.Opt[map[string]float64] `json:"pairs"`
}

func droppedPort(t testing.TB) *gateway.Port {
	t.Helper()
	typ, err := schema.Of[dropped]()
	if err != nil {
		t.Fatal(err)
	}
	return &gateway.Port{Name: "a", Type: typ}
}

// parquetOf writes rows as the library does, which reads the types out of tags.
func parquetOf[T any](t testing.TB, rows []T, options ...parquet.WriterOption) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b, options...)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wantRows decodes a file and compares its values as JSON, a line each.
func wantRows(t *testing.T, data []byte, want ...string) {
	t.Helper()
	all, err := decodeParquet(droppedPort(t), data)
	if err != nil {
		t.Error(err)
		return
	}
	var got []string
	for _, tick := range all {
		got = append(got, string(tick[""][0].AppendJSON(nil)))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

var noon = time.Date(2026, 1, 2, 12, 0, 0, 123456789, time.UTC)

type flatRow struct {
	Name  *string `parquet:"name"`
	Yes   bool    `parquet:"yes"`
	N     int32   `parquet:"n"`
	Price float32 `parquet:"price"`
	Day   int32   `parquet:"day,date"`
}

type nestedRow struct {
	List  []float64          `parquet:"list,list"`
	Leg   *legRow            `parquet:"leg"`
	Legs  []legRow           `parquet:"legs"`
	Pairs map[string]float64 `parquet:"pairs"`
}

type legRow struct {
	X int64   `parquet:"x"`
	S *string `parquet:"s"`
}

// TestParquetFiles reads one file a type of column.
func TestParquetFiles(t *testing.T) {
	name := "é"
	wantRows(t, parquetOf(t, []flatRow{{Name: &name, Yes: true, N: -7, Price: 1.5, Day: 20455}, {}}),
		`{"name":"é","yes":true,"n":-7,"price":1.5,"day":"2026-01-02"}`, `{"yes":false,"n":0,"price":0.0,"day":"1970-01-01"}`)
	wantRows(t, parquetOf(t, []nestedRow{
		{List: []float64{1, 2}, Leg: &legRow{X: 3, S: &name}, Legs: []legRow{{X: 4}, {X: 5, S: &name}}, Pairs: map[string]float64{"a": 1}}, {},
	}), `{"list":[1.0,2.0],"leg":{"x":3,"s":"é"},"legs":[{"x":4},{"x":5,"s":"é"}],"pairs":{"a":1.0}}`, `{"list":[],"legs":[],"pairs":{}}`)
	wantRows(t, parquetOf(t, []struct {
		Deep [][]int64 `parquet:"deep,list"`
	}{{[][]int64{{1}, {}, {2, 3}}}}, parquet.NewSchema("x", parquet.Group{"deep": parquet.List(parquet.List(parquet.Int(64)))})),
		`{"deep":[[1],[],[2,3]]}`)
	for unit, want := range map[parquet.TimeUnit]string{
		parquet.Millisecond: "2026-01-02T12:00:00.123000", parquet.Microsecond: "2026-01-02T12:00:00.123456", parquet.Nanosecond: "2026-01-02T12:00:00.123456",
	} {
		n := parquet.Int64Value(noon.UnixNano() / int64(unit.Duration()))
		wantRows(t, valuesOf(t, "time", parquet.Timestamp(unit), n), `{"time":"`+want+`Z"}`)
		wantRows(t, valuesOf(t, "time", parquet.TimestampAdjusted(unit, false), n), `{"time":"`+want+`"}`)
	}
	wantRows(t, valuesOf(t, "time", parquet.Leaf(parquet.Int96Type), parquet.Int96Value(deprecated.Int96{1000, 0, 2440589})), `{"time":"1970-01-02T00:00:00.000001Z"}`)
	wantRows(t, valuesOf(t, "n", parquet.Uint(32), parquet.Int32Value(-1)), `{"n":4294967295}`)
	wantRows(t, valuesOf(t, "name", parquet.UUID(), parquet.FixedLenByteArrayValue([]byte("0123456789abcdef"))), `{"name":"30313233-3435-3637-3839-616263646566"}`)
	wantRows(t, valuesOf(t, "price", parquet.Decimal(2, 9, parquet.Int32Type), parquet.Int32Value(-1250)), `{"price":-12.5}`)
	wantRows(t, valuesOf(t, "price", parquet.Decimal(2, 9, parquet.FixedLenByteArrayType(3)), parquet.FixedLenByteArrayValue([]byte{0xff, 0xfb, 0x1e})), `{"price":-12.5}`)
}

// valuesOf is a file of one column.
func valuesOf(t testing.TB, name string, node parquet.Node, values ...parquet.Value) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewWriter(&b, parquet.NewSchema("x", parquet.Group{name: node}))
	for _, v := range values {
		if _, err := w.WriteRows([]parquet.Row{{v.Level(0, 0, 0)}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestParquetDurationsAreNotedByArrow reads whole numbers of which only Arrow's schema in the file says what they are.
func TestParquetDurationsAreNotedByArrow(t *testing.T) {
	var note bytes.Buffer
	w := ipc.NewWriter(&note, ipc.WithSchema(arrow.NewSchema([]arrow.Field{{Name: "wait", Type: arrow.FixedWidthTypes.Duration_ms}}, nil)))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	rows := []struct {
		Wait int64 `parquet:"wait"`
	}{{1500}}
	wantRows(t, parquetOf(t, rows, parquet.KeyValueMetadata("ARROW:schema", base64.StdEncoding.EncodeToString(note.Bytes()))), `{"wait":1.5}`)
	wantRows(t, parquetOf(t, rows), `{"wait":1500.0}`)
}

// TestManyParquetRows reads several groups and batches.
func TestManyParquetRows(t *testing.T) {
	rows := make([]struct {
		N int64 `parquet:"n"`
	}, 3*parquetBatch+1)
	for i := range rows {
		rows[i].N = int64(i)
	}
	all, err := decodeParquet(droppedPort(t), parquetOf(t, rows, parquet.MaxRowsPerRowGroup(parquetBatch+1)))
	if err != nil || len(all) != len(rows) {
		t.Fatalf("got %d rows, %v, want %d", len(all), err, len(rows))
	}
	n, _ := all[0][""][0].Type().Column("n")
	for i, tick := range all {
		if got, _ := n.Int64(tick[""][0]); got != int64(i) {
			t.Fatalf("row %d is %d", i, got)
		}
	}
}

// TestBrokenParquetFiles: every error says what is wrong, and in which column.
func TestBrokenParquetFiles(t *testing.T) {
	good := parquetOf(t, []flatRow{{N: 1}, {N: 2}}, parquet.Compression(&parquet.Zstd))
	for _, c := range []struct {
		name, want string
		data       []byte
	}{
		{"no file", "is no whole Parquet file", nil},
		{"text", "is no whole Parquet file", []byte("name,n\nx,1\n")},
		{"cut", "is no whole Parquet file", good[:len(good)-9]},
		{"damaged data", `column "name": `, damaged(good)},
		{"another column", `dropped has no field "volume" (has: name, yes,`, valuesOf(t, "volume", parquet.Int(64), parquet.Int64Value(1))},
		{"another type", "row 1: n: ", valuesOf(t, "n", parquet.String(), parquet.ByteArrayValue([]byte("1")), parquet.ByteArrayValue([]byte("x")))},
		{"bytes", `row 0: column "name": holds bytes that are no UTF-8 text`, valuesOf(t, "name", parquet.Leaf(parquet.ByteArrayType), parquet.ByteArrayValue([]byte{0xff}))},
		{"time of day", `column "time": holds times of day`, valuesOf(t, "time", parquet.Time(parquet.Millisecond), parquet.Int32Value(1))},
		{"decimal", `column "price": has 90 digits behind the point (want 0 to 76)`, valuesOf(t, "price", parquet.Decimal(90, 90, parquet.FixedLenByteArrayType(40)), parquet.FixedLenByteArrayValue(make([]byte, 40)))},
	} {
		all, err := decodeParquet(droppedPort(t), c.data)
		if err == nil || !strings.Contains(err.Error(), c.want) || all != nil {
			t.Errorf("%s: got %d rows and the error %v, want none and %q", c.name, len(all), err, c.want)
		}
	}
}

// damaged overwrites the page of the first column.
func damaged(data []byte) []byte {
	data = bytes.Clone(data)
	for i := range 8 {
		data[20+i] ^= 0xff
	}
	return data
}

// FuzzParquet proves that no file brings the gateway down.
func FuzzParquet(f *testing.F) {
	name := "x"
	for _, codec := range []parquet.WriterOption{parquet.Compression(&parquet.Uncompressed), parquet.Compression(&parquet.Snappy)} {
		f.Add(parquetOf(f, []flatRow{{Name: &name, N: 1}, {}}, codec))
		f.Add(parquetOf(f, []nestedRow{{List: []float64{1}, Leg: &legRow{S: &name}, Legs: []legRow{{}, {}}, Pairs: map[string]float64{"a": 1}}}, codec))
	}
	f.Add(valuesOf(f, "price", parquet.Decimal(2, 9, parquet.FixedLenByteArrayType(3)), parquet.FixedLenByteArrayValue([]byte{0xff, 0xfb, 0x1e})))
	f.Add(binary.LittleEndian.AppendUint32([]byte("PAR1PAR1"), 1<<31))
	f.Fuzz(func(t *testing.T, data []byte) {
		all, err := decodeParquet(droppedPort(t), data)
		if err != nil && all != nil {
			t.Errorf("got %d rows beside the error %v", len(all), err)
		}
		for _, tick := range all {
			if _, problems := tick[""][0].Type().Decode(tick[""][0].AppendJSON(nil), schema.DecodeOptions{}); problems != nil {
				t.Errorf("a value cannot be read back: %v", problems.Err())
			}
		}
	})
}
