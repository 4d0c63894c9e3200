package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"gw/client"
)

func TestTablesKeepTheirColumnsFromTickToTick(t *testing.T) {
	var b strings.Builder
	p, err := newPrinter(&b, "table", false)
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("y", 60)
	for _, data := range []string{`[{"x":100000,"map":{"5":1},"in":{"z":1}}]`, `[{"x":2,"map":{"6":1,"7":2},"in":{"z":2}}]`, `[{"x":3,"map":{},"in":{"z":"` + long + `"}}]`} {
		if err := p.tick(client.Message{Channel: "a", Data: json.RawMessage(data)}); err != nil {
			t.Fatal(err)
		}
	}
	want := `channel  x       map      in.z
a        100000  {"5":1}  1
a        2       {"6":1,"7":2}  2
a        3       {}             ` + long[:39] + "…\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// TestStreamsAsCSVLoseNoMember: a map has other members each time, and stays one cell.
func TestStreamsAsCSVLoseNoMember(t *testing.T) {
	var b strings.Builder
	p, err := newPrinter(&b, "csv", false)
	if err != nil {
		t.Fatal(err)
	}
	for _, data := range []string{`[{"map":{"5":1},"in":{"z":1}}]`, `[{"map":{"6":2},"in":{"z":2}}]`} {
		if err := p.tick(client.Message{Channel: "a", Data: json.RawMessage(data)}); err != nil {
			t.Fatal(err)
		}
	}
	want := "channel,map,in.z\na,\"{\"\"5\"\":1}\",1\na,\"{\"\"6\"\":2}\",2\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
