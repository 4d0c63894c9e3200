package replay

import (
	"encoding/json"

	"gw/engine"
)

// Summary tells what a replay did. It marshals to the JSON that `gw replay --headless --output json` prints.
type Summary struct {
	// Cycles is the number of engine cycles in which a channel ticked.
	Cycles uint64 `json:"cycles"`
	// First and Last are the engine times of the first and the last tick (RFC 3339 with nine digits, UTC), nil if there
	// was none.
	First *string `json:"first"`
	Last  *string `json:"last"`
	// Late counts the rows that were earlier than a row before them and ticked at the engine's time.
	Late uint64 `json:"late"`
	// Skipped counts the rows that became no tick by reason.
	Skipped map[string]uint64 `json:"skipped"`
	// Channels has every channel of the recording by name.
	Channels map[string]ChannelSummary `json:"channels"`
	// Digest is "sha256:" and the hash over every tick of every channel in engine order. Two runs have the same digest if
	// and only if they ticked the same values at the same times in the same cycles.
	Digest string `json:"digest"`
}

// ChannelSummary tells what one channel did.
type ChannelSummary struct {
	// Ticks counts the ticks, over all keys of a basket.
	Ticks uint64 `json:"ticks"`
	// Last is the last value: an object, for a list channel an array of them, for a basket an object of the last values
	// by key, null if the channel never ticked.
	Last json.RawMessage `json:"last"`
}

// Summary tells what has been replayed so far; after the gateway's Run it is final. Any goroutine may call it.
func (r *Recording) Summary() Summary {
	d := r.digest
	d.mu.Lock()
	defer d.mu.Unlock()
	s := Summary{
		Cycles: d.cycles, Late: d.late, Skipped: addCounts(map[string]uint64{}, d.skipped),
		Channels: map[string]ChannelSummary{}, Digest: d.sum(),
	}
	if d.cycles > 0 {
		s.First, s.Last = text(d.first), text(d.last)
	}
	for _, l := range d.lanes {
		c := s.Channels[l.channel.name]
		c.Ticks += l.ticks
		c.Last = l.appendLast(c.Last)
		s.Channels[l.channel.name] = c
	}
	for name, c := range s.Channels {
		if c.Last == nil {
			c.Last = json.RawMessage("null")
		}
		s.Channels[name] = c
	}
	return s
}

func text(t engine.Time) *string {
	s := t.String()
	return &s
}

// appendLast adds the last value of the lane to that of its channel, which is an object by key for a basket.
func (l *laneSum) appendLast(dst []byte) []byte {
	if l.last == nil {
		return dst
	}
	value := l.last.JSON()
	if !l.channel.list {
		value = value[1 : len(value)-1]
	}
	if len(l.channel.keys) == 0 {
		return value
	}
	if len(dst) == 0 {
		dst = []byte("{")
	} else {
		dst[len(dst)-1] = ','
	}
	dst = append(appendString(dst, []byte(l.key)), ':')
	return append(append(dst, value...), '}')
}
