package gateway

// history keeps the last ticks of a lane: a ring that grows until it holds limit ticks.
type history struct {
	limit int
	ring  []*Tick
	next  int // where the oldest lies once the ring is full
}

func (h *history) add(t *Tick) {
	switch {
	case h.limit <= 0:
	case len(h.ring) < h.limit:
		h.ring = append(h.ring, t)
	default:
		h.ring[h.next] = t
		h.next = (h.next + 1) % h.limit
	}
}

// newest appends the newest n ticks to dst, oldest first.
func (h *history) newest(dst []*Tick, n int) []*Tick {
	n = min(n, len(h.ring))
	for i := len(h.ring) - n; i < len(h.ring); i++ {
		dst = append(dst, h.ring[(h.next+i)%len(h.ring)])
	}
	return dst
}
