package engine

import (
	"math/bits"
	"time"
)

// Latency is how long something took, each time it was done. The zero Latency is of nothing.
type Latency struct {
	Count      uint64
	Total, Max time.Duration
	// Buckets is a histogram: bucket i counts what took less than 2^i nanoseconds, and not less than half of that. The last counts all longer ones.
	Buckets [32]uint64
}

func (l *Latency) add(d time.Duration) {
	l.Count++
	l.Total += d
	l.Max = max(l.Max, d)
	l.Buckets[min(bits.Len64(uint64(max(d, 0))), len(l.Buckets)-1)]++
}

// Mean returns the average, 0 of nothing.
func (l Latency) Mean() time.Duration { return l.Total / time.Duration(max(l.Count, 1)) }

// Quantile returns a time that a share q of 0 to 1 of all took at most; it is right within a factor of two.
func (l Latency) Quantile(q float64) time.Duration {
	rank, sum := uint64(q*float64(l.Count)), uint64(0)
	for i, n := range l.Buckets {
		if sum += n; sum > rank || sum == l.Count {
			return min(time.Duration(1)<<i, l.Max)
		}
	}
	return l.Max
}
