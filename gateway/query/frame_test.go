package query

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBatchSurvivesTheWay(t *testing.T) {
	for _, b := range []batch{{}, {table: 3, columns: [][]byte{[]byte(`[1]`), []byte(`["a"]`)}}, {table: 1 << 20, columns: [][]byte{bytes.Repeat([]byte{'x'}, 70000)}}} {
		got, err := decodeBatch(b.encode())
		if err != nil || got.table != b.table || cmp.Diff(got.columns, b.columns) != "" {
			t.Errorf("got %v %v, want %v", got, err, b)
		}
	}
}

func TestFrameThatIsTooLongIsRefused(t *testing.T) {
	if _, _, err := readFrame(strings.NewReader("D\xff\xff\xff\xff")); err == nil || !strings.Contains(err.Error(), "want at most") {
		t.Errorf("got %v, want it refused", err)
	}
}

// FuzzReadFrame: whatever a child or parent writes is a frame or an error.
func FuzzReadFrame(f *testing.F) {
	f.Add([]byte("D\x00\x00\x00\x01x"))
	f.Add([]byte("D\x00\x01"))
	f.Fuzz(func(t *testing.T, data []byte) {
		kind, body, err := readFrame(bytes.NewReader(data))
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := writeFrame(&again, kind, body); err != nil || !bytes.HasPrefix(data, again.Bytes()) {
			t.Errorf("%q: written again as %q %v", data, again.Bytes(), err)
		}
	})
}

func FuzzDecodeBatch(f *testing.F) {
	f.Add(batch{table: 2, columns: [][]byte{[]byte("[1]"), nil}}.encode())
	f.Add([]byte{0, 200})
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := decodeBatch(data)
		if err != nil {
			return
		}
		if again, err := decodeBatch(b.encode()); err != nil || again.table != b.table || len(again.columns) != len(b.columns) {
			t.Errorf("%q: got %v %v the second time", data, again, err)
		}
	})
}

// FuzzReading: no tree that the parser could write makes the reader of it fail otherwise than with an error.
func FuzzReading(f *testing.F) {
	f.Add([]byte(`{"error":false,"statements":[{"node":{"type":"SELECT_NODE","cte_map":{"map":[{"key":"x"}]},"from_table":{"type":"BASE_TABLE","table_name":"t","query_location":3}}}]}`))
	f.Add([]byte(`{"error":true,"error_type":"parser","position":"7"}`))
	f.Add([]byte(`{"statements":[{"type":"TABLE_FUNCTION","function":{"function_name":"read_text"}},1]}`))
	f.Add([]byte(`{"statements":[{"type":"SHOW_REF","table_name":"\"state\".\"a\"\"b\""}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var tree tree
		if json.Unmarshal(data, &tree) != nil {
			return
		}
		r, err := tree.reading()
		if (r == nil) == (err == nil) {
			t.Errorf("%s: got %v and %v", data, r, err)
		}
		if r != nil {
			_, _ = r.find([]Table{{Schema: "main", Name: "t"}})
		}
	})
}

// FuzzPlace: a place that is found lies within the SQL.
func FuzzPlace(f *testing.F) {
	f.Add("SELECT x", 1, "SELECT x", 7)
	f.Add("SELECT xxxxxxxxxxx", 1, "...xxxxx...", 4)
	f.Add("a\nb", 2, "b", 0)
	f.Fuzz(func(t *testing.T, sql string, line int, shown string, col int) {
		if at := place(sql, line, shown, col); at < -1 || at > len(sql) {
			t.Errorf("got %d in %d bytes", at, len(sql))
		}
	})
}
