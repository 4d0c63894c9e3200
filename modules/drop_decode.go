package modules

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"gw/gateway"
	"gw/schema"
)

// decode reads a dropped file.
func (d FileDrop) decode(p *gateway.Port, data []byte) (drop, error) {
	switch d.FiledropType {
	case "CSV":
		return decodeCSV(p, data)
	case "PARQUET":
		return decodeParquet(p, data)
	}
	return decodeJSON(p, data)
}

// decodeJSON takes an array as one tick an element, anything else as one tick.
func decodeJSON(p *gateway.Port, data []byte) (drop, error) {
	values := []json.RawMessage{data}
	if text := bytes.TrimSpace(data); len(text) > 0 && text[0] == '[' {
		values = nil
		if err := json.Unmarshal(data, &values); err != nil {
			return nil, err
		}
	}
	var all drop
	for i, v := range values {
		tick, err := decodeTick(p, v)
		if err != nil {
			return nil, fmt.Errorf("value %d: %w", i, err)
		}
		all = append(all, tick)
	}
	return all, nil
}

// decodeTick reads one tick of a channel: for a basket an object by key.
func decodeTick(p *gateway.Port, raw json.RawMessage) (map[string][]schema.Record, error) {
	byKey := map[string]json.RawMessage{"": raw}
	if p.Kind == gateway.KindBasket {
		byKey = nil
		if err := json.Unmarshal(raw, &byKey); err != nil {
			return nil, errors.New("got no object, want one by key")
		}
	}
	tick := map[string][]schema.Record{}
	for key, v := range byKey {
		if !hasKey(p, key) {
			return nil, fmt.Errorf("no key %q", key)
		}
		recs, err := decode(p, v, time.Time{})
		if err != nil {
			return nil, err
		}
		tick[key] = recs
	}
	return tick, nil
}

// decodeCSV reads a header and a value a row.
func decodeCSV(p *gateway.Port, data []byte) (drop, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	names, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if _, ok := p.Type.Column(name); !ok {
			return nil, fmt.Errorf("%s has no field %q", p.Type.Name, name)
		}
	}
	var all drop
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		rec, problems := p.Type.DecodeText(names, cells, schema.DecodeOptions{})
		if problems != nil {
			line, _ := r.FieldPos(0)
			return nil, fmt.Errorf("line %d: %w", line, problems.Err())
		}
		all = append(all, map[string][]schema.Record{"": {rec}})
	}
}
