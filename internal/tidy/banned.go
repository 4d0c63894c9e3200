package tidy

import (
	"go/ast"
	"regexp"
	"strings"
)

var leftover = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X|HA` + `CK)\b`)

// replacements says what to write instead of a call that the house does without.
var replacements = map[string]string{
	"time.Sleep":  "wait for the event itself: a channel, engine time, or testing/synctest",
	"time.Now":    "time comes from the engine's clock; a room that must read the wall clock has an exception with its reason",
	"log.Fatal":   "return the error; only cmd/gw ends the process",
	"log.Fatalf":  "return the error; only cmd/gw ends the process",
	"os.Exit":     "return the error; only cmd/gw ends the process",
	"fmt.Println": "write to the io.Writer that the command was given",
	"fmt.Printf":  "write to the io.Writer that the command was given",
	"http.Get":    "use a client with a timeout and a context",
}

func banned(t *Tree) []Finding {
	var found []Finding
	for _, f := range t.Files {
		found = append(found, bannedComments(t, f)...)
		if f.Test {
			if !importsSynctest(f) { // whose clock jumps: a sleep there waits for nothing
				found = append(found, bannedCalls(t, f, "time.Sleep")...)
			}
			continue
		}
		found = append(found, bannedCalls(t, f, "")...)
		for _, d := range f.AST.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				found = append(found, Finding{f.Path, t.Line(fn.Pos()), "init: nothing runs before main says so"})
			}
		}
	}
	return found
}

func importsSynctest(f *File) bool {
	for _, spec := range f.AST.Imports {
		if spec.Path.Value == `"testing/synctest"` {
			return true
		}
	}
	return false
}

func bannedComments(t *Tree, f *File) []Finding {
	var found []Finding
	for _, group := range f.AST.Comments {
		for _, c := range group.List {
			if word := leftover.FindString(c.Text); word != "" {
				found = append(found, Finding{f.Path, t.Line(c.Pos()), word + ": finish it, or write down as a fact what is not there"})
			}
		}
	}
	return found
}

// bannedCalls finds the calls of replacements; only, when given, narrows it to one of them.
func bannedCalls(t *Tree, f *File, only string) []Finding {
	var found []Finding
	ast.Inspect(f.AST, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		pkg, ok := sel.X.(*ast.Ident)
		if !ok {
			return true
		}
		name := pkg.Name + "." + sel.Sel.Name
		if instead, ok := replacements[name]; ok && (only == "" || name == only) {
			found = append(found, Finding{f.Path, t.Line(sel.Pos()), name + ": " + strings.TrimSpace(instead)})
		}
		return true
	})
	return found
}
