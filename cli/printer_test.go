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

// TestS09FormulasAreDisarmedInCSV prints what a spreadsheet would compute, with and without --csv-safe.
func TestS09FormulasAreDisarmedInCSV(t *testing.T) {
	const values = `[{"a":"=1+1","b":"+1","c":"@SUM(A1)","d":"-1","e":"plain","f":"\tx"}]`
	for safe, want := range map[bool]string{
		true:  "a,b,c,d,e,f\n'=1+1,'+1,'@SUM(A1),'-1,plain,'\tx\n",
		false: "a,b,c,d,e,f\n=1+1,+1,@SUM(A1),-1,plain,\"\tx\"\n",
	} {
		var b strings.Builder
		p, err := newPrinter(&b, "csv", safe)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.values("", "", []byte(values)); err != nil {
			t.Fatal(err)
		}
		if err := p.end(); err != nil {
			t.Fatal(err)
		}
		if b.String() != want {
			t.Errorf("safe %v: got %q, want %q", safe, b.String(), want)
		}
	}
}
