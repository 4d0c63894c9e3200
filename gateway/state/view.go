package state

import (
	"context"
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"

	"github.com/marcboeker/go-duckdb"

	"gw/schema"
)

// A view is the table as of the last cut: its records by slot, and the rows in DuckDB that show them.
type view struct {
	records    []schema.Record
	order      []int   // slots by their keys, as far as they have been asked for
	versions   []int64 // of the row in DuckDB, by slot, as far as they are written
	written    int64   // rows in DuckDB, stale ones included; also the last version given
	generation int     // of the DuckDB they are in; 0: in none
	conn       driver.Conn
	kept       []bool // the columns that DuckDB has: keys, and what a query has compared
}

// slack is how many stale rows are left alone.
const slack = 1024

// apply takes changes over and returns the slots to be written.
func (v *view) apply(changes []change) []int {
	slots := make([]int, len(changes))
	size := len(v.records)
	for i, c := range changes {
		slots[i] = c.slot
		size = max(size, c.slot+1)
	}
	v.records = slices.Grow(v.records, size-len(v.records))[:size]
	for _, c := range changes {
		v.records[c.slot] = c.rec
	}
	return slots
}

// flush brings DuckDB to the state of the view. After an error the next flush writes everything anew.
func (t *Table) flush(ctx context.Context, db *duckdb.Connector, generation int, slots []int) error {
	v := &t.view
	if v.generation != generation {
		if err := t.create(ctx, db); err != nil {
			return err
		}
		slots = every(len(v.records))
	} else if v.written+int64(len(slots)) > 2*int64(len(v.records))+slack {
		if err := execute(ctx, v.conn, "DELETE FROM "+t.name); err != nil {
			return err
		}
		v.written = 0
		slots = every(len(v.records))
	}
	v.generation = 0
	if err := t.write(slots); err != nil {
		return err
	}
	v.generation = generation
	return nil
}

func every(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// create connects to DuckDB and makes an empty table there.
func (t *Table) create(ctx context.Context, db *duckdb.Connector) error {
	t.view.generation = 0
	t.view.written = 0
	if t.view.conn != nil {
		_ = t.view.conn.Close() // closed already if its DuckDB is
		t.view.conn = nil
	}
	conn, err := t.store.connect(ctx, db)
	if err != nil {
		return err
	}
	t.view.conn = conn
	var sql strings.Builder
	fmt.Fprintf(&sql, "CREATE OR REPLACE TABLE %s (slot BIGINT, version BIGINT", t.name)
	for i, c := range t.columns {
		if t.view.kept[i] {
			fmt.Fprintf(&sql, ", c%d %s", i, classOf(c.Kind).sql())
		}
	}
	return execute(ctx, conn, sql.String()+")")
}

// keep makes sure that DuckDB gets the columns; one that no query has asked for yet has the table written anew.
func (t *Table) keep(columns []int) {
	v := &t.view
	if v.kept == nil {
		v.kept = make([]bool, len(t.columns))
		for i, c := range t.columns {
			v.kept[i] = slices.Contains(t.keys, c)
		}
	}
	for _, i := range columns {
		if !v.kept[i] {
			v.kept[i], v.generation = true, 0
		}
	}
}

// write appends the rows of slots.
func (t *Table) write(slots []int) (err error) {
	if len(slots) == 0 {
		return nil
	}
	v := &t.view
	a, err := duckdb.NewAppenderFromConn(v.conn, "", t.name)
	if err != nil {
		return err
	}
	defer func() {
		if e := a.Close(); err == nil {
			err = e
		}
	}()
	var kept []*schema.Column
	for i, c := range t.columns {
		if v.kept[i] {
			kept = append(kept, c)
		}
	}
	v.versions = append(v.versions, make([]int64, len(v.records)-len(v.versions))...)
	row := make([]driver.Value, 2+len(kept))
	for _, slot := range slots {
		v.written++
		v.versions[slot] = v.written
		row[0], row[1] = int64(slot), v.written
		for i, c := range kept {
			row[2+i] = cell(c, v.records[slot])
		}
		if err := a.AppendRow(row...); err != nil {
			return err
		}
	}
	return nil
}
