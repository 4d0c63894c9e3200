package client

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"

	"gw/schema"
)

// Values decodes the values of an answer, or passes on the error that came with it:
//
//	trades, err := client.Values[Trade](c.Last(ctx, "trades", ""))
//	anything, err := client.Values[map[string]any](c.State(ctx, "trades", ""))
//
// A T that embeds gateway.Struct (schema.Struct) is read by the rules of the wire, every other one by encoding/json,
// numbers of maps as json.Number.
func Values[T any](a Answer, err error) ([]T, error) {
	if err != nil {
		return nil, err
	}
	return Decode[T](a.Data)
}

// Decode decodes a JSON array of values, such as the Data of an Answer, a Tick, a Message or an Area, as Values does.
func Decode[T any](data json.RawMessage) ([]T, error) {
	if reflect.TypeFor[T]().Kind() == reflect.Struct {
		if t, err := schema.Of[T](); err == nil && t.HasBase {
			return decodeRecords[T](t, data)
		}
	}
	values := []T{}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := dec.Decode(&values); err != nil {
		return nil, fmt.Errorf("values: got %.40q: %w", data, err)
	}
	return values, nil
}

func decodeRecords[T any](t *schema.Type, data json.RawMessage) ([]T, error) {
	records, _, problems := t.DecodeAll(data, schema.DecodeOptions{})
	if len(problems) > 0 {
		return nil, problems
	}
	values := make([]T, 0, len(records))
	for _, r := range records {
		if v, ok := schema.As[T](r); ok {
			values = append(values, *v)
		}
	}
	return values, nil
}
