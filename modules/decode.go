package modules

import (
	"errors"
	"slices"
	"time"

	"gw/gateway"
	"gw/schema"
)

// decode reads one tick of a channel, or of one key of it, from JSON: an object, or a list of them if the channel is one
// of lists. The error is schema.Problems.
func decode(p *gateway.Port, raw []byte, at time.Time) ([]schema.Record, error) {
	recs, isList, problems := p.Type.DecodeAll(raw, schema.DecodeOptions{At: at})
	switch {
	case problems != nil:
		return nil, problems.Err()
	case isList != p.List && p.List:
		return nil, errors.New("got one value, want a list of values")
	case isList != p.List:
		return nil, errors.New("got a list, want one value")
	}
	return recs, nil
}

func hasKey(p *gateway.Port, key string) bool {
	if p.Kind != gateway.KindBasket {
		return key == ""
	}
	return slices.Contains(p.Keys(), key)
}

// forget takes ids and timestamps out of values, so that the gateway gives its own.
func forget(recs []schema.Record, id, timestamp bool) {
	for _, r := range recs {
		r.EachBase(func(b *schema.Struct) {
			if id {
				b.ID = schema.ID{}
			}
			if timestamp {
				b.Timestamp = schema.Opt[time.Time]{}
			}
		})
	}
}
