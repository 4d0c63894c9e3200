package cli

import (
	"strings"
	"testing"
)

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
