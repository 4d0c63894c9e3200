package replay

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestObjectTellsTornFromWrong(t *testing.T) {
	cases := []struct {
		in   string
		want error
	}{
		{`{}`, nil}, {` { "a" : [ 1 , -2.5e+3 , "x\u00e9\n" , null , true ] , "b":{"c":{}} } `, nil},
		{`{"a":1`, errTorn}, {`{"a":"x`, errTorn}, {`{"a":tr`, errTorn}, {`{"a":1,`, errTorn}, {`{`, errTorn}, {``, errTorn},
		{`{"a":-`, errTorn}, {`{"a":1.`, errTorn}, {`{"a":"\u00`, errTorn}, {`{"a":[1,2`, errTorn},
		{`{"a":1}}`, errSyntax}, {`{"a":01}`, errSyntax}, {`{a:1}`, errSyntax}, {`{"a":1,}`, errSyntax}, {`[1]`, errSyntax},
		{`{"a":"\x"}`, errSyntax}, {`{"a":NaN}`, errSyntax}, {"{\"a\":\"\n\"}", errSyntax}, {`{"a":1 "b":2}`, errSyntax},
		{`{"a":` + strings.Repeat("[", 1000), errSyntax}, {`{"a":"\u00zz"}`, errSyntax}, {`{"a":.5}`, errSyntax},
	}
	for _, tc := range cases {
		if _, got := object([]byte(tc.in), []member{}); got != tc.want {
			t.Errorf("%.40q: got %v, want %v", tc.in, got, tc.want)
		}
	}
}

func TestFiniteReplacesWhatJSONHasNot(t *testing.T) {
	got, ok := finite([]byte(`{"a":NaN,"b":[Infinity,-Infinity],"NaN":"NaN \" Infinity"}`))
	if want := `{"a":null,"b":[null,null],"NaN":"NaN \" Infinity"}`; string(got) != want || !ok {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestPathsReachIntoObjects(t *testing.T) {
	ms, err := object([]byte(`{"a":{"b":{"c":1}},"x.y":2,"x":{"y":3},"\u0065":4,"d":1,"d":5}`), []member{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range []string{"a.b.c", "x.y", "e", "d", "a.z", "q", "d.e"} {
		got = append(got, string(newPath(p).in(ms)))
	}
	if diff := cmp.Diff([]string{"1", "2", "4", "5", "", "", ""}, got); diff != "" {
		t.Error(diff)
	}
}

// FuzzObject: what is accepted is what encoding/json accepts, members are its members, torn texts are no whole ones.
func FuzzObject(f *testing.F) {
	for _, s := range []string{`{"a":1}`, `{"a":{"b":[1,{}]},"c":"\ud83d\ude00"}`, `{"a":tru`, `{"a":1e}`, `{"\"":0}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		ms, err := object(text, []member{})
		var want map[string]json.RawMessage
		wantErr := json.Unmarshal(text, &want)
		if (err == nil) != (wantErr == nil && want != nil) {
			if wantErr == nil || strings.Contains(fmt.Sprint(wantErr), "depth") {
				return // null, or nested deeper than we go
			}
			t.Fatalf("%q: got %v, want %v", text, err, wantErr)
		}
		if err != nil {
			_, _ = finite(text)
			return
		}
		for _, m := range ms {
			if key := string(unescape(m.key)); string(find(ms, key)) != string(want[key]) && json.Valid(m.key) {
				t.Errorf("%q: member %q: got %s, want %s", text, key, find(ms, key), want[key])
			}
		}
	})
}
