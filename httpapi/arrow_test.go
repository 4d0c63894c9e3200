package httpapi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/gorilla/websocket"

	"gw/gateway"
	"gw/httpapi"
)

// arrowFrame is the head of a frame as Arrow, and the rows of its streams as JSON by their channel.
type arrowFrame struct {
	Watch    string
	Seq      uint64
	Snapshot bool
	Batches  int
	Error    string
	rows     map[string][]map[string]any
	types    map[string]string
}

// nextArrow reads a head and the streams that belong to it.
func (s *socket) nextArrow() arrowFrame {
	s.t.Helper()
	f := arrowFrame{rows: map[string][]map[string]any{}, types: map[string]string{}}
	if err := json.Unmarshal([]byte(s.hear()), &f); err != nil {
		s.t.Fatal(err)
	}
	for range f.Batches {
		kind, data, err := s.ws.ReadMessage()
		if err != nil || kind != websocket.BinaryMessage {
			s.t.Fatal(kind, err)
		}
		f.read(s.t, data)
	}
	return f
}

func (f *arrowFrame) read(t *testing.T, stream []byte) {
	t.Helper()
	r, err := ipc.NewReader(bytes.NewReader(stream))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Release()
	meta := r.Schema().Metadata()
	channel, _ := meta.GetValue("channel")
	if seq, _ := meta.GetValue("seq"); seq != fmt.Sprint(f.Seq) {
		t.Errorf("a stream of frame %s in frame %d", seq, f.Seq)
	}
	for _, field := range r.Schema().Fields() {
		f.types[field.Name] = field.Type.String()
	}
	for r.Next() {
		var text strings.Builder
		if err := array.RecordToJSON(r.RecordBatch(), &text); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(text.String()) {
			var row map[string]any
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				t.Fatal(err)
			}
			f.rows[channel] = append(f.rows[channel], row)
		}
	}
}

func TestWatchAsArrow(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		ws := s.dial("gw/watch")
		ws.say(`{"action":"watch","id":"a","channels":["example","basket","example_list"],"policy":"every","format":"arrow","interval_ms":0}`)
		f := ws.nextArrow()
		if f.Seq != 1 || !f.Snapshot || f.Batches != 0 {
			t.Errorf("got %+v, want an empty snapshot", f)
		}
		s.settled("send/example", `[{"id":"e1","x":1,"data":[1.5,null],"mapping":{"k":2}},{"id":"e2"}]`)
		s.settled("send/basket", `{"A":{"id":"a"},"C":{"id":"c"}}`)
		ws.ack(watchFrame{Watch: "a", Seq: 1})
		f = ws.nextArrow()
		if f.Seq != 2 || f.Batches != 2 {
			t.Fatalf("got %+v", f)
		}
		for column, want := range map[string]string{
			"gw_time": "timestamp[ns, tz=UTC]", "gw_cycle": "uint64", "gw_n": "uint64", "gw_key": "utf8", "id": "utf8", "x": "int64", "dt": "timestamp[ns, tz=UTC]",
			"d": "date32", "data": "list<item: float64, nullable>", "mapping": "utf8", "internal_csp_struct.z": "int64",
		} {
			if f.types[column] != want {
				t.Errorf("%s: got %s, want %s", column, f.types[column], want)
			}
		}
		want := `[{"id":"e1","x":1,"gw_n":1,"gw_key":"","gw_cycle":1,"data":[1.5,null],"mapping":"{\"k\":2}"},{"id":"e2","x":null,"gw_n":2,"gw_cycle":2,"data":[]}]`
		if got := anyOf(t, f.rows["example"]); !includes(got, decode(t, want)) {
			t.Errorf("got %v\nwant %s", got, want)
		}
		if got := anyOf(t, f.rows["basket"]); !includes(got, decode(t, `[{"id":"a","gw_key":"A","gw_cycle":3},{"id":"c","gw_key":"C","gw_cycle":3}]`)) {
			t.Errorf("basket: got %v", got)
		}
		if at := f.rows["example"][0]["gw_time"]; at != "2000-01-01T00:00:00Z" {
			t.Errorf("gw_time: got %v", at)
		}
		ws.say(`{"action":"watch","id":"b","channels":["example"],"format":"parquet"}`)
		if f := ws.next(); f.Error != `format: got "parquet", want json or arrow` {
			t.Errorf("got %+v", f)
		}
	})
}

// anyOf is v as JSON knows it.
func anyOf(t *testing.T, v any) any {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return decode(t, string(text))
}

// TestArrowHasEveryKind: no kind of field is one that cannot be written.
func TestArrowHasEveryKind(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := openShapes(t)
		s.settled("send/everything", `{"span":1.5,"at":"2020-01-01T00:00:00+05:30","enum":"Y","by_enum":{"X":1},"none":3,"nested":{"a":1},"matrix":[[1,2],[3]],"flag":true}`)
		s.settled("send/everything", `{}`)
		ws := s.dial("gw/watch")
		ws.say(`{"action":"watch","id":"a","channels":["everything"],"format":"arrow","history":2}`)
		f := ws.nextArrow()
		want := `[{"at":"2019-12-31T18:30:00Z","enum":"Y","by_enum":"{\"X\":1}","none":3,"nested.a":1,"nested.b":"q","matrix":[[1,2],[3]],"flag":true},{"enum":null,"flag":null,"nested.a":null,"matrix":null}]`
		if got := anyOf(t, f.rows["everything"]); !includes(got, decode(t, want)) {
			t.Errorf("got %v\nwant %s", got, want)
		}
	})
}

// TestArrowFramesAreBounded: what is too much for a frame comes with the next.
func TestArrowFramesAreBounded(t *testing.T) {
	bubble(t, func(t *testing.T) {
		g := gateway.New(&shapes{}, sendAll{})
		run(t, g, gateway.RunConfig{Realtime: true})
		s := serve(t, g, httpapi.Config{MaxBody: 8 << 20})
		list := "[" + strings.TrimSuffix(strings.Repeat(`{"k":"a"},`, 10_000), ",") + "]"
		for range 3 {
			s.settled("send/lst", list)
		}
		ws := s.dial("gw/watch")
		ws.say(`{"action":"watch","id":"a","channels":["lst"],"format":"arrow","history":3}`)
		f := ws.nextArrow()
		if got := len(f.rows["lst"]); got != 20_000 {
			t.Errorf("got %d rows, want two ticks", got)
		}
		ws.ack(watchFrame{Watch: "a", Seq: 1})
		if f = ws.nextArrow(); len(f.rows["lst"]) != 10_000 {
			t.Errorf("got %d rows, want the third", len(f.rows["lst"]))
		}
	})
}
