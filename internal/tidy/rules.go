package tidy

import "fmt"

// A Finding is one offence against a rule. Where is what an exception names: a file, a function or a package.
type Finding struct {
	Where string
	Line  int // 0 when it concerns the whole of Where
	What  string
}

// String renders the finding as path:line: what.
func (f Finding) String() string {
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s", f.Where, f.What)
	}
	return fmt.Sprintf("%s:%d: %s", f.Where, f.Line, f.What)
}

// A Rule finds offences in a tree.
type Rule struct {
	Name string
	Find func(*Tree) []Finding
}

// Rules returns every rule of the house.
func Rules() []Rule {
	return []Rule{
		{"file size", fileSize},
		{"function size", functionSize},
		{"exported names", exportedNames},
		{"doc comments", docComments},
		{"banned", banned},
		{"package names", packageNames},
		{"examples", examples},
	}
}
