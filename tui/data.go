package tui

import (
	"fmt"
	"sync"
	"time"

	"gw/client"
)

// data is all that the gateway sent, for the pages to read. The feed's goroutine writes it; whoever reads holds lock.
type data struct {
	now     func() time.Time // the wall clock: rates are ticks a second as one sees them
	changed chan struct{}    // cap 1: something is different from what was drawn

	mu        sync.Mutex
	status    client.Status
	known     bool // status has come at least once
	lost      error
	lostSince time.Time
	fatal     error
	refused   error
	channels  []*channel // in the gateway's order
	byName    map[string]*channel
	graph     client.Graph
	density   density
	rows      *rows // ticks of the channel that the table shows; nil: none
}

func newData(now func() time.Time) *data {
	return &data{now: now, changed: make(chan struct{}, 1), byName: map[string]*channel{}}
}

// lock gives a reader the data as it is now; call the result to give it back.
func (d *data) lock() func() {
	d.mu.Lock()
	return d.mu.Unlock
}

func (d *data) notify() {
	select {
	case d.changed <- struct{}{}:
	default:
	}
}

// apply takes in one frame.
func (d *data) apply(f client.Frame) {
	defer d.notify()
	defer d.lock()()
	d.status, d.known = f.Status, true
	d.density.take(f.Status)
	d.lost, d.refused = nil, nil
	if f.Snapshot {
		d.forget(f.Ticks)
	}
	now := d.now()
	for i := range f.Ticks {
		t := &f.Ticks[i]
		c, ok := d.byName[t.Channel]
		if !ok {
			continue
		}
		c.take(t, now, f.Snapshot)
		if d.rows != nil && d.rows.channel == t.Channel {
			d.rows.add(t)
		}
	}
}

// forget drops what is known of channels that count from the start again: the gateway was started anew. A snapshot
// that goes at least as far as what is known is the same run, seen again.
func (d *data) forget(snapshot []client.Tick) {
	type place struct{ channel, key string }
	newest := map[place]uint64{}
	for i := range snapshot {
		t := &snapshot[i]
		newest[place{t.Channel, t.Key}] = max(newest[place{t.Channel, t.Key}], t.N)
	}
	for i := range snapshot {
		at := place{snapshot[i].Channel, snapshot[i].Key}
		c, ok := d.byName[at.channel]
		if !ok || newest[at] >= c.n[at.key] {
			continue
		}
		*c = channel{info: c.info, n: map[string]uint64{}}
		if d.rows != nil && d.rows.channel == at.channel {
			d.rows.reset()
		}
	}
}

// describe takes in the channels and the graph; what is known of a channel's ticks stays.
func (d *data) describe(channels []client.Channel, g client.Graph) {
	defer d.notify()
	defer d.lock()()
	d.graph = g
	d.channels = d.channels[:0]
	for _, info := range channels {
		c, ok := d.byName[info.Name]
		if !ok {
			c = newChannel()
			d.byName[info.Name] = c
		}
		c.info = info
		d.channels = append(d.channels, c)
	}
}

// days reports whether the run goes over more than one day. The reader's lock is held.
func (d *data) days() bool {
	s := d.status
	end := s.End
	if end.IsZero() {
		end = s.Time
	}
	return !s.Start.IsZero() && !end.IsZero() && !sameDay(s.Start, end)
}

// setStatus takes in the answer of a control request, unless a frame has brought a later one.
func (d *data) setStatus(s client.Status) {
	defer d.notify()
	defer d.lock()()
	if s.Cycle >= d.status.Cycle {
		d.status = s
		d.density.take(s)
	}
}

// lose notes that the gateway cannot be reached and reports whether there is patience left.
func (d *data) lose(err error, patience time.Duration) bool {
	defer d.notify()
	defer d.lock()()
	now := d.now()
	if d.lost == nil {
		d.lostSince = now
	}
	d.lost = err
	if now.Sub(d.lostSince) < patience && d.status.State != "stopped" {
		return true
	}
	d.fatal = fmt.Errorf("the gateway is gone: %w", err)
	return false
}

// refuse notes an answer that says no: before anything came it is the end, later a message.
func (d *data) refuse(err error) {
	if !d.statusKnown() {
		d.fail(err)
		return
	}
	defer d.notify()
	defer d.lock()()
	d.refused = err
}

// fail ends the program with an error.
func (d *data) fail(err error) {
	defer d.notify()
	defer d.lock()()
	d.fatal = err
}

func (d *data) fatalError() error {
	defer d.lock()()
	return d.fatal
}

func (d *data) isLost() bool {
	defer d.lock()()
	return d.lost != nil
}

func (d *data) statusKnown() bool {
	defer d.lock()()
	return d.known
}

func (d *data) currentStatus() client.Status {
	defer d.lock()()
	return d.status
}

// showRows starts an empty table of a channel's ticks and reports whether the channel exists.
func (d *data) showRows(name string) bool {
	defer d.lock()()
	c, ok := d.byName[name]
	if ok {
		d.rows = newRows(c.info)
	}
	return ok
}
