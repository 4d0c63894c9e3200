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
		{"exported names", "engine/op", "", "one name an operator: the list is the catalogue"},
		{"banned", "cmd/gw/", "os.Exit", "the one place that ends the process"},
	}
}

// Covers tells whether the exception is meant for the finding.
func (e Exception) Covers(rule string, f Finding) bool {
	here := e.Where == f.Where || strings.HasSuffix(e.Where, "/") && strings.HasPrefix(f.Where, e.Where)
	return e.Rule == rule && here && strings.Contains(f.What, e.What)
}
