package replay

// densityBuckets is how many buckets Recording.Density has.
const densityBuckets = 100

// fineBuckets is how many buckets of a power of two the counting keeps; they are much finer than those given out.
const fineBuckets = 1 << 13

// density counts rows over time in bounded memory without knowing the end: whenever a row lies beyond the last bucket,
// buckets are doubled. Rows come in order of time.
type density struct {
	start  int64
	shift  uint // a bucket is 1<<shift nanoseconds wide
	counts []uint64
}

func (d *density) add(at int64) {
	if d.counts == nil {
		d.start, d.counts = at, make([]uint64, fineBuckets)
	}
	if at < d.start {
		d.moveStart(at)
	}
	for uint64(at-d.start)>>d.shift >= fineBuckets {
		d.widen()
	}
	d.counts[uint64(at-d.start)>>d.shift]++
}

// moveStart makes room for a time before the first one; it happens when a later file begins earlier.
func (d *density) moveStart(at int64) {
	old := d.counts
	oldStart, oldShift := d.start, d.shift
	d.start, d.counts = at, make([]uint64, fineBuckets)
	for i, n := range old {
		if n == 0 {
			continue
		}
		begin := oldStart + int64(i)<<oldShift
		for uint64(begin-d.start)>>d.shift >= fineBuckets {
			d.widen()
		}
		d.counts[uint64(begin-d.start)>>d.shift] += n
	}
}

func (d *density) widen() {
	for i := range fineBuckets / 2 {
		d.counts[i] = d.counts[2*i] + d.counts[2*i+1]
	}
	clear(d.counts[fineBuckets/2:])
	d.shift++
}

// buckets spreads the counts over densityBuckets of equal width from the first to the last time.
func (d *density) buckets(last int64) []uint64 {
	out := make([]uint64, densityBuckets)
	span := float64(last-d.start) + 1
	for i, n := range d.counts {
		if n > 0 {
			at := float64(uint64(i) << d.shift)
			out[min(int(at/span*densityBuckets), densityBuckets-1)] += n
		}
	}
	return out
}
