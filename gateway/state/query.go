package state

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strings"

	"gw/schema"
)

// Query returns the records that pass the filters of q, ordered by the keys: numbers by value, texts by code point,
// times by instant, false before true, nothing before all of them and NaN after; equal keys by their first sight.
//
// The answer is the table of one moment. within, if not nil, is called once and must call cut, which fixes that moment:
// what the caller does beside it under its own lock belongs to the same moment. An attribute that there is not, or a
// value that cannot be compared with it, is a *QueryError. One query runs at a time; others wait, as long as ctx allows.
func (t *Table) Query(ctx context.Context, q Query, within func(cut func())) ([]schema.Record, error) {
	where, err := t.where(q.Filters)
	if err != nil {
		return nil, err
	}
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	var changes []change
	cut := func() { changes = t.cut() }
	if within == nil {
		cut()
	} else {
		within(cut)
	}
	slots := t.view.apply(changes)
	if len(t.view.records) <= t.scans {
		t.view.generation = 0 // DuckDB has not seen what changed
		t.store.counted.scans.Add(1)
		return t.scan(where), nil
	}
	t.keep(where.reads)
	t.store.counted.queries.Add(1)
	recs, err := t.ask(ctx, slots, where)
	if err != nil {
		t.store.counted.failures.Add(1)
		t.view.generation = 0
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("state: %w", err)
	}
	return recs, nil
}

// ask brings DuckDB up to date and queries it.
func (t *Table) ask(ctx context.Context, slots []int, where condition) ([]schema.Record, error) {
	if len(t.view.records) == 0 {
		return nil, nil
	}
	db, generation, err := t.store.enter()
	if err != nil {
		return nil, err
	}
	defer t.store.leave()
	if err := t.flush(ctx, db, generation, slots); err != nil {
		return nil, err
	}
	rows, err := t.view.conn.(driver.QueryerContext).QueryContext(ctx, t.selectSQL(where), where.args)
	if err != nil {
		return nil, err
	}
	recs, err := t.collect(rows)
	return recs, errors.Join(err, rows.Close())
}

func (t *Table) selectSQL(where condition) string {
	var sql strings.Builder
	fmt.Fprintf(&sql, "SELECT slot, version FROM %s%s ORDER BY ", t.name, where.sql())
	for _, key := range t.keys {
		for i, c := range t.columns {
			if c == key {
				fmt.Fprintf(&sql, "c%d ASC NULLS FIRST, ", i)
			}
		}
	}
	sql.WriteString("slot")
	return sql.String()
}

// collect turns rows into records, without those of rows that a newer one has replaced.
func (t *Table) collect(rows driver.Rows) ([]schema.Record, error) {
	var recs []schema.Record
	row := make([]driver.Value, 2)
	for {
		if err := rows.Next(row); errors.Is(err, io.EOF) {
			return recs, nil
		} else if err != nil {
			return nil, err
		}
		slot, _ := row[0].(int64)
		if version, _ := row[1].(int64); t.view.versions[slot] == version {
			recs = append(recs, t.view.records[slot])
		}
	}
}
