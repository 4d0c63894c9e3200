package gateway

import (
	"context"
	"strconv"
	"strings"
	"time"
)

// Snapshot returns the values now on all channels, as the caller may see them, as one JSON object: the line of a recording
// that csp-gateway reads and writes. Members are the channels in the order of their declaration, null for those that
// have not ticked, a basket as an object of the keys that have; the last is csp_engine_timestamp. It is one moment.
func (g *Gateway) Snapshot(ctx context.Context) []byte {
	g.hub.mu.Lock()
	now := g.hub.now
	lasts := make([]*Tick, len(g.lanes))
	for i, l := range g.lanes {
		lasts[i] = l.last
	}
	g.hub.mu.Unlock()
	dst := []byte{'{'}
	for _, p := range g.order {
		dst = strconv.AppendQuote(dst, p.Name)
		dst = g.appendValue(ctx, append(dst, ':'), p, lasts)
		dst = append(dst, ',')
	}
	dst = append(dst, `"csp_engine_timestamp":"`...)
	return append(dst, wireTime(now.Std())+`"}`...)
}

// appendValue writes what is on a channel.
func (g *Gateway) appendValue(ctx context.Context, dst []byte, p *Port, lasts []*Tick) []byte {
	start := len(dst)
	for _, l := range p.lanes {
		t := lasts[l.index]
		if t != nil {
			t = g.visibleTick(ctx, t)
		}
		if t == nil {
			continue
		}
		if p.Kind == KindBasket {
			dst = append(dst, '{')
			if len(dst) > start+1 {
				dst[len(dst)-1] = ','
			}
			dst = append(strconv.AppendQuote(dst, l.key), ':')
		}
		value := t.JSON()
		if !p.List {
			value = value[1 : len(value)-1]
		}
		dst = append(dst, value...)
	}
	switch {
	case len(dst) == start:
		return append(dst, "null"...)
	case p.Kind == KindBasket:
		return append(dst, '}')
	}
	return dst
}

// wireTime writes a time as the API does: UTC, without offset, six digits or none.
func wireTime(t time.Time) string {
	return strings.TrimSuffix(t.UTC().Format("2006-01-02T15:04:05.000000"), ".000000")
}
