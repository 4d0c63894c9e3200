package tidy

import (
	"fmt"
	"go/token"
	"strings"
	"testing"
)

func TestTheHouseIsTidy(t *testing.T) {
	tree, err := Read("../..")
	if err != nil {
		t.Fatal(err)
	}
	used := map[Exception]bool{}
	for _, rule := range Rules() {
		for _, finding := range rule.Find(tree) {
			if e, ok := excepted(rule.Name, finding); ok {
				used[e] = true
				continue
			}
			t.Errorf("%s: %v", rule.Name, finding)
		}
	}
	for _, e := range Exceptions() {
		if !used[e] {
			t.Errorf("the exception for %s (%s) is not needed any more; delete its line", e.Where, e.Rule)
		}
	}
}

func excepted(rule string, f Finding) (Exception, bool) {
	for _, e := range Exceptions() {
		if e.Covers(rule, f) {
			return e, true
		}
	}
	return Exception{}, false
}

func TestEachRuleFindsItsOffence(t *testing.T) {
	long := strings.Repeat("\t_ = 1\n", functionMax+1)
	many := ""
	for i := range exportedMax + 1 {
		many += fmt.Sprintf("// N%d is documented.\nconst N%d = 1\n", i, i)
	}
	cases := []struct{ name, rule, path, text, want string }{
		{"long file", "file size", "a/a.go", "package a\n" + strings.Repeat("\n", fileMax), "lines, want at most 700"},
		{"long function", "function size", "a/a.go", "package a\nfunc f() {\n" + long + "}\n", "f has 102 lines"},
		{"many names", "exported names", "a/a.go", "package a\n" + many, "exports 61 names"},
		{"no package comment", "doc comments", "a/a.go", "package a\n", "no file says what the package is for"},
		{"no doc comment", "doc comments", "a/a.go", "// Package a is.\npackage a\nfunc F() {}\n", "F has no doc comment"},
		{"method without one", "doc comments", "a/a.go", "// Package a is.\npackage a\n// T is.\ntype T int\nfunc (t *T) M() {}\n", "M has no doc comment"},
		{"init", "banned", "a/a.go", "package a\nfunc init() {}\n", "nothing runs before main"},
		{"wall clock", "banned", "a/a.go", "package a\nimport \"time\"\nvar t = time.Now()\n", "time.Now"},
		{"sleeping test", "banned", "a/a_test.go", "package a\nimport \"time\"\nfunc f() { time.Sleep(1) }\n", "time.Sleep"},
		{"leftover", "banned", "a/a.go", "package a\n// TO" + "DO later\n", "finish it"},
		{"no example", "examples", "engine/a.go", "package engine\nfunc F() {}\n", "F is in no example of engine"},
		{"empty name", "package names", "util/a.go", "package util\n", "says nothing"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			tree, err := plant(tc.path, tc.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := findings(tree, tc.rule); !strings.Contains(got, tc.want) {
				t.Errorf("got %q, want a finding with %q", got, tc.want)
			}
		})
	}
}

func TestGoodCodeHasNoFindings(t *testing.T) {
	tree, err := plant("a/a.go", "// Package a is.\npackage a\n\n// F does.\nfunc F() {}\n\ntype t int\n\nfunc (t) M() {}\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range Rules() {
		if got := findings(tree, rule.Name); got != "" {
			t.Errorf("%s: got %q, want nothing", rule.Name, got)
		}
	}
}

func plant(path, text string) (*Tree, error) {
	tree := &Tree{Fset: token.NewFileSet()}
	return tree, tree.Add(path, text)
}

func findings(tree *Tree, name string) string {
	var all []string
	for _, rule := range Rules() {
		if rule.Name != name {
			continue
		}
		for _, f := range rule.Find(tree) {
			all = append(all, f.String())
		}
	}
	return strings.Join(all, "\n")
}
