package query

import (
	"cmp"
	"time"
)

// Limits bound what queries may take. A zero field means what its comment says.
type Limits struct {
	// Deadline is how long a query may take, with the wait for its turn; 0 means 4 s.
	Deadline time.Duration
	// Memory is what a child may take beyond what it needs to start, in bytes; 0 means 1 GiB. DuckDB gets half of it.
	Memory int64
	// Input bounds the bytes of the tables that one query reads; 0 means 128 MiB.
	Input int64
	// Output bounds the bytes of an answer; 0 means 32 MiB.
	Output int64
	// Rows is how many rows an answer has at most, whatever it is asked for; 0 means 100,000.
	Rows int
	// Running is how many queries run at once; 0 means 2. Waiting is how many more may wait for their turn; 0 means 16.
	Running, Waiting int
	// Channel and View say which channels and state views are tables; nil means all of them.
	Channel, View func(name string) bool
}

func (l Limits) withDefaults() Limits {
	l.Deadline = cmp.Or(l.Deadline, 4*time.Second)
	l.Memory = cmp.Or(l.Memory, 1<<30)
	l.Input = cmp.Or(l.Input, 128<<20)
	l.Output = cmp.Or(l.Output, 32<<20)
	l.Rows = cmp.Or(l.Rows, 100_000)
	l.Running = cmp.Or(l.Running, 2)
	l.Waiting = cmp.Or(l.Waiting, 16)
	return l
}
