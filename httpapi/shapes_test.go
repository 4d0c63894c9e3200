package httpapi_test

import (
	"strings"
	"testing"
	"time"

	"gw/gateway"
	"gw/httpapi"
	"gw/schema"
)

// The shapes that the omnibus does not have: lists that take sends, a basket of lists, and every kind of field.

type item struct {
	gateway.Struct
	K string             `json:"k"`
	V gateway.Opt[int64] `json:"v"`
}

type letterEnum int64

func (letterEnum) Members() []schema.Member {
	return []schema.Member{{Name: "X", Value: 1}, {Name: "Y", Value: 2}}
}

type within struct {
	gateway.Struct
	A gateway.Opt[int64] `json:"a"`
	B string             `json:"b" default:"q"`
}

type everything struct {
	gateway.Struct
	Span   time.Duration            `json:"span" default:"PT0S"`
	At     gateway.Opt[time.Time]   `json:"at"`
	Enum   gateway.Opt[letterEnum]  `json:"enum"`
	ByEnum map[letterEnum]int64     `json:"by_enum"`
	None   gateway.Opt[int64]       `json:"none" default:"null"`
	Unset  gateway.Opt[int64]       `json:"unset"`
	Nested gateway.Opt[within]      `json:"nested"`
	Matrix gateway.Opt[[][]float64] `json:"matrix"`
	Flag   gateway.Opt[bool]        `json:"flag"`
}

type shapes struct {
	Lst        gateway.Channel[[]item]             `channel:"lst" state:"k"`
	Ebl        gateway.Basket[exampleEnum, []item] `channel:"ebl"`
	Everything gateway.Channel[everything]         `channel:"everything"`
}

type sendAll struct{}

func (sendAll) Connect(ch *shapes) error {
	ch.Lst.Send()
	ch.Ebl.Send()
	ch.Everything.Send()
	return nil
}

func openShapes(t *testing.T) *site {
	t.Helper()
	g := gateway.New(&shapes{}, sendAll{})
	run(t, g, gateway.RunConfig{Realtime: true})
	return serve(t, g, httpapi.Config{})
}

// TestListsTakeSends is the end of appendix A.3: an object is a list of one, an array one tick of a list.
func TestListsTakeSends(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := openShapes(t)
		for _, tc := range []struct{ path, body, answer, then, shows string }{
			{"send/lst", `{"k":"q","v":5}`, `[{"k":"q"}]`, "last/lst", `[{"k":"q","v":5}]`},
			{"send/lst", `[{"k":"r"},{"k":"a"},{"k":"p"}]`, `[{"k":"r"},{"k":"a"},{"k":"p"}]`, "last/lst", `[{"k":"r"},{"k":"a"},{"k":"p"}]`},
			{"send/lst", `[]`, `[]`, "state/lst", `[{"k":"a"},{"k":"p"},{"k":"q"},{"k":"r"}]`},
			{"send/ebl/A", `[{"k":"x"},{"k":"y"}]`, `[{"k":"x"},{"k":"y"}]`, "last/ebl/A", `[{"k":"x"},{"k":"y"}]`},
			{"send/ebl", `{"B":{"k":"z"},"C":[{"k":"u"},{"k":"v"}]}`, `[{"k":"z"},{"k":"u"},{"k":"v"}]`, "last/ebl", `[{"k":"x"},{"k":"y"},{"k":"z"},{"k":"u"},{"k":"v"}]`},
		} {
			if got := s.settled(tc.path, tc.body); got.status != 200 || !includes(decode(t, got.body), decode(t, tc.answer)) {
				t.Errorf("POST %s %s: got %d %s, want %s", tc.path, tc.body, got.status, got.body, tc.answer)
			}
			if got := s.get(tc.then); !includes(decode(t, got.body), decode(t, tc.shows)) {
				t.Errorf("then %s: got %s, want %s", tc.then, got.body, tc.shows)
			}
		}
	})
}

// TestBytesOfEveryKind is appendix A.8 and section 2, to the byte.
func TestBytesOfEveryKind(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := openShapes(t)
		const head = `[{"id":"i","timestamp":null,`
		for _, tc := range []struct{ body, want string }{
			{`"span":345600.000011`, `"span":345600.000011,"by_enum":{},"none":null}]`},
			{`"span":1e-6`, `"span":1e-6,"by_enum":{},"none":null}]`},
			{`"span":"-00:00:05"`, `"span":-5.0,"by_enum":{},"none":null}]`},
			{`"at":"2020-01-01T00:00:00+05:30"`, `"span":0.0,"at":"2020-01-01T00:00:00+05:30","by_enum":{},"none":null}]`},
			{`"enum":"Y","by_enum":{"X":1}`, `"span":0.0,"enum":"Y","by_enum":{"X":1},"none":null}]`},
			{`"enum":2`, `"span":0.0,"enum":"Y","by_enum":{},"none":null}]`},
			{`"unset":null,"none":3`, `"span":0.0,"by_enum":{},"none":3,"unset":null}]`},
			{`"matrix":[[1,2],[3,4.5]],"flag":"yes"`, `"span":0.0,"by_enum":{},"none":null,"matrix":[[1.0,2.0],[3.0,4.5]],"flag":true}]`},
		} {
			if got := s.post("send/everything", `{"id":"i","timestamp":null,`+tc.body+`}`); got.body != head+tc.want {
				t.Errorf("%s:\ngot  %s\nwant %s", tc.body, got.body, head+tc.want)
			}
		}
		got := s.post("send/everything", `{"nested":{"a":1}}`)
		if _, nested, _ := strings.Cut(got.body, `"nested":`); !strings.HasPrefix(nested, `{"id":"`) || !strings.HasSuffix(nested, `,"a":1,"b":"q"}}]`) {
			t.Errorf("nested struct: got %s", got.body)
		}
	})
}
