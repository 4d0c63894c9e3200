package gateway

import (
	"gw/engine"
	"gw/schema"
)

// Answer is what a gateway answers to a question from outside, and when that was true. It does not change.
type Answer struct {
	// Time and Cycle are those of the last engine cycle that the answer knows of. Everything in an answer is as it was at
	// the end of that cycle.
	Time    engine.Time
	Cycle   uint64
	Records []schema.Record

	ticks []*Tick // whose Records these are, if they are shared
}

// JSON returns the Records as a JSON array, from the encoding that the ticks keep where there is one.
// Do not change it.
func (a *Answer) JSON() []byte {
	switch len(a.ticks) {
	case 0:
		return appendArray(nil, a.Records)
	case 1:
		return a.ticks[0].JSON()
	}
	dst := []byte{'['}
	for _, t := range a.ticks {
		inner := t.JSON()
		inner = inner[1 : len(inner)-1]
		if len(dst) > 1 && len(inner) > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, inner...)
	}
	return append(dst, ']')
}

// answerOf makes an answer of ticks in their order.
func answerOf(now engine.Time, cycle uint64, ticks []*Tick) *Answer {
	a := &Answer{Time: now, Cycle: cycle, ticks: ticks}
	if len(ticks) == 1 {
		a.Records = ticks[0].Records
		return a
	}
	for _, t := range ticks {
		a.Records = append(a.Records, t.Records...)
	}
	return a
}
