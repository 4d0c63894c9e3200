package state

import (
	"strings"
	"sync"

	"gw/schema"
)

// Table keeps the latest record of each key tuple.
type Table struct {
	store   *Store
	typ     *schema.Type
	keys    Keys
	columns []*schema.Column // all that DuckDB may keep, by their number in its names
	name    string           // in DuckDB

	mu      sync.Mutex
	slots   map[string]int // key tuple to slot, in the order of first sight
	noted   []mark         // by slot: where its change lies
	epoch   uint64
	changes []change
	scratch []byte

	turn chan struct{} // held by the one query that runs
	view view          // belongs to who holds turn
}

// A change is a record that was put since the last cut.
type change struct {
	slot int
	rec  schema.Record
}

// A mark tells where in the changes of an epoch a slot's lies.
type mark struct {
	epoch uint64
	index int
}

// Table makes a table of records of t by the named fields, dotted into nested structs. A record whose key is unset or
// null in some part shares its slot with others like it. The error names a field that there is not, or that is no scalar.
func (s *Store) Table(t *schema.Type, keys []string) (*Table, error) {
	table := &Table{store: s, typ: t, slots: map[string]int{}, epoch: 1, turn: make(chan struct{}, 1)}
	var err error
	if table.keys, err = KeysOf(t, keys); err != nil {
		return nil, err
	}
	all := t.Columns()
	for i := range all {
		if classOf(all[i].Kind) != noClass {
			table.columns = append(table.columns, &all[i])
		}
	}
	table.name = s.nextName()
	return table, nil
}

func scalars(t *schema.Type) string {
	var names []string
	for _, c := range t.Columns() {
		if classOf(c.Kind) != noClass {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, ", ")
}

// Put makes r the latest record of its key. It must be of the table's type and must not change afterwards. It never
// waits for a query.
func (t *Table) Put(r schema.Record) {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := t.keys.Append(t.scratch[:0], r)
	t.scratch = key
	slot, ok := t.slots[string(key)]
	if !ok {
		slot = len(t.slots)
		t.slots[string(key)] = slot
		t.noted = append(t.noted, mark{})
	}
	m := &t.noted[slot]
	if m.epoch == t.epoch {
		t.changes[m.index].rec = r
		return
	}
	*m = mark{t.epoch, len(t.changes)}
	t.changes = append(t.changes, change{slot, r})
}

// Len returns how many keys the table has.
func (t *Table) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.slots)
}

// cut takes the changes since the last cut, whatever their number, in no time.
func (t *Table) cut() []change {
	t.mu.Lock()
	defer t.mu.Unlock()
	changes := t.changes
	t.changes = nil
	t.epoch++
	return changes
}
