package tidy

import "strings"

// An Exception lets one place break one rule, for a reason that a reviewer reads.
type Exception struct {
	Rule  string
	Where string // the finding's Where; one that ends in "/" covers the folder
	What  string // a part of the finding's text
	Why   string
}

// Exceptions returns every one there is.
func Exceptions() []Exception {
	return []Exception{
		{"exported names", "engine", "exports", "edges, adapters, baskets and the run loop share their inside; apart they would have to export it"},
		{"exported names", "engine/op", "exports", "one name an operator, and csp has as many"},
		{"banned", "engine/wall.go", "time.Now", "the one place where engine time meets the wall clock"},
		{"banned", "gateway/clock.go", "time.Now", "the moment at which a value from outside was checked"},
		{"banned", "client/link.go", "time.Now", "deadlines of a network connection"},
		{"banned", "httpapi/socket.go", "time.Now", "deadlines of a network connection"},
		{"banned", "httpapi/auth/clock.go", "time.Now", "the clock of sessions, which end whether or not an engine runs"},
		{"banned", "tui/run.go", "time.Now", "the frame's clock; the pages get it as a function, so that tests set it"},
		{"banned", "gateway/query/child.go", "os.Exit", "a process that was started for one query is over when that is"},
		{"banned", "cli/configured.go", "time.Now", "what ${now:...} in a configuration means"},
		{"banned", "cmd/gw/", "os.Exit", "the one place that ends the process"},
	}
}

// Covers tells whether the exception is meant for the finding.
func (e Exception) Covers(rule string, f Finding) bool {
	here := e.Where == f.Where || strings.HasSuffix(e.Where, "/") && strings.HasPrefix(f.Where, e.Where)
	return e.Rule == rule && here && strings.Contains(f.What, e.What)
}
