package replay

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"sync"

	"gw/engine"
	"gw/gateway"
)

// digest is the module that sees every tick of every channel inside the graph, so none can be lost, and sums the run up.
type digest struct {
	rec *Recording

	mu          sync.Mutex
	hash        hash.Hash
	buf         []byte
	cycles      uint64
	first, last engine.Time
	late        uint64
	skipped     map[string]uint64
	lanes       []*laneSum
}

// laneSum is what is summed up for one channel, or one key of a basket.
type laneSum struct {
	outlet
	ticks uint64
	last  *gateway.Tick
}

func newDigest(r *Recording) *digest {
	d := &digest{rec: r, hash: sha256.New(), skipped: map[string]uint64{}}
	for _, o := range r.outlets {
		d.lanes = append(d.lanes, &laneSum{outlet: o})
	}
	return d
}

// ModuleName returns "summary".
func (d *digest) ModuleName() string { return "summary" }

// Connect reads every channel.
func (d *digest) Connect(bus *gateway.Bus) error {
	n := bus.Graph().Node("summary")
	ins := make([]*engine.In[*gateway.Tick], len(d.lanes))
	for i, l := range d.lanes {
		e, err := bus.Ticks(l.channel.name, l.key)
		if err != nil {
			return err
		}
		ins[i] = engine.Use(n, e)
	}
	n.OnTick(func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.cycles++; d.cycles == 1 {
			d.first = n.Now()
		}
		d.last = n.Now()
		for i, in := range ins {
			if in.Ticked() {
				d.add(d.lanes[i], in.Get())
			}
		}
	})
	return nil
}

// add takes one tick into the digest.
func (d *digest) add(l *laneSum, t *gateway.Tick) {
	l.ticks++
	l.last = t
	b := binary.BigEndian.AppendUint64(d.buf[:0], uint64(t.Time))
	b = binary.BigEndian.AppendUint64(b, t.Cycle)
	for _, part := range [][]byte{[]byte(t.Channel), []byte(t.Key), t.JSON()} {
		b = binary.BigEndian.AppendUint64(b, uint64(len(part)))
		b = append(b, part...)
	}
	d.buf = b
	d.hash.Write(b)
}

// passed counts what the reader found around a cycle.
func (d *digest) passed(f *frame) {
	if f.late == 0 && f.skipped == nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.late += f.late
	d.skipped = addCounts(d.skipped, f.skipped)
}

func (d *digest) sum() string { return "sha256:" + hex.EncodeToString(d.hash.Sum(nil)) }
