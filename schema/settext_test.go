package schema

import "testing"

func TestSetStringReachesFieldsAndOpts(t *testing.T) {
	type inner struct {
		U string `json:"u"`
	}
	type value struct {
		Struct
		User string      `json:"user"`
		Desk Opt[string] `json:"desk"`
		N    int64       `json:"n"`
		In   Opt[inner]  `json:"in"`
	}
	var v value
	r := RecordOf(&v)
	for name, want := range map[string]bool{"user": true, "desk": true, "n": false, "in.u": false} {
		c, ok := r.Type().Column(name)
		if !ok {
			t.Fatal("no column", name)
		}
		if got := c.SetString(r, "alice"); got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
	if v.User != "alice" || v.Desk.Or("") != "alice" || v.N != 0 || v.In.HasValue() {
		t.Errorf("got %+v", v)
	}
}
