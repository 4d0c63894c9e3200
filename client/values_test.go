package client_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"gw/client"
	"gw/schema"
)

type trade struct {
	schema.Struct
	Symbol string    `json:"symbol"`
	Price  float64   `json:"price"`
	At     time.Time `json:"at"`
}

// Values of a struct that is at hand; without one they are maps.
func ExampleDecode() {
	data := json.RawMessage(`[{"id":"1","timestamp":"2026-01-01T00:00:00.5","symbol":"ABC","price":10.5,"at":"2026-01-01T00:00:00"}]`)
	trades, err := client.Decode[trade](data)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(trades[0].Symbol, trades[0].Price, trades[0].ID)
	maps, err := client.Decode[map[string]any](data)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(maps[0]["symbol"], maps[0]["price"])
	// Output:
	// ABC 10.5 1
	// ABC 10.5
}

func TestValuesPassesErrorsOn(t *testing.T) {
	lost := errors.New("lost")
	if _, err := client.Values[trade](client.Answer{}, lost); err != lost {
		t.Errorf("got %v", err)
	}
	for _, data := range []string{``, `{`, `[{"price":"x"}]`, `[{"nope":1}]`} {
		if _, err := client.Decode[trade](json.RawMessage(data)); err == nil {
			t.Errorf("%q: got no error", data)
		}
	}
	if got, err := client.Decode[trade](json.RawMessage(`[]`)); err != nil || got == nil || len(got) != 0 {
		t.Errorf("got %v, %v, want an empty list", got, err)
	}
	if _, err := client.Decode[struct{ X int }](json.RawMessage(`[{"x":"y"}]`)); err == nil {
		t.Error("got no error")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(`[{"id":"1","symbol":"ABC","price":10.5}]`)
	f.Add(`{"a":[1,2,{"b":null}]}`)
	f.Fuzz(func(t *testing.T, data string) {
		client.Decode[trade](json.RawMessage(data))
		client.Decode[map[string]any](json.RawMessage(data))
	})
}
