// Package query answers one SELECT over what a gateway keeps: the last ticks of each channel and its state views.
//
// SQL of a user never runs in the gateway's process, and no text of a user becomes part of SQL there. The way of one
// query: a Pool takes a child process (the same binary, started again; one is kept ready), sends it the text and the
// names and columns of all tables, and the child has DuckDB's own parser say whether it is one SELECT and which
// tables it reads. Of those the parent then takes a snapshot as of one cycle, as the caller may see it, and sends it
// column by column (load.go tells how they are read). The child runs the query and sends the answer ready to be
// passed on, as JSON, JSON Lines, CSV or Arrow; then it ends. See docs/query.md for the tables and their types.
//
// The child has no secret and no power: its environment is empty, DuckDB in it may touch neither files nor
// extensions, and the process itself can open no file or socket, write no core and no file, and use no more memory and
// processor time than Limits allow (Linux; elsewhere only DuckDB's own memory limit holds, and on Windows queries are
// refused). It is killed at the deadline, and ends by itself when its parent does.
//
// A program must call Main first thing, which cli does; without it Pool.Query refuses, since starting the program
// again would run it twice.
//
// Costs: about 10 ms to start a child, hidden if the query before is some milliseconds old; then about 0.5 us a cell
// for what the query reads, whether rows are filtered or not. A Pool may be used from any goroutine; it owns the
// children and Close waits for them.
package query
