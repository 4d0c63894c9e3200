package replay

import (
	"errors"
	"testing"
)

func TestMapIsRead(t *testing.T) {
	cases := []struct {
		in   string
		want mapSpec
		err  string
	}{
		{"", mapSpec{}, ""},
		{"time=data.E,unit=ms,route=stream,payload=data,channel=rest", mapSpec{time: "data.E", unit: "ms", route: "stream", payload: "data", channel: "rest"}, ""},
		{" time = Order Date ", mapSpec{time: "Order Date"}, ""},
		{"channel=x", mapSpec{channel: "x", noRoute: true}, ""},
		{"route=-,payload=-", mapSpec{noRoute: true, whole: true}, ""},
		{`time=a\,b`, mapSpec{time: "a,b"}, ""},
		{"time", mapSpec{}, `map: "time": want KEY=VALUE with time, route, channel, payload or unit`},
		{"tme=x", mapSpec{}, `map: "tme=x": no such key (has: time, route, channel, payload, unit)`},
		{"unit=h", mapSpec{}, `map: "unit=h": want unit s, ms, us or ns`},
		{"time=", mapSpec{}, `map: "time=": a name is missing behind =`},
		{"time=a,time=b", mapSpec{}, `map: "time=b": time is given twice`},
	}
	for _, tc := range cases {
		got, err := parseMap(tc.in)
		if tc.err != "" {
			if err == nil || err.Error() != tc.err {
				t.Errorf("%q: got %v, want %s", tc.in, err, tc.err)
			}
		} else if err != nil || got != tc.want {
			t.Errorf("%q: got %+v %v, want %+v", tc.in, got, err, tc.want)
		}
	}
}

// FuzzMap: no panic, and every error is a *MapError that quotes a part of the text.
func FuzzMap(f *testing.F) {
	f.Add("time=a,unit=ms")
	f.Add(`route=x\,y,payload=-`)
	f.Fuzz(func(t *testing.T, s string) {
		var bad *MapError
		if _, err := parseMap(s); err != nil && !errors.As(err, &bad) {
			t.Errorf("%q: got %T, want a *MapError", s, err)
		}
	})
}
