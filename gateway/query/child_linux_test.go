package query_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"gw/gateway/query"
)

func TestS31BombsDieBelowTheCaps(t *testing.T) {
	g := filled(t)
	p := pool(t, g, query.Limits{Deadline: 4 * time.Second, Memory: 512 << 20, Output: 1 << 20})
	for _, sql := range []string{
		"SELECT repeat(repeat('x',1000000),2000)",
		"SELECT length(repeat(repeat('x',1000000),2000))",
		"SELECT repeat('x',1000000000)",
		"SELECT count(*) FROM range(10000000000) a, range(10000000000) b",
		"WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i+1 FROM r) SELECT max(i) FROM r",
		"SELECT list(range) FROM range(10000000000)",
		"SELECT * FROM range(100000000)",
		"SELECT repeat('x', 2000000)",
		"SELECT " + strings.Repeat("(", 20000) + "1" + strings.Repeat(")", 20000),
	} {
		got := ask(t, p, sql)
		if !strings.HasPrefix(got, "1@") && !strings.HasPrefix(got, "2@") && !strings.Contains(got, "memory exhausted") {
			t.Errorf("%.60s: got %.200s, want it refused", sql, got)
		}
	}
	if got, want := ask(t, p, "SELECT count(*) AS n FROM trades"), `[{"n":3}]`; got != want {
		t.Errorf("afterwards: got %s, want %s", got, want)
	}
	if most := query.LargestChild(t); most > 700<<20 {
		t.Errorf("a child took %d MB, want at most what it started with and 512", most>>20)
	}
}

// Nothing secret in the parent's environment reaches a child.
func TestChildLivesInAnEmptyEnvironment(t *testing.T) {
	if err := os.Setenv("GW_SECRET_OF_A_TEST", "hush"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Unsetenv("GW_SECRET_OF_A_TEST") })
	for _, env := range query.ChildEnv(t) {
		if strings.Contains(env, "hush") {
			t.Errorf("a child has %s", env)
		}
	}
}
