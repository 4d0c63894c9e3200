package auth

import (
	"context"
	"errors"
	"net/http"
)

// Validator says who holds a token, or ErrUnauthorized if nobody does. It may be called from any goroutine.
type Validator func(ctx context.Context, token string) (*Identity, error)

const maxTokenSize = 8 << 10

// External is a Method: tokens that somebody else knows. It takes them where KeySet does.
type External struct {
	Token

	validate Validator
	answers  answers
}

var _ formed = (*External)(nil)

// Ask returns a Method that asks v about each token, and keeps what it says for ten seconds.
func Ask(v Validator) *External { return &External{validate: v} }

func (e *External) check() error {
	if e.validate == nil {
		return errors.New("auth: external: got no validator")
	}
	return nil
}

// Identify asks about query, header and cookie, in this order.
func (e *External) Identify(r *http.Request) (g Grant, present, ok bool) {
	all, stale := e.tokens(r)
	for _, token := range all {
		if who := e.holder(r.Context(), token); who != nil {
			return Grant{Identity: who, Valid: func() bool { return e.holder(context.Background(), token) != nil }}, true, true
		}
	}
	return Grant{}, len(all) > 0 && !stale, false
}

// holder asks about a token that can be one.
func (e *External) holder(ctx context.Context, token string) *Identity {
	if token == "" || len(token) > maxTokenSize {
		return nil
	}
	return e.answers.ask(ctx, token, func(ctx context.Context) (*Identity, error) { return e.validate(ctx, token) })
}

func (e *External) submitted(r *http.Request) (who *Identity, missing bool) {
	token := r.PostFormValue(e.tokenName())
	return e.holder(r.Context(), token), token == ""
}
