package query_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"gw/gateway"
	"gw/gateway/query"
	"gw/schema"
)

// attacks are what a DuckDB that is not closed off would do, and what it still does when only its settings are set.
var attacks = []struct{ sql, want string }{
	{`SELECT * FROM read_text('/etc/passwd')`, `read_text(...) is not allowed as a table`},
	{`SELECT * FROM read_blob('/etc/passwd')`, `read_blob(...) is not allowed as a table`},
	{`SELECT * FROM read_csv('/etc/passwd')`, `read_csv(...) is not allowed as a table`},
	{`SELECT * FROM ReAd_CsV_auto('/etc/passwd')`, `is not allowed as a table`},
	{`SELECT * FROM read_json('/etc/passwd')`, `read_json(...) is not allowed as a table`},
	{`SELECT * FROM read_parquet('x')`, `read_parquet(...) is not allowed as a table`},
	{`SELECT * FROM sniff_csv('/etc/passwd')`, `sniff_csv(...) is not allowed as a table`},
	{`SELECT * FROM glob('/etc/*')`, `glob(...) is not allowed as a table`},
	{`SELECT * FROM '/etc/passwd'`, `no table "/etc/passwd"`},
	{`SELECT * FROM "/tmp/x.csv"`, `no table "/tmp/x.csv"`},
	{`FROM 'https://example.com/x.parquet'`, `no table "https://example.com/x.parquet"`},
	{`SELECT (SELECT count(*) FROM read_text('/etc/passwd'))`, `read_text(...) is not allowed as a table`},
	{`SELECT 1 WHERE EXISTS (FROM trades JOIN read_text('/etc/passwd') ON true)`, `read_text(...) is not allowed as a table`},
	{`WITH x AS (SELECT * FROM read_text('/etc/passwd')) SELECT * FROM x`, `read_text(...) is not allowed as a table`},
	{`DESCRIBE SELECT * FROM read_text('/etc/passwd')`, `read_text(...) is not allowed as a table`},
	{`SUMMARIZE "/etc/passwd"`, `no table "/etc/passwd"`},
	{`SELECT * FROM query('DROP TABLE trades')`, `query(...) is not allowed as a table`},
	{`SELECT * FROM query_table('trades')`, `query_table(...) is not allowed as a table`},
	{`SELECT * FROM json_execute_serialized_sql('{}')`, `json_execute_serialized_sql(...) is not allowed as a table`},
	{`SELECT * FROM duckdb_settings()`, `duckdb_settings(...) is not allowed as a table`},
	{`SELECT * FROM pragma_version()`, `pragma_version(...) is not allowed as a table`},
	{`SELECT * FROM information_schema.tables`, `no table "information_schema.tables"`},
	{`SELECT * FROM sqlite_master`, `no table "sqlite_master"`},
	{`COPY (SELECT 1) TO '/tmp/gw_attack.csv'`, `only one SELECT is answered here`},
	{`COPY trades FROM '/etc/passwd'`, `only one SELECT is answered here`},
	{`EXPORT DATABASE '/tmp/gw_attack'`, `only one SELECT is answered here`},
	{`ATTACH '/tmp/gw_attack.db'`, `only one SELECT is answered here`},
	{`INSTALL httpfs`, `only one SELECT is answered here`},
	{`LOAD '/tmp/x.duckdb_extension'`, `only one SELECT is answered here`},
	{`SET enable_external_access=true`, `only one SELECT is answered here`},
	{`RESET memory_limit`, `only one SELECT is answered here`},
	{`PRAGMA enable_profiling`, `only one SELECT is answered here`},
	{`PRAGMA database_list`, `only one SELECT is answered here`},
	{`CALL pragma_version()`, `only one SELECT is answered here`},
	{`CHECKPOINT`, `only one SELECT is answered here`},
	{`DROP TABLE trades`, `only one SELECT is answered here`},
	{`DELETE FROM trades`, `only one SELECT is answered here`},
	{`INSERT INTO trades SELECT * FROM trades`, `only one SELECT is answered here`},
	{`UPDATE trades SET n = 1`, `only one SELECT is answered here`},
	{`CREATE TABLE x AS SELECT 1`, `only one SELECT is answered here`},
	{`CREATE MACRO f() AS 1`, `only one SELECT is answered here`},
	{`PREPARE x AS SELECT 1`, `only one SELECT is answered here`},
	{`EXECUTE x`, `only one SELECT is answered here`},
	{`BEGIN`, `only one SELECT is answered here`},
	{`EXPLAIN ANALYZE SELECT 1`, `only one SELECT is answered here`},
	{`VACUUM`, `only one SELECT is answered here`},
	{`SELECT 1; DROP TABLE trades`, `only one SELECT is answered here`},
	{`SELECT 1; SELECT 2`, `got 2 statements, want one SELECT`},
	{`/* SELECT */ DROP TABLE trades -- SELECT`, `only one SELECT is answered here`},
	{"SELECT 1 --\n; DELETE FROM trades", `only one SELECT is answered here`},
	{`WITH x AS (DELETE FROM trades RETURNING *) SELECT * FROM x`, `A CTE needs a SELECT`},
	{`SELECT * INTO x FROM trades`, ``},
	{``, `got 0 statements, want one SELECT`},
	{`;;`, `got 0 statements, want one SELECT`},
	{`-- nothing`, `got 0 statements, want one SELECT`},
	{`SELECT $1`, `got 1 parameters, want a statement without any`},
	{`SELECT getenv('HOME')`, `getenv`},
}

func TestS29S30AttacksAreRefusedByTheParser(t *testing.T) {
	p := pool(t, filled(t), query.Limits{})
	for _, tc := range attacks {
		if got := ask(t, p, tc.sql); !strings.HasPrefix(got, "0@") || !strings.Contains(got, tc.want) {
			t.Errorf("%s\ngot  %s\nwant %s", tc.sql, got, tc.want)
		}
	}
	left, err := filepath.Glob("/tmp/gw_attack*")
	if err != nil || len(left) > 0 {
		t.Errorf("the attacks left %v", left)
	}
}

func TestS30HarmlessFormsOfSelectAreAnswered(t *testing.T) {
	p := pool(t, filled(t), query.Limits{})
	for _, sql := range []string{
		"SELECT 1 AS x;", "  select 1 as x -- DROP TABLE trades", "/* ; */ SELECT 1 AS x;;", "VALUES (1)", "FROM trades", "TABLE trades",
		"WITH trades AS (SELECT 1) SELECT * FROM trades", "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i+1 FROM r WHERE i < 3) FROM r",
		"SELECT 'DROP TABLE trades; COPY' AS x", "SELECT * FROM range(3)", "SELECT unnest([1,2])", "SELECT 1 UNION SELECT 2",
		"SELECT * FROM TRADES t JOIN state.trades s USING (symbol)", "SUMMARIZE lists", "DESCRIBE state.trades", "DESCRIBE SELECT * FROM trades", "SHOW ALL TABLES",
		"SELECT symbol, count(*) OVER (PARTITION BY symbol) FROM trades QUALIFY row_number() OVER () = 1",
	} {
		if got := ask(t, p, sql); !strings.HasPrefix(got, "[{") {
			t.Errorf("%s: got %s", sql, got)
		}
	}
}

func TestS31RowsAreCapped(t *testing.T) {
	p := pool(t, filled(t), query.Limits{Rows: 5})
	for rows, want := range map[int]int{0: 5, 3: 3, 100: 5, -1: 5} {
		r, err := p.Query(t.Context(), "SELECT * FROM range(7000)", rows, query.JSON)
		if err != nil || r.Rows != want || !r.Truncated {
			t.Errorf("%d rows: got %+v %v, want %d", rows, r, err, want)
		}
	}
	if r, err := p.Query(t.Context(), "SELECT * FROM range(5)", 5, query.JSON); err != nil || r.Truncated {
		t.Errorf("got %+v %v, want all rows", r, err)
	}
}

func TestS31InputIsCapped(t *testing.T) {
	p := pool(t, filled(t), query.Limits{Input: 10})
	if got, want := ask(t, p, "SELECT 1 FROM trades"), "1@-1 the tables that the query reads are too large: trades"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestS31QueriesAreBoundedInNumber(t *testing.T) {
	p := pool(t, filled(t), query.Limits{Running: 1, Waiting: 1})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 3)
	for range 3 {
		go func() {
			_, err := p.Query(ctx, "SELECT count(*) FROM range(10000000000) a, range(10000000000) b", 0, query.JSON)
			ended <- err
		}()
	}
	var e *query.Error
	if err := <-ended; !errors.As(err, &e) || e.Reason != query.Busy {
		t.Errorf("got %v, want busy", err)
	}
	cancel()
	for range 2 {
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want the caller's end", err)
		}
	}
}

func TestS32NamesAreQuoted(t *testing.T) {
	p := pool(t, filled(t), query.Limits{})
	for _, tc := range []struct{ sql, want string }{
		{`SELECT "order", ORDER_1, "a""b", "x'; DROP TABLE trades" AS d FROM trades WHERE id='t1'`, `[{"order":"o","ORDER_1":"O","a\"b":"q","d":"d"}]`},
		{`SELECT nope FROM trades`, `0@7 Binder Error: Referenced column "nope" not found in FROM clause!`},
		{`SELECT symbo FROM trades`, `0@7 Binder Error: Referenced column "symbo" not found in FROM clause!
Candidate bindings: "trades.symbol"`},
		{"SELECT 1,\n  nope FROM trades", `0@12 Binder Error: Referenced column "nope" not found in FROM clause!`},
		{`selec 1`, `0@0 syntax error at or near "selec"`},
		{`SELECT 1 FROM trade`, `0@14 no table "trade" (there are: trades, lists, legs, never, state.trades)`},
		{`SELECT 1 FROM state.nope`, `0@14 no table "state.nope"`},
		{`SELECT CAST(symbol AS INT) FROM trades`, `0@7 Conversion Error: Could not convert string 'AAPL' to INT32`},
	} {
		if got := ask(t, p, tc.sql); !strings.HasPrefix(got, tc.want) {
			t.Errorf("%s\ngot  %s\nwant %s", tc.sql, got, tc.want)
		}
	}
}

// TestS18RowsOfOthersNeverLeave compares two callers in every table.
func TestS18RowsOfOthersNeverLeave(t *testing.T) {
	g := filled(t)
	g.Filter = func(ctx context.Context, _ string, r schema.Record) bool {
		who, _ := gateway.CallerOf(ctx)
		c, _ := r.Type().Column("owner")
		owner, _ := c.String(r)
		return owner == who.Name
	}
	p := pool(t, g, query.Limits{})
	for _, tc := range []struct{ table, ann, bob string }{
		{"trades", "2", "1"}, {"lists", "1", "1"}, {"legs", "0", "1"}, {"state.trades", "1", "1"},
	} {
		for who, want := range map[string]string{"ann": tc.ann, "bob": tc.bob, "eve": "0"} {
			ctx := gateway.WithCaller(t.Context(), gateway.Caller{Name: who})
			r, err := p.Query(ctx, "SELECT count(*), count(DISTINCT owner) FROM "+tc.table+" WHERE owner <> '"+who+"' UNION ALL SELECT count(*), 0 FROM "+tc.table, 0, query.CSV)
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(string(r.Body), "\n")
			if lines[1] != "0,0" || lines[2] != want+",0" {
				t.Errorf("%s as %s: got %q, want %s rows", tc.table, who, r.Body, want)
			}
		}
	}
}
