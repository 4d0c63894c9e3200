package engine

import "errors"

var (
	errTickedAndRemoved = errors.New("a key of a dynamic basket is ticked and removed, or added and removed, in one cycle")
	errNoKey            = errors.New("removed a key that the dynamic basket does not have")
)

// DynamicBasket is a set of edges of one type by key, whose keys appear and go while the graph runs. It is a small value; copies are the same basket.
type DynamicBasket[K comparable, T any] struct{ o *dynamicSeries[K, T] }

// Graph returns the graph that b belongs to, nil for the zero DynamicBasket.
func (b DynamicBasket[K, T]) Graph() *Graph {
	if b.o == nil || b.o.node == nil {
		return nil
	}
	return b.o.node.g
}

// dynamicSeries is the place of a dynamic basket. Its head ticks when an element ticks or the keys change.
type dynamicSeries[K comparable, T any] struct {
	head
	keys   []K
	elems  []*element[T] // as keys
	index  map[K]int
	ticked []int // places in keys of the elements that ticked in the cycle of tickAt
	tickAt uint64

	added, removed []K // in the cycle of shapeAt
	shapeAt        uint64

	buffered int // how much of the past each element keeps, in ticks and time
	span     Time
}

// element is the series of one key, and the input that readers see it by.
type element[T any] struct {
	series[T]
	in    In[T]
	added uint64 // the cycle in which its key appeared
}

// mark ticks the basket, unless it has in this cycle.
func (d *dynamicSeries[K, T]) mark() {
	if d.last != d.clk.cycle || d.clk.cycle == 0 {
		d.head.tick()
	}
}

// shape readies the lists of keys that come and go for this cycle.
func (d *dynamicSeries[K, T]) shape() {
	if d.shapeAt != d.clk.cycle {
		d.shapeAt = d.clk.cycle
		d.added, d.removed = d.added[:0], d.removed[:0]
	}
}

// keep raises how much of the past each element keeps.
func (d *dynamicSeries[K, T]) keep(ticks int, span Time) {
	d.buffered, d.span = max(d.buffered, ticks), max(d.span, span)
	for _, e := range d.elems {
		e.buffer(d.buffered, d.span)
		e.relink()
	}
}

// add makes the element of a key that is new.
func (d *dynamicSeries[K, T]) add(k K) *element[T] {
	e := &element[T]{added: d.clk.cycle}
	e.node = d.node
	if d.buffered > 0 || d.span > 0 {
		e.buffer(d.buffered, d.span)
	}
	e.clear()
	e.relink()
	e.in.src = &e.series
	d.index[k] = len(d.keys)
	d.keys, d.elems = append(d.keys, k), append(d.elems, e)
	return e
}

// appear adds a key that is new in this cycle.
func (d *dynamicSeries[K, T]) appear(k K) {
	d.add(k)
	d.shape()
	d.added = append(d.added, k)
	d.mark()
}

// element returns the element of key k, nil if there is no such key.
func (d *dynamicSeries[K, T]) element(k K) *element[T] {
	if i, ok := d.index[k]; ok {
		return d.elems[i]
	}
	return nil
}

func (d *dynamicSeries[K, T]) set(k K, v T) {
	i, ok := d.index[k]
	if !ok {
		i = len(d.keys)
		d.appear(k)
	}
	e := d.elems[i]
	e.val = v
	again := e.last == d.clk.cycle
	if e.head.tick(); again {
		return
	}
	if d.tickAt != d.clk.cycle {
		d.tickAt, d.ticked = d.clk.cycle, d.ticked[:0]
	}
	d.ticked = append(d.ticked, i)
	d.mark()
}

// remove takes a key away; the last one takes its place.
func (d *dynamicSeries[K, T]) remove(k K) {
	i, ok := d.index[k]
	if !ok {
		d.node.g.fail(d.node, errNoKey)
		return
	}
	if e := d.elems[i]; e.last == d.clk.cycle || e.added == d.clk.cycle {
		d.node.g.fail(d.node, errTickedAndRemoved)
		return
	}
	d.shape()
	d.removed = append(d.removed, k)
	last := len(d.keys) - 1
	d.keys[i], d.elems[i] = d.keys[last], d.elems[last]
	d.index[d.keys[i]] = i
	for j, t := range d.ticked {
		if t == last {
			d.ticked[j] = i
		}
	}
	var zero K
	d.keys[last], d.elems[last] = zero, nil
	d.keys, d.elems = d.keys[:last], d.elems[:last]
	delete(d.index, k)
	d.mark()
}

func (d *dynamicSeries[K, T]) prepare() *head {
	d.clear()
	d.keys, d.elems, d.index = nil, nil, map[K]int{}
	d.ticked, d.added, d.removed, d.tickAt, d.shapeAt = nil, nil, nil, 0, 0
	return &d.head
}

// boxed returns the elements that ticked.
func (d *dynamicSeries[K, T]) boxed() any {
	m := map[K]T{}
	for _, i := range d.ticked {
		if d.tickAt == d.clk.cycle {
			m[d.keys[i]] = d.elems[i].val
		}
	}
	return m
}

func (d *dynamicSeries[K, T]) save(w *packer) error {
	w.uint(d.last)
	w.uint(d.count)
	w.int(int64(d.at))
	w.uint(uint64(len(d.keys)))
	for i, e := range d.elems {
		if err := w.put(&d.keys[i]); err != nil {
			return err
		}
		w.uint(e.added)
		if err := e.series.save(w); err != nil {
			return err
		}
	}
	return nil
}

func (d *dynamicSeries[K, T]) load(r *unpacker) error {
	d.last, d.count, d.at = r.uint(), r.uint(), Time(r.int())
	d.keys, d.elems, d.index = nil, nil, map[K]int{}
	for range r.length() {
		var k K
		if err := r.get(&k); err != nil {
			return err
		}
		e := d.add(k)
		e.added = r.uint()
		if err := e.series.load(r); err != nil {
			return err
		}
	}
	return r.err
}
