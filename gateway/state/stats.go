package state

import (
	"context"
	"database/sql/driver"
	"sync/atomic"
)

// Stats is what a Store has done, and what its DuckDB takes.
type Stats struct {
	// Open reports whether there is a DuckDB: the first query that needs one opens it.
	Open bool
	// Tables is how many tables there are, one a view.
	Tables int
	// Scans are the queries that were answered from memory, Queries those that DuckDB was asked; Failures of these had no answer.
	Scans, Queries, Failures uint64
	// Memory is what DuckDB holds, in bytes; 0 while there is none.
	Memory int64
}

// counted is what a Store counts.
type counted struct{ scans, queries, failures atomic.Uint64 }

// Stats returns the figures of now. It asks DuckDB for its memory, which takes about a millisecond, but opens none.
func (s *Store) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Stats{
		Open: s.connector != nil, Tables: s.tables, Memory: s.memory(),
		Scans: s.counted.scans.Load(), Queries: s.counted.queries.Load(), Failures: s.counted.failures.Load(),
	}
}

// memory asks DuckDB what it holds. The lock is held, so that it is not closed meanwhile.
func (s *Store) memory() int64 {
	if s.connector == nil {
		return 0
	}
	conn, err := s.connector.Connect(context.Background())
	if err != nil {
		return 0
	}
	defer conn.Close()
	rows, err := conn.(driver.QueryerContext).QueryContext(context.Background(), "SELECT sum(memory_usage_bytes)::BIGINT FROM duckdb_memory()", nil)
	if err != nil {
		return 0
	}
	defer rows.Close()
	cell := make([]driver.Value, 1)
	if rows.Next(cell) != nil {
		return 0
	}
	n, _ := cell[0].(int64)
	return n
}
