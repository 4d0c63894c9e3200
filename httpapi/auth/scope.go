package auth

import (
	"fmt"
	"slices"
	"strings"
)

// Scope is what a route asks of its caller. A caller has any number of them.
type Scope string

// The scopes. Public routes ask for nothing, Read those that show values, Send and Stage those that give some, Control
// those that drive or end the gateway.
const (
	Public  Scope = ""
	Read    Scope = "read"
	Send    Scope = "send"
	Stage   Scope = "stage"
	Control Scope = "control"
)

// AllScopes returns every scope but Public, the least powerful first.
func AllScopes() []Scope { return []Scope{Read, Send, Stage, Control} }

// ParseScopes reads names such as "read,send"; "all" or nothing means all of them.
func ParseScopes(text string) ([]Scope, error) {
	if text = strings.TrimSpace(text); text == "" || text == "all" {
		return AllScopes(), nil
	}
	var scopes []Scope
	for name := range strings.SplitSeq(text, ",") {
		s := Scope(strings.TrimSpace(name))
		if !slices.Contains(AllScopes(), s) {
			return nil, fmt.Errorf("scope: got %q, want read, send, stage, control or all", name)
		}
		scopes = append(scopes, s)
	}
	return scopes, nil
}
