package stage

import (
	"slices"

	"gw/schema"
)

// work is one request being done.
type work struct {
	set     *Set
	request Request
	mint    func() string
	events  []Event
	ids     []string // affected areas in the order of their first change
	touched map[string]bool
	gone    map[string][]schema.Record // what areas that were released held
}

func (w *work) touch(id string) {
	if !w.touched[id] {
		w.touched[id] = true
		w.ids = append(w.ids, id)
	}
}

func (w *work) tell(id string, a Action, recs ...schema.Record) {
	w.events = append(w.events, Event{Area: id, Action: a, Records: recs})
	w.touch(id)
}

// affected returns the areas that the request changed, as they are now.
func (w *work) affected() []Area {
	var all []Area
	for _, id := range w.ids {
		if a := w.set.byID[id]; a != nil {
			all = append(all, *a)
			continue
		}
		all = append(all, Area{ID: id, Records: w.gone[id]})
	}
	return all
}

// named returns the areas that the request names, or all; each once, unknown ones left out.
func (w *work) named() []*Area {
	if len(w.request.IDs) == 0 {
		return slices.Clone(w.set.areas)
	}
	var found []*Area
	seen := map[string]bool{}
	for _, id := range w.request.IDs {
		if a := w.set.byID[id]; a != nil && !seen[id] {
			seen[id] = true
			found = append(found, a)
		}
	}
	return found
}

// open makes a new area.
func (w *work) open() *Area {
	a := &Area{}
	if fresh := w.request.Fresh; len(fresh) > 0 {
		a.ID, w.request.Fresh = fresh[0], fresh[1:]
	} else {
		a.ID = w.mint()
	}
	if w.set.byID == nil {
		w.set.byID = map[string]*Area{}
	}
	w.set.byID[a.ID] = a
	w.set.areas = append(w.set.areas, a)
	w.tell(a.ID, Created)
	return a
}

func (w *work) add(rec schema.Record) {
	targets := w.targets(rec)
	if len(targets) == 0 {
		targets = []*Area{w.open()}
	}
	for _, a := range targets {
		a.Records = append(a.Records, rec)
		w.set.held++
		w.tell(a.ID, Added, rec)
	}
}

// targets returns the areas that rec is added to, none if one is to be made for it.
func (w *work) targets(rec schema.Record) []*Area {
	switch ids := w.request.IDs; {
	case ids == nil:
		return w.set.areas[max(0, len(w.set.areas)-1):]
	case len(ids) > 0:
		return w.named()
	}
	return slices.DeleteFunc(w.named(), func(a *Area) bool { return a.index(rec) >= 0 })
}

// holding returns the areas that rec is removed from: those named that have it, or the newest that does.
func (w *work) holding(rec schema.Record) []*Area {
	all := slices.DeleteFunc(w.named(), func(a *Area) bool { return a.index(rec) < 0 })
	if w.request.IDs == nil {
		return all[max(0, len(all)-1):]
	}
	return all
}

// remove takes rec out of areas. What was given out keeps its records.
func (w *work) remove(rec schema.Record) {
	for _, a := range w.holding(rec) {
		at := a.index(rec)
		taken := a.Records[at]
		a.Records = slices.Concat(a.Records[:at], a.Records[at+1:])
		w.set.held--
		w.tell(a.ID, Removed, taken)
	}
}

// going returns the areas that a request for whole areas is about.
func (w *work) going() []*Area {
	all := w.named()
	if w.request.Action == Removed && w.request.IDs == nil {
		return all[max(0, len(all)-1):] // the newest
	}
	return all
}

// clear drops the newest area or all of them, or empties those that are named.
func (w *work) clear() {
	going := w.going()
	for _, a := range going {
		w.empty(a)
	}
	if len(w.request.IDs) > 0 {
		return
	}
	for _, a := range going {
		w.tell(a.ID, Removed)
	}
	w.drop(going)
}

func (w *work) empty(a *Area) {
	w.touch(a.ID)
	for _, rec := range a.Records {
		w.tell(a.ID, Removed, rec)
	}
	w.set.held -= len(a.Records)
	a.Records = nil
}

// release takes areas away and tells what they held.
func (w *work) release() {
	w.gone = map[string][]schema.Record{}
	going := w.going()
	for _, a := range going {
		w.gone[a.ID] = a.Records
		w.set.held -= len(a.Records)
		w.tell(a.ID, Released, a.Records...)
	}
	w.drop(going)
}

func (w *work) drop(going []*Area) {
	for _, a := range going {
		delete(w.set.byID, a.ID)
	}
	w.set.areas = slices.DeleteFunc(w.set.areas, func(a *Area) bool { return w.set.byID[a.ID] == nil })
}
