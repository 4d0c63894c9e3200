package engine

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// step calls the due nodes in order, each once. Why it is made as it is:
//
//   - Rank order: a node stands after all that it reads, so it makes only later ones due and one pass is enough.
//   - Bytes: a due node is a byte and not a bit, because setting a byte needs no read. In a chain, where the loop runs ahead
//     from node to node, each would wait for the word that the one before has just written.
//   - Blocks: 64 nodes share one more byte, so that a few due nodes are found among many: IndexByte looks at 32 blocks at a
//     time, and bitmap at the nodes of one.
func (g *Graph) step() {
	dirty, block, table := g.dirty, g.block, g.table
	for b := 0; b < len(block); b++ {
		if block[b] == 0 {
			k := bytes.IndexByte(block[b:], 1)
			if k < 0 {
				break
			}
			b += k
		}
		block[b] = 0
		for due := bitmap(dirty, b); due != 0; {
			i := b<<blockBits + bits.TrailingZeros64(due)
			for ; i < len(table) && dirty[i] != 0; i++ { // ahead while the next node is due, beyond the block too
				dirty[i] = 0
				g.cur = i
				table[i].Tick()
			}
			if end := i >> blockBits; end != b { // all before i is done
				clear(block[b:min(end, len(block))])
				b = end - 1
				break
			}
			if block[b] != 0 { // somebody made a node of this block due
				block[b] = 0
				due = bitmap(dirty, b)
				continue
			}
			done := i & (1<<blockBits - 1)
			due = due >> done << done
		}
	}
	g.cur = -1
}

// bitmap returns the due nodes of block b as bits: each product gathers eight bytes in its highest one. Without a loop, it is the
// cheapest way to see a block as a whole.
func bitmap(dirty []uint8, b int) uint64 {
	const gather = 0x0102040810204080
	d, le := (*[1 << blockBits]uint8)(dirty[b<<blockBits:]), binary.LittleEndian
	return le.Uint64(d[0:])*gather>>56 |
		le.Uint64(d[8:])*gather>>56<<8 |
		le.Uint64(d[16:])*gather>>56<<16 |
		le.Uint64(d[24:])*gather>>56<<24 |
		le.Uint64(d[32:])*gather>>56<<32 |
		le.Uint64(d[40:])*gather>>56<<40 |
		le.Uint64(d[48:])*gather>>56<<48 |
		le.Uint64(d[56:])*gather>>56<<56
}

// mend marks the blocks of the nodes that are due, after a panic has left one that step had already taken up.
func (g *Graph) mend() {
	for i, due := range g.dirty {
		if due != 0 {
			g.block[i>>blockBits] = 1
		}
	}
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
