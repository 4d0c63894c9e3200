package gateway

import (
	"time"

	"gw/engine"
	"gw/schema"
)

const (
	defaultLookupLimit = 100_000
	defaultLookupAge   = 24 * time.Hour
)

// entries is what entered channels and stages lately, in its order: a ring. Adding is all that the engine's goroutine does
// for Lookup; finding is left to those who look. The hub's lock guards it.
type entries struct {
	limit int
	age   engine.Time
	ring  []entry
	head  uint64 // number of the next entry; the oldest kept is tail
	tail  uint64
	gone  seen // ids that were not given out here and are no longer kept
	mint  *mint
}

// An entry is the records of one tick, or one that was staged.
type entry struct {
	at      engine.Time
	channel string
	recs    []schema.Record
}

func (e *entries) bound(limit int, age time.Duration, m *mint) {
	if limit == 0 {
		limit = defaultLookupLimit
	}
	if age == 0 {
		age = defaultLookupAge
	}
	e.limit, e.age, e.mint = max(limit, 0), engine.Time(age), m
}

func (e *entries) add(now engine.Time, channel string, recs []schema.Record) {
	if e.limit == 0 || len(recs) == 0 {
		return
	}
	for e.tail < e.head && (e.head-e.tail >= uint64(e.limit) || e.at(e.tail).at < now-e.age) {
		e.evict()
	}
	next := entry{now, channel, recs}
	if len(e.ring) < e.limit {
		e.ring = append(e.ring, next)
	} else {
		*e.at(e.head) = next
	}
	e.head++
}

// at returns the entry of a number. The ring grows only as long as no number has come round.
func (e *entries) at(n uint64) *entry { return &e.ring[n%uint64(e.limit)] }

// evict forgets the oldest entry, but not the ids that nobody here gave out.
func (e *entries) evict() {
	old := e.at(e.tail)
	for _, r := range old.recs {
		r.EachRecord(func(r schema.Record) {
			if id := r.Base().ID; !e.mint.gave(id) {
				e.gone.add(id)
			}
		})
	}
	*old = entry{}
	e.tail++
}
