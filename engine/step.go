package engine

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// step calls the due nodes in order, each once. A node may make only later nodes due, so one pass is enough: it runs ahead
// while the next node is due, then looks for the next one by words of the block and by blocks.
func (g *Graph) step() {
	dirty, table := g.dirty, g.table
	for from := 0; ; {
		k := bytes.IndexByte(g.block[from:], 1)
		if k < 0 {
			break
		}
		b := from + k
		i := b << blockBits
		for i>>blockBits == b {
			w := binary.LittleEndian.Uint64(dirty[i:])
			if w == 0 {
				i = (i + 8) &^ 7
				continue
			}
			for i += bits.TrailingZeros64(w) >> 3; i < len(table) && dirty[i] != 0; i++ {
				dirty[i] = 0
				g.cur = i
				table[i].Tick()
			}
		}
		// Everything before i is clean, whatever block it lies in.
		from = min(i>>blockBits, len(g.block))
		for j := b; j < from; j++ {
			g.block[j] = 0
		}
	}
	g.cur = -1
}

// culprit is the node whose code is running, nil if none is.
func (g *Graph) culprit() *Node {
	if g.cur < 0 {
		return g.firing
	}
	n := g.order[g.cur]
	if n.inner != nil && n.inner.running() != nil {
		if m := n.inner.running().culprit(); m != nil {
			return m
		}
	}
	return n
}
