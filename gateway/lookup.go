package gateway

import (
	"context"
	"slices"
	"sync"

	"gw/schema"
)

// index finds entries by id. It is brought up to date by who looks, off the engine's goroutine.
type index struct {
	mu    sync.Mutex
	byID  map[schema.ID][]found // newest last, of different types
	count int                   // of found
	next  uint64                // the entry to be indexed next
}

// found is a value with the entry it came in.
type found struct {
	value   schema.Record
	whole   schema.Record // the value on the channel that it is, or is nested in
	channel string
	entry   uint64
}

// Lookup finds a value by its id: of the type of a channel, wherever it entered, or of any type if channel is "". It
// knows what has ticked a channel or was staged, values nested in those included, as long as LookupLimit and LookupAge
// allow; of several with the same id the newest. The answer has one record or none; then evicted tells that the id was
// there once, or given out, and is no longer kept. (Of ids that senders chose it is wrong about one in a hundred.)
// An unknown channel is a *NotFoundError. It costs what has entered since the Lookup before.
func (g *Gateway) Lookup(ctx context.Context, channel, id string) (a *Answer, evicted bool, err error) {
	var typ *schema.Type
	if channel != "" {
		p, ok := g.Port(channel)
		if !ok {
			return nil, false, channelNotFound(channel, "")
		}
		typ = p.Type
	}
	key := schema.TextID(id)
	a = g.moment()
	f, ok := g.index.find(g, key, typ)
	if !ok {
		f, ok = g.findStaged(key, typ)
	}
	if !ok {
		return a, g.wasThere(key), nil
	}
	if len(g.visible(ctx, f.channel, []schema.Record{f.whole})) > 0 {
		a.Records = []schema.Record{f.value}
	}
	return a, false, nil
}

// find returns the newest value with an id, of a type unless it is nil.
func (x *index) find(g *Gateway, id schema.ID, typ *schema.Type) (found, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	oldest := x.update(&g.hub)
	all := x.byID[id]
	for i := len(all) - 1; i >= 0; i-- {
		if f := all[i]; f.entry >= oldest && (typ == nil || f.value.Type() == typ) {
			return f, true
		}
	}
	return found{}, false
}

// update indexes what has entered since the last time and returns the number of the oldest entry that counts.
func (x *index) update(h *hub) (oldest uint64) {
	fresh, first, oldest := x.fresh(h)
	for i, e := range fresh {
		for _, whole := range e.recs {
			whole.EachRecord(func(r schema.Record) {
				if r.Base().ID.HasValue() {
					x.add(found{r, whole, e.channel, first + uint64(i)})
				}
			})
		}
	}
	if x.count > 1024 && x.count > 4*int(x.next-oldest) {
		x.sweep(oldest)
	}
	return oldest
}

// fresh copies the entries to be indexed.
func (x *index) fresh(h *hub) (fresh []entry, first, oldest uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	e := &h.entry
	for e.tail < e.head && e.at(e.tail).at < h.now-e.age {
		e.evict()
	}
	first = max(x.next, e.tail)
	for n := first; n < e.head; n++ {
		fresh = append(fresh, *e.at(n))
	}
	x.next = e.head
	return fresh, first, e.tail
}

// add makes f the newest of its id and type.
func (x *index) add(f found) {
	if x.byID == nil {
		x.byID = map[schema.ID][]found{}
	}
	id := f.value.Base().ID
	all := x.byID[id]
	if i := slices.IndexFunc(all, func(o found) bool { return o.value.Type() == f.value.Type() }); i >= 0 {
		all = slices.Delete(all, i, i+1)
		x.count--
	}
	x.byID[id] = append(all, f)
	x.count++
}

// sweep lets go of what is no longer kept.
func (x *index) sweep(oldest uint64) {
	x.count = 0
	for id, all := range x.byID {
		all = slices.DeleteFunc(all, func(f found) bool { return f.entry < oldest })
		if x.count += len(all); len(all) == 0 {
			delete(x.byID, id)
			continue
		}
		x.byID[id] = all
	}
}

// findStaged looks through the staging areas, which may hold a value for longer than it is kept otherwise.
func (g *Gateway) findStaged(id schema.ID, typ *schema.Type) (f found, ok bool) {
	for _, name := range g.stageNames {
		s := &Stage{g.ports[name].staging}
		for _, area := range s.now(nil) {
			for _, whole := range area.Records {
				whole.EachRecord(func(r schema.Record) {
					if r.Base().ID == id && (typ == nil || r.Type() == typ) {
						f, ok = found{value: r, whole: whole, channel: name}, true
					}
				})
			}
		}
	}
	return f, ok
}

// wasThere tells whether an id that is not found was given out or seen.
func (g *Gateway) wasThere(id schema.ID) bool {
	g.hub.mu.Lock()
	defer g.hub.mu.Unlock()
	return g.ids.gave(id) || g.hub.entry.gone.has(id)
}
