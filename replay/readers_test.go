package replay

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// all reads every row and writes it as LINE:TEXT or LINE!REASON.
func all(t testing.TB, rows rowReader) (out []string, err error) {
	t.Helper()
	for n := 0; ; n++ {
		var r row
		if err := rows.next(&r); err != nil {
			return out, err
		}
		text := fmt.Sprintf("%d:%s", r.line, r.text)
		if r.cells != nil && r.bad == "" {
			if _, table := rows.(*tableReader); !table {
				text = fmt.Sprintf("%d:%s", r.line, bytes.Join(r.cells, []byte("|")))
			}
		}
		if r.bad != "" {
			text = fmt.Sprintf("%d!%s", r.line, r.bad)
		}
		out = append(out, text)
	}
}

func buffered(s string) *bufio.Reader { return bufio.NewReaderSize(strings.NewReader(s), 16) }

func TestLinesHaveAnyLength(t *testing.T) {
	long := strings.Repeat("x", 100)
	lines := newLineReader(buffered("\xef\xbb\xbfone\r\n\n" + long + "\n" + strings.Repeat("y", 200) + "\n  \nlast"))
	lines.max = 150
	got, err := all(t, lines)
	want := []string{"1:one", "2!blank", "3:" + long, "4!too long", "5!blank", "6:last"}
	if diff := cmp.Diff(want, got); diff != "" || err != io.EOF {
		t.Error(err, diff)
	}
}

func TestValuesReadsObjectsInAnyLayout(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"pretty array", "[\n  {\n \"a\": \"}\\\"\"\n  },\n  {\"b\": [1]}\n]\n", "2:{\n \"a\": \"}\\\"\"\n  };5:{\"b\": [1]}"},
		{"one line", `[{"a":1},{"a":2}]`, `1:{"a":1};1:{"a":2}`},
		{"no array", "{\"a\":1}\n{\n\"a\":2}", "1:{\"a\":1};2:{\n\"a\":2}"},
		{"scalars between", `[1, {"a":1}, "x"]`, `1!not an object;1:{"a":1};1!not an object`},
		{"torn", `[{"a":1},{"a":`, `1:{"a":1};1!torn line`},
		{"BOM", "\xef\xbb\xbf[{}]", "1:{}"},
		{"empty", "[]", ""},
	}
	for _, tc := range cases {
		got, err := all(t, newValueReader(buffered(tc.in)))
		if text := strings.Join(got, ";"); text != tc.want || err != io.EOF {
			t.Errorf("%s: got %q %v, want %q", tc.name, text, err, tc.want)
		}
	}
}

func TestCSVReadsQuotedCells(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"quotes", "a,b\r\n\"1,2\",\"say \"\"x\"\"\"\r\n", `1:a|b;2:1,2|say "x"`},
		{"line end in a cell", "a,b\n\"x\ny\",2\n3,4\n", "1:a|b;2:x\ny|2;4:3|4"},
		{"inch", "a,b\n5\" pipe,2\n", "1:a|b;2:5\" pipe|2"},
		{"empty cells", "a,b\n,\n\"\",\n", "1:a|b;2:|;3:|"},
		{"too few and too many", "a,b\n1\n1,2,3\n1,2\n", "1:a|b;2!wrong number of cells;3!wrong number of cells;4:1|2"},
		{"torn", "a,b\n1,2\n3", "1:a|b;2:1|2;3!torn line"},
		{"no line end", "a,b\n1,2", "1:a|b;2:1|2"},
		{"open quote", "a,b\n1,\"2", "1:a|b;2!torn line"},
		{"blank", "a,b\n\n1,2\n", "1:a|b;2!blank;3:1|2"},
	}
	for _, tc := range cases {
		rows := newCSVReader(buffered(tc.in), ',')
		rows.width = 2
		got, err := all(t, rows)
		if text := strings.Join(got, ";"); text != tc.want || err != io.EOF {
			t.Errorf("%s: got %q %v, want %q", tc.name, text, err, tc.want)
		}
	}
}

func TestTableTypesColumns(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"widening", "i,f,b,s,e\n1,1,true,1,\n,2.5,False,x,\n", `{"i":1,"f":1,"b":true,"s":"1"};{"f":2.5,"b":false,"s":"x"}`},
		{"text keeps its form", "zip,big\n007,123456789012345678901\n", `{"zip":"007","big":"123456789012345678901"}`},
		{"missing numbers", "v,s\nNaN,NaN\n1,x\nNA,\n", `{"s":"NaN"};{"v":1,"s":"x"};{"s":""}`},
		{"objects", "t,d\n1,\"{\"\"a\"\":1}\"\n", `{"t":1,"d":{"a":1}}`},
		{"names", "a,,a\n1,2,3\n", `{"a":1,"column_2":2,"a_2":3}`},
		{"no header", "1,x\n2,y\n", `{"column_1":1,"column_2":"x"};{"column_1":2,"column_2":"y"}`},
	}
	for _, tc := range cases {
		table := readTable(buffered(tc.in), ',')
		got, err := all(t, newTableReader(buffered(tc.in), table))
		for i := range got {
			_, got[i], _ = strings.Cut(got[i], ":")
		}
		if text := strings.Join(got, ";"); text != tc.want || err != io.EOF {
			t.Errorf("%s: got %s %v, want %s", tc.name, text, err, tc.want)
		}
	}
}

// FuzzLines: the lines are those that bytes.Split finds.
func FuzzLines(f *testing.F) {
	f.Add([]byte("a\nb\r\n\nc"))
	f.Fuzz(func(t *testing.T, data []byte) {
		lines := newLineReader(bufio.NewReaderSize(bytes.NewReader(data), 16))
		want := bytes.Split(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), []byte("\n"))
		if len(want[len(want)-1]) == 0 {
			want = want[:len(want)-1]
		}
		for i, w := range want {
			var r row
			if err := lines.next(&r); err != nil {
				t.Fatalf("line %d: %v", i+1, err)
			}
			if w = bytes.TrimSuffix(w, []byte("\r")); !bytes.Equal(r.text, w) || r.line != i+1 {
				t.Fatalf("line %d: got %q, want %q", i+1, r.text, w)
			}
		}
	})
}

// FuzzValues: no panic, and the reader comes to its end; objects it hands out lie in the text.
func FuzzValues(f *testing.F) {
	f.Add([]byte(`[{"a":"}"},1]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		values := newValueReader(bufio.NewReaderSize(bytes.NewReader(data), 16))
		values.max = 64
		for range len(data) + 2 {
			var r row
			if err := values.next(&r); err != nil {
				return
			}
			if !bytes.Contains(data, r.text) || len(r.text) > 64 {
				t.Fatalf("got %q, want a part of %q", r.text, data)
			}
		}
		t.Fatalf("more rows than bytes in %q", data)
	})
}

// FuzzCSV: what encoding/csv reads strictly is read the same, and a table of it is JSON.
func FuzzCSV(f *testing.F) {
	f.Add([]byte("a,b\n\"x\ny\",\"\"\"\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		table := readTable(bufio.NewReader(bytes.NewReader(data)), ',')
		rows := newTableReader(bufio.NewReader(bytes.NewReader(data)), table)
		for {
			var r row
			if rows.next(&r) != nil {
				break
			}
			if _, err := object(r.text, []member{}); r.bad == "" && err != nil {
				t.Fatalf("%q: got %s", data, r.text)
			}
		}
		strict := csv.NewReader(bytes.NewReader(data))
		strict.FieldsPerRecord = -1
		want, err := strict.ReadAll()
		if err != nil || bytes.ContainsAny(data, "\r \t") || bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
			return
		}
		plain := newCSVReader(bufio.NewReader(bytes.NewReader(data)), ',')
		for _, w := range want {
			var r row
			for r.cells == nil {
				if err := plain.next(&r); err != nil {
					t.Fatalf("%q: %v", data, err)
				}
			}
			if got := string(bytes.Join(r.cells, []byte("|"))); got != strings.Join(w, "|") {
				t.Fatalf("%q: got %q, want %q", data, got, w)
			}
		}
	})
}

func TestDamageIsNamed(t *testing.T) {
	if got := damage(fmt.Errorf("x: %w", io.ErrUnexpectedEOF)); got != skipTruncated {
		t.Error(got)
	}
	if got := damage(errors.New("checksum")); got != skipCorrupt {
		t.Error(got)
	}
}
