//go:build !linux

package query

// confine does nothing where the limits of Linux are not to be had: DuckDB's own memory limit, its closed doors and
// the deadline remain.
func confine(int64, uint64) error { return nil }
