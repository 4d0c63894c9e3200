package gateway

import (
	"bytes"
	"io"
	"testing"

	"gw/schema"
)

// anyDoor takes values of one type.
type anyDoor struct {
	door
	of *schema.Type
}

func (d anyDoor) typ() *schema.Type { return d.of }

// FuzzSession reads anything as a session: no panic, no more memory than the file has, and what was read is written as
// the same operations again.
func FuzzSession(f *testing.F) {
	of, err := schema.Of[Controls]()
	if err != nil {
		f.Fatal(err)
	}
	doors := map[string]door{"Send[a]": anyDoor{of: of}, "Stage[a]": anyDoor{of: of}}
	head := `{"session":1,"gateway":"g","start":"2026-01-01T00:00:00Z"}` + "\n"
	f.Add([]byte(head + `{"ids":"17","count":3}` + "\n" +
		`{"cycle":2,"time":"2026-01-01T00:00:01.5Z","door":"Send[a]","caller":{"name":"n","claims":{"c":"d"}},"values":[[{"id":"1","name":"x"}]]}` + "\n" +
		`{"cycle":2,"time":"2026-01-01T00:00:01.5Z","door":"Stage[a]","stage":{"action":"ADDED","areas":[],"fresh":["2"]},"values":[[{}]]}` + "\n" +
		`{"cycle":3,"time":"2026-01-01T00:00:02Z","door":"timer","timer":4,"due":"2026-01-01T00:00:03Z"}` + "\n" +
		`{"end":9}` + "\n"))
	f.Add([]byte(head + `{"cycle":1,"ti`))
	f.Fuzz(func(t *testing.T, data []byte) {
		once, ok := rewritten(data, doors)
		if !ok {
			return
		}
		twice, ok := rewritten(once, doors)
		if !ok || !bytes.Equal(once, twice) {
			t.Errorf("%s became %s", once, twice)
		}
	})
}

// rewritten reads a session and writes it.
func rewritten(data []byte, doors map[string]door) ([]byte, bool) {
	var out bytes.Buffer
	w := sessionWriter{to: &out}
	r := newSessionReader(bytes.NewReader(data), doors, func(run idRun) { w.ids([]idRun{run}) })
	if r.open() != nil {
		return nil, false
	}
	w.begin("g", r.start)
	for {
		o, err := r.next()
		if err == io.EOF {
			w.end(r.last)
			return out.Bytes(), w.failed == nil
		}
		if err != nil {
			return nil, false
		}
		w.operation(o)
	}
}
