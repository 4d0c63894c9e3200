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
	slots   map[tuple]uint32 // in the order of first sight
	noted   []uint32         // by slot: where its change lies, if it has one
	changes []change
	scratch []byte

	scans int           // up to how many rows a query looks through the records in place
	turn  chan struct{} // held by the one query that runs
	view  view          // belongs to who holds turn
}

// A change is a record that was put since the last cut.
type change struct {
	slot int
	rec  schema.Record
}

// Table makes a table of records of t by the named fields, dotted into nested structs. A record whose key is unset or
// null in some part shares its slot with others like it. The error names a field that there is not, or that is no scalar.
func (s *Store) Table(t *schema.Type, keys []string) (*Table, error) {
	table := &Table{store: s, typ: t, slots: map[tuple]uint32{}, scans: scanLimit, turn: make(chan struct{}, 1)}
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
	t.scratch = t.keys.Append(t.scratch[:0], r)
	key := tupleOf(t.scratch)
	slot, ok := t.slots[key]
	if !ok {
		slot = uint32(len(t.slots))
		t.slots[key] = slot
		t.noted = append(t.noted, 0)
	}
	if at := int(t.noted[slot]); at < len(t.changes) && t.changes[at].slot == int(slot) {
		t.changes[at].rec = r
		return
	}
	t.noted[slot] = uint32(len(t.changes))
	t.changes = append(t.changes, change{int(slot), r})
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
	return changes
}
