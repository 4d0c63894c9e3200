package replay_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gw/replay"
)

func TestRowsOfSeveralFilesComeInTheOrderOfTheirTimes(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	csv := write("a.csv", "time,x\n2026-01-01T00:00:01,1\nsoon,2\n2026-01-01T00:00:03,3\n")
	cycles := write("b.json", `{"c":{"x":9},"d":null,"csp_engine_timestamp":"2026-01-01T00:00:02"}`+"\n")
	rows, err := replay.OpenRows(t.Context(), []string{csv, cycles}, replay.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got []string
	for {
		row, err := rows.Next(t.Context())
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range row.Parts {
			got = append(got, fmt.Sprintf("%s %t %q %s", row.At.Std().Format("05"), row.Cycle, p.Channel, p.Value))
		}
	}
	want := []string{
		`01 false "" {"time":"2026-01-01T00:00:01","x":1}`, `02 true "c" {"x":9}`, `03 false "" {"time":"2026-01-01T00:00:03","x":3}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if n := rows.Skipped(); len(n) != 1 {
		t.Errorf("got %v skipped, want the row without a time", n)
	}
}

func TestRowsTellEmptyAndMissingFilesApart(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.json")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := replay.OpenRows(t.Context(), []string{empty}, replay.Options{})
	if !replay.IsEmpty(err) || replay.IsMissing(err) {
		t.Errorf("got %v, want the error of an empty file", err)
	}
	_, err = replay.OpenRows(t.Context(), []string{empty + ".not"}, replay.Options{})
	if replay.IsEmpty(err) || !replay.IsMissing(err) {
		t.Errorf("got %v, want the error of a missing file", err)
	}
}
