package state

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
)

func TestDuckDBIsClosedOff(t *testing.T) {
	store := &Store{}
	db, _, err := store.enter()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := store.connect(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{
		"SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM '/etc/passwd'",
		"SELECT * FROM glob('/etc/*')", "COPY (SELECT 1) TO '/tmp/state_out.csv'", "ATTACH '/tmp/state_out.db'", "INSTALL httpfs",
		"LOAD httpfs", "SET enable_external_access=true", "SET threads=64", "SET memory_limit='64GB'", "SET lock_configuration=false",
	} {
		if err := execute(t.Context(), conn, sql); err == nil {
			t.Errorf("%s: got no error, want it refused", sql)
		}
	}
	store.leave()
	if err := store.Close(); err != nil {
		t.Error(err)
	}
}

func TestTablesOutliveAClosedStore(t *testing.T) {
	table := tableOf(t, "x", `{"x":1,"y":"a"}`, `{"x":2,"y":"b"}`)
	for range 2 {
		if got, want := ask(t, table, ""), "a b"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if err := table.store.Close(); err != nil {
			t.Error(err)
		}
	}
	put(t, table, `{"x":1,"y":"c"}`)
	if got, want := ask(t, table, ""), "c b"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestManyTablesShareOneBoundedDuckDB(t *testing.T) {
	store := &Store{}
	defer store.Close()
	first, err := store.Table(rowType(t), []string{"x"})
	if err != nil {
		t.Fatal(err)
	}
	put(t, first, `{"x":1}`)
	ask(t, first, "")
	before := threads(t)
	for range 200 {
		table, err := store.Table(rowType(t), []string{"x"})
		if err != nil {
			t.Fatal(err)
		}
		put(t, table, `{"x":1,"y":"a"}`)
		if got := ask(t, table, ""); got != "a" {
			t.Fatalf("got %s, want a", got)
		}
	}
	if got := threads(t) - before; got > 20 {
		t.Errorf("200 tables made %d threads, want a number that does not grow with them", got)
	}
}

// threads counts the process's threads.
func threads(t *testing.T) int {
	entries, err := os.ReadDir("/proc/self/task")
	if err != nil {
		t.Skip("no /proc here")
	}
	return len(entries)
}

func TestQueriesAndPutsAtTheSameTime(t *testing.T) {
	table := tableOf(t, "x", `{"x":0,"y":"a"}`)
	table.scans = 300 // so that queries go both ways
	var askers sync.WaitGroup
	for range 4 {
		askers.Go(func() {
			seen := 0
			for range 20 {
				recs, err := table.Query(t.Context(), Query{}, nil)
				if err != nil || len(recs) < seen {
					t.Errorf("got %d records and %v after %d", len(recs), err, seen)
					return
				}
				seen = len(recs)
			}
		})
	}
	for i := range 2000 {
		put(t, table, fmt.Sprintf(`{"x":%d,"y":"a"}`, i%700))
	}
	askers.Wait()
	if got := strings.Count(ask(t, table, ""), "a"); got != 700 {
		t.Errorf("got %d records, want 700", got)
	}
}

func TestQueryEndsWithItsContext(t *testing.T) {
	table := tableOf(t, "x", `{"x":1}`)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	table.turn <- struct{}{}
	if _, err := table.Query(ctx, Query{}, nil); err != context.Canceled {
		t.Errorf("got %v, want the context's error", err)
	}
	<-table.turn
	if _, err := table.Query(t.Context(), Query{}, nil); err != nil {
		t.Error(err)
	}
}

func TestCutBelongsToTheCallersMoment(t *testing.T) {
	table := tableOf(t, "x", `{"x":1,"y":"a"}`)
	recs, err := table.Query(t.Context(), Query{}, func(cut func()) {
		cut()
		put(t, table, `{"x":2,"y":"b"}`)
	})
	if err != nil || len(recs) != 1 {
		t.Errorf("got %v %v, want what was there at the cut", recs, err)
	}
	if got, want := ask(t, table, ""), "a b"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
