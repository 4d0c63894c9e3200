package gateway

import (
	"hash/maphash"

	"gw/schema"
)

// seenBits is the size of one half of seen, and seenMany how many ids fill it so that about one of a hundred strange
// ids is taken for one that was seen.
const (
	seenBits = 1 << 22
	seenMany = 400_000
)

// seen remembers ids in bounded memory (a megabyte): two Bloom filters, of which the older makes room for a new one when
// the younger is full. It knows the last 400,000 ids at least, and is wrong about one strange id in a hundred.
type seen struct {
	seed       maphash.Seed
	young, old []uint64
	count      int
}

func (s *seen) add(id schema.ID) {
	if s.young == nil {
		s.seed = maphash.MakeSeed()
		s.young = make([]uint64, seenBits/64)
	}
	if s.count == seenMany {
		s.young, s.old, s.count = make([]uint64, seenBits/64), s.young, 0
	}
	s.count++
	for _, bit := range s.bits(id) {
		s.young[bit/64] |= 1 << (bit % 64)
	}
}

func (s *seen) has(id schema.ID) bool {
	if s.young == nil {
		return false
	}
	bits := s.bits(id)
	return within(s.young, bits) || s.old != nil && within(s.old, bits)
}

func (s *seen) bits(id schema.ID) [4]uint64 {
	h := maphash.Comparable(s.seed, id)
	a, b := h&0xffffffff, h>>32
	return [4]uint64{a % seenBits, (a + b) % seenBits, (a + 2*b) % seenBits, (a + 3*b) % seenBits}
}

func within(filter []uint64, bits [4]uint64) bool {
	for _, bit := range bits {
		if filter[bit/64]&(1<<(bit%64)) == 0 {
			return false
		}
	}
	return true
}
