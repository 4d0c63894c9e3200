package auth

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"sync"
	"time"
)

// Validator says who holds a token, or ErrUnauthorized if nobody does. It may be called from any goroutine.
type Validator func(ctx context.Context, token string) (*Identity, error)

const (
	askWithin    = 5 * time.Second
	answerKept   = 10 * time.Second
	maxAnswers   = 10_000
	maxAnswer    = 64 << 10
	maxTokenSize = 8 << 10
)

// External is a Method: tokens that somebody else knows. It takes them where KeySet does.
type External struct {
	ask Validator
	now func() time.Time

	mu    sync.Mutex
	known map[[32]byte]answered
}

var _ Pages = (*External)(nil)

type answered struct {
	who   *Identity
	until time.Time
}

// Ask returns a Method that asks v about each token, and keeps what it says for ten seconds.
func Ask(v Validator) *External {
	return &External{ask: v, now: wallClock, known: map[[32]byte]answered{}}
}

func (e *External) check() error {
	if e.ask == nil {
		return errors.New("auth: external: got no validator")
	}
	return nil
}

func (e *External) cookie() string { return tokenName }

// Status is 403, as for keys.
func (e *External) Status() int { return http.StatusForbidden }

// Identify asks about query, header and cookie "token", in this order.
func (e *External) Identify(r *http.Request) (g Grant, present, ok bool) {
	for _, token := range tokens(r) {
		if len(token) > maxTokenSize {
			continue
		}
		present = true
		if who := e.holder(r.Context(), token); who != nil {
			return Grant{Identity: who, Valid: func() bool { return e.holder(context.Background(), token) != nil }}, true, true
		}
	}
	return Grant{}, present, false
}

func (e *External) holder(ctx context.Context, token string) *Identity {
	sum := sha256.Sum256([]byte(token))
	now := e.now()
	e.mu.Lock()
	kept, ok := e.known[sum]
	e.mu.Unlock()
	if ok && now.Before(kept.until) {
		return kept.who
	}
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	who, err := e.ask(ctx, token)
	if err != nil && !errors.Is(err, ErrUnauthorized) {
		return nil // not asked successfully: nobody comes in, and nothing is kept
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.known) >= maxAnswers {
		clear(e.known)
	}
	e.known[sum] = answered{who, now.Add(answerKept)}
	return who
}

// Routes are those of KeySet.
func (e *External) Routes(g *Gate) []Route { return tokenRoutes(g, e) }

// AskHTTP returns a Validator that posts {"token": ...} to a URL. 200 with an identity as JSON lets the holder in, 401,
// 403 and 404 do not, everything else is an error. c is the client to use; nil means http.DefaultClient.
func AskHTTP(c *http.Client, url string) Validator {
	return func(ctx context.Context, token string) (*Identity, error) {
		body, _ := json.Marshal(map[string]string{"token": token})
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
		if err != nil {
			return nil, err
		}
		req.Header.Set("Content-Type", "application/json")
		res, err := cmp.Or(c, http.DefaultClient).Do(req)
		if err != nil {
			return nil, err
		}
		defer res.Body.Close()
		switch res.StatusCode {
		case http.StatusOK:
			answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
			if err != nil {
				return nil, err
			}
			return readIdentity(answer)
		case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound:
			return nil, ErrUnauthorized
		}
		return nil, fmt.Errorf("auth: external: got status %d", res.StatusCode)
	}
}

// AskCommand returns a Validator that runs a program with the token as its standard input, so that it is in no list of
// processes. Exit code 0 with an identity as JSON on standard output lets the holder in, 1 does not, everything else is
// an error.
func AskCommand(program string, args ...string) Validator {
	return func(ctx context.Context, token string) (*Identity, error) {
		cmd := exec.CommandContext(ctx, program, args...)
		cmd.Stdin = bytes.NewBufferString(token)
		cmd.WaitDelay = time.Second
		out, err := cmd.Output()
		if failed, ok := errors.AsType[*exec.ExitError](err); ok && failed.ExitCode() == 1 {
			return nil, ErrUnauthorized
		}
		if err != nil {
			return nil, fmt.Errorf("auth: external: %w", err)
		}
		return readIdentity(out[:min(len(out), maxAnswer)])
	}
}

// readIdentity reads what an outside validator says: an object with user, and if it likes role, claims and scopes.
// Further members that are text become claims. Without scopes it may do everything.
func readIdentity(answer []byte) (*Identity, error) {
	var who Identity
	if err := json.Unmarshal(answer, &who); err != nil || who.User == "" {
		return nil, errors.New(`auth: external: want an identity such as {"user":"alice"}`)
	}
	var members map[string]any
	json.Unmarshal(answer, &members)
	for name, v := range members {
		text, ok := v.(string)
		if _, given := who.Claims[name]; !ok || given || name == "role" {
			continue
		}
		if who.Claims == nil {
			who.Claims = map[string]string{}
		}
		who.Claims[name] = text
	}
	if who.Scopes == nil {
		who.Scopes = AllScopes()
	}
	return &who, nil
}
