package engine

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// step calls the due nodes in order, each once. A node is due when its byte in dirty is set, and a byte in block says that one of 64 is: bytes, because a
// tick then is two plain stores, where bits would have to be read, changed and written back; blocks, so that idle stretches cost a 64th. Nodes lie in the order of
// their rank, so a node can only make later ones due and one pass is enough: it runs ahead while the next node is due, then looks for the next by words.
func (g *Graph) step() {
	dirty, block, table := g.dirty, g.block, g.table
	for b := 0; ; {
		w := binary.LittleEndian.Uint64(block[b:])
		if w == 0 {
			k := bytes.IndexByte(block[b+8:], 1)
			if k < 0 {
				break
			}
			b += 8 + k
		} else {
			b += bits.TrailingZeros64(w) >> 3
		}
		first := b
		for i := b << blockBits; i>>blockBits == b; {
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
			b = i >> blockBits
		}
		// Everything up to the end of block b is clean, wherever the nodes that ran ahead have left it.
		clear(block[first : b+1])
		if b++; b >= len(block)-8 {
			break
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
