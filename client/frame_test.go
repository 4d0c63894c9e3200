package client

import (
	"encoding/json"
	"testing"
)

// A frame decodes or is an error, never both; what decodes can be written and read again.
func FuzzDecodeFrame(f *testing.F) {
	f.Add([]byte(`{"watch":"w1","seq":1,"snapshot":true,"status":{"name":"g","time":null},"ticks":[{"channel":"a","n":1,"data":[{}]}]}`))
	f.Add([]byte(`{"watch":"w1","error":"Channel not found: x"}`))
	f.Add([]byte(`{"watch":"w1","seq":-1}`))
	f.Add([]byte(`{}`))
	f.Add([]byte("\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		frame, refusal, err := decodeFrame(data)
		if err != nil || refusal != "" {
			return
		}
		if frame.Seq == 0 {
			t.Errorf("%q: a frame without number", data)
		}
		again, err := json.Marshal(frame)
		if err != nil {
			t.Fatalf("%q: %v", data, err)
		}
		if _, _, err := decodeFrame(again); err != nil {
			t.Errorf("%q: written as %q: %v", data, again, err)
		}
	})
}
