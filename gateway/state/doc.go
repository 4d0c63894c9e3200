// Package state keeps the latest record of each key of a channel as a table that can be filtered and ordered.
//
// The way of one record: Table.Put notes it under its key tuple in a map, which is the truth, and in a list of
// changes; that is all that happens on the engine's goroutine. A query first cuts that list off. In a table of up to
// 50,000 rows it then looks through the records themselves, whose order by keys is kept from query to query. In a larger
// one it appends the columns it needs (the keys, and what a query has ever compared) of what changed to a table of an
// embedded DuckDB, and lets DuckDB find and order the rows; what it returns are the numbers of the records. Either way an
// answer consists of the very records that were put, and a test holds both ways to the same answers.
//
// Rows are only ever appended: a row that a newer one of its key replaced is recognised by its version and skipped, and
// when more rows are stale than not the table is written anew. Column names in DuckDB are made up (c0, c1, ...) and
// values are bound, so no name or value of a user is part of any SQL.
//
// Costs: Put is a map look-up, about 100 ns, as long as the keys fit into the processor's cache. A row costs the record
// itself and some 60 bytes: its key in 20, hashed if it is long, and where the record lies. A query costs what
// changed since the query before (0.2 us a record, 1 us for DuckDB), and 20 ns a row and comparison or DuckDB's scan. A
// Store opens DuckDB at the first query that needs it, with a bounded number of threads for all of its tables, without
// access to files, network or extensions.
//
// Put may be called from one goroutine at a time, Query from any number. There is no SQL from outside here, and nothing
// is kept on disk.
package state
