package gateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"gw/schema"
)

// decode reads the body of a send. The keys of an enum are checked with it; those of strings are looked up afterwards,
// so that a bad body is told first.
func (g *Gateway) decode(p *Port, key string, body []byte) ([]portion, error) {
	if len(bytes.TrimSpace(body)) == 0 || string(bytes.TrimSpace(body)) == "null" {
		return nil, schema.Problems{{Type: "missing", Loc: []any{"body"}, Msg: "Field required"}}
	}
	opts := schema.DecodeOptions{At: g.wall(), Loc: []any{"body"}}
	if p.Kind == KindBasket && key == "" {
		return p.decodeBasket(body, opts)
	}
	recs, _, problems := p.Type.DecodeAll(body, opts)
	if p.Enum && p.byKey[key] == nil {
		problems = append(problems, p.badKey([]any{"path", "key"}, key))
	}
	if len(problems) > 0 {
		return nil, problems
	}
	l, ok := p.lane(key)
	if !ok {
		return nil, channelNotFound(p.Name, key)
	}
	return p.portions(l, recs), nil
}

func (p *Port) portions(l *lane, recs []schema.Record) []portion {
	if len(recs) == 0 {
		return nil
	}
	for i := range p.lanes {
		if p.lanes[i] == l {
			return []portion{{i, recs}}
		}
	}
	return nil
}

// decodeBasket reads {KEY: value}, all or nothing. A key that is there twice counts once, with its last value.
func (p *Port) decodeBasket(body []byte, opts schema.DecodeOptions) ([]portion, error) {
	members, problems := membersIn(body)
	var parts []portion
	var missing error
	for _, m := range members {
		o := opts
		o.Loc = []any{"body", m.key}
		recs, bad := p.decodeMember(m.value, o)
		problems = append(problems, bad...)
		l := p.byKey[m.key]
		switch {
		case l == nil && p.Enum:
			problems = append(problems, p.badKey([]any{"body", m.key, "[key]"}, m.key))
		case l == nil && missing == nil:
			missing = channelNotFound(p.Name, m.key)
		case l != nil:
			parts = append(parts, p.portions(l, recs)...)
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return parts, missing
}

// decodeMember reads the value of one key: a struct, or for a basket of lists a struct or a list.
func (p *Port) decodeMember(value []byte, opts schema.DecodeOptions) ([]schema.Record, schema.Problems) {
	if p.List {
		recs, _, problems := p.Type.DecodeAll(value, opts)
		return recs, problems
	}
	r, problems := p.Type.Decode(value, opts)
	return []schema.Record{r}, problems
}

type member struct {
	key   string
	value json.RawMessage
}

// membersIn takes an object apart, in its order.
func membersIn(body []byte) ([]member, schema.Problems) {
	dec := json.NewDecoder(bytes.NewReader(body))
	var members []member
	at := map[string]int{}
	if !json.Valid(body) {
		return nil, brokenJSON(body)
	}
	if open, _ := dec.Token(); open != json.Delim('{') {
		return nil, schema.Problems{{
			Type: "dict_type", Loc: []any{"body"}, Msg: "Input should be a valid dictionary", Input: json.RawMessage(body),
		}}
	}
	for dec.More() {
		key, _ := dec.Token()
		m := member{key: key.(string)}
		if err := dec.Decode(&m.value); err != nil {
			return nil, brokenJSON(body)
		}
		if i, again := at[m.key]; again {
			members[i].value = m.value
			continue
		}
		at[m.key] = len(members)
		members = append(members, m)
	}
	return members, nil
}

// brokenJSON says where body stops being JSON.
func brokenJSON(body []byte) schema.Problems {
	var v any
	text, offset := "broken", 0
	if err := json.Unmarshal(body, &v); err != nil {
		text = err.Error()
		if s, ok := errors.AsType[*json.SyntaxError](err); ok {
			offset = int(s.Offset)
		}
	}
	return schema.Problems{{
		Type: "json_invalid", Loc: []any{"body", offset}, Msg: "JSON decode error",
		Input: map[string]any{}, Ctx: map[string]any{"error": text},
	}}
}

// badKey says that a key is no member of the basket's enum.
func (p *Port) badKey(loc []any, key string) schema.Problem {
	quoted := make([]string, len(p.keys))
	for i, k := range p.keys {
		quoted[i] = "'" + k + "'"
	}
	want := strings.Join(quoted, ", ")
	if n := len(quoted); n > 1 {
		want = strings.Join(quoted[:n-1], ", ") + " or " + quoted[n-1]
	}
	return schema.Problem{
		Type: "enum", Loc: loc, Msg: fmt.Sprintf("Input should be %s", want),
		Input: key, Ctx: map[string]any{"expected": want},
	}
}
