package gateway

import (
	"sync"

	"gw/engine"
	"gw/schema"
)

// Tick is one tick of a channel (of one key, if it is a basket) as it left the graph. It is copied once, never changes,
// and is shared by everybody who looks; so are its Records. Any goroutine may use it.
type Tick struct {
	Channel string
	// Key is the basket's key, "" if the channel is none.
	Key string
	// Time and Cycle are the engine's when the channel ticked.
	Time  engine.Time
	Cycle uint64
	// N counts the ticks of this channel and key; the first is 1.
	N uint64
	// Records is the value, one record if the channel is not one of lists.
	Records []schema.Record

	lane *lane
	seq  uint64 // order over all ticks of the gateway
	one  [1]schema.Record
	once sync.Once
	json []byte
}

// JSON returns the Records as a JSON array. It is made when first asked for and shared; do not change it.
func (t *Tick) JSON() []byte {
	t.once.Do(func() {
		t.json = appendArray(nil, t.Records)
		if t.lane != nil {
			t.lane.written.Add(uint64(len(t.json)))
		}
	})
	return t.json
}

func appendArray(dst []byte, recs []schema.Record) []byte {
	dst = append(dst, '[')
	for i, r := range recs {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = r.AppendJSON(dst)
	}
	return append(dst, ']')
}
