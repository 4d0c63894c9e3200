package auth

import (
	"context"
	"fmt"

	"gw/gateway"
	"gw/schema"
)

// Every is the value of a claim that matches every value of a field.
const Every = "*"

// FilterBy returns a gateway.Filter that shows a caller only values whose fields equal the caller's claims of the same
// names. A value whose type has none of the fields is shown to everybody; one that has a field is hidden from who has
// no such claim, and from who is nobody.
func FilterBy(fields ...string) gateway.Filter {
	return func(ctx context.Context, _ string, r schema.Record) bool {
		for _, field := range fields {
			c, has := r.Type().Column(field)
			if !has {
				continue
			}
			claim := claimOf(ctx, field)
			if value, set := c.String(r); claim != Every && (claim == "" || !set || value != claim) {
				return false
			}
		}
		return true
	}
}

// GuardBy returns a gateway.Guard that lets a caller give only values of its own: a field that is not set is filled with
// the caller's claim, one that differs from it is refused, as is everything of who has no such claim.
func GuardBy(fields ...string) gateway.Guard {
	return func(ctx context.Context, _ string, r schema.Record) error {
		for _, field := range fields {
			c, has := r.Type().Column(field)
			if has && !own(c, r, claimOf(ctx, field)) {
				return &ForeignError{Field: field}
			}
		}
		return nil
	}
}

// own reports whether the cell is the claim, or has become it.
func own(c *schema.Column, r schema.Record, claim string) bool {
	value, set := c.String(r)
	switch {
	case claim == Every:
		return true
	case claim == "":
		return false
	case !set || value == "":
		return c.SetString(r, claim)
	}
	return value == claim
}

// ForeignError says that a caller gave a value of somebody else.
type ForeignError struct{ Field string }

// Error returns the text that csp-gateway answers with.
func (e *ForeignError) Error() string {
	return fmt.Sprintf("Send data %s does not match authenticated user", e.Field)
}

// claimOf returns the caller's claim, "" if there is none. The claim "*" stands for those that are not there.
func claimOf(ctx context.Context, name string) string {
	caller, _ := gateway.CallerOf(ctx)
	if claim, ok := caller.Claims[name]; ok {
		return claim
	}
	return caller.Claims[Every]
}
