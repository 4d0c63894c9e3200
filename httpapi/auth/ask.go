package auth

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"time"
)

const maxAnswer = 64 << 10

// AskHTTP returns a Validator that posts {"token": ...} to a URL. 200 with an identity as JSON lets the holder in, 401,
// 403 and 404 do not, everything else is an error. c is the client to use; nil means http.DefaultClient.
func AskHTTP(c *http.Client, url string) Validator {
	return func(ctx context.Context, token string) (*Identity, error) {
		return post(ctx, c, url, map[string]string{"token": token})
	}
}

// AskPasswordHTTP is AskHTTP for passwords: it posts {"username": ..., "password": ...}.
func AskPasswordHTTP(c *http.Client, url string) PasswordValidator {
	return func(ctx context.Context, name, password string) (*Identity, error) {
		return post(ctx, c, url, map[string]string{"username": name, "password": password})
	}
}

func post(ctx context.Context, c *http.Client, url string, question any) (*Identity, error) {
	body, err := json.Marshal(question)
	if err != nil {
		return nil, err
	}
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

// AskCommand returns a Validator that runs a program with the token as its standard input, so that it is in no list of
// processes. Exit code 0 with an identity as JSON on standard output lets the holder in, 1 does not, everything else is
// an error.
func AskCommand(program string, args ...string) Validator {
	return func(ctx context.Context, token string) (*Identity, error) { return run(ctx, token, program, args) }
}

// AskPasswordCommand is AskCommand for passwords: the name, a line break and the password are the standard input. A name
// with a line break is nobody's.
func AskPasswordCommand(program string, args ...string) PasswordValidator {
	return func(ctx context.Context, name, password string) (*Identity, error) {
		if strings.ContainsAny(name, "\r\n") {
			return nil, ErrUnauthorized
		}
		return run(ctx, name+"\n"+password, program, args)
	}
}

func run(ctx context.Context, input, program string, args []string) (*Identity, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdin = strings.NewReader(input)
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

// readIdentity reads what an outside validator says: an object with user, and if it likes role, claims and scopes.
// Further members that are text become claims. Without scopes it may do everything.
func readIdentity(answer []byte) (*Identity, error) {
	var who Identity
	if err := json.Unmarshal(answer, &who); err != nil || who.User == "" {
		return nil, errors.New(`auth: external: want an identity such as {"user":"alice"}`)
	}
	var members map[string]any
	if err := json.Unmarshal(answer, &members); err != nil {
		return nil, err
	}
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
