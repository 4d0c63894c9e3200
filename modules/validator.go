package modules

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"gw/httpapi/auth"
)

// TokenValidator is a module that says who holds a token, auth.ErrUnauthorized for nobody. It may be asked from any goroutine.
type TokenValidator interface {
	ValidateToken(ctx context.Context, token string) (*auth.Identity, error)
}

// PasswordValidator is a module that says who has a name and password, auth.ErrUnauthorized for nobody. It may be asked from
// any goroutine.
type PasswordValidator interface {
	ValidatePassword(ctx context.Context, name, password string) (*auth.Identity, error)
}

// tokenValidator is what external_validator means for tokens.
func tokenValidator(v any) (auth.Validator, error) {
	switch v := v.(type) {
	case TokenValidator:
		return v.ValidateToken, nil
	case auth.Validator:
		return v, nil
	}
	return asked(v, func(url string) auth.Validator { return auth.AskHTTP(nil, url) }, auth.AskCommand)
}

// passwordValidator is what external_validator means for passwords.
func passwordValidator(v any) (auth.PasswordValidator, error) {
	switch v := v.(type) {
	case PasswordValidator:
		return v.ValidatePassword, nil
	case auth.PasswordValidator:
		return v, nil
	}
	return asked(v, func(url string) auth.PasswordValidator { return auth.AskPasswordHTTP(nil, url) }, auth.AskPasswordCommand)
}

// asked is a validator that is no part of the program.
func asked[V any](v any, byURL func(url string) V, byCommand func(name string, args ...string) V) (none V, err error) {
	if v == nil {
		return none, errNoValidator
	}
	address, words, err := outside(v)
	switch {
	case err != nil:
		return none, err
	case address != "":
		return byURL(address), nil
	}
	return byCommand(words[0], words[1:]...), nil
}

var (
	errNoValidator = errors.New("got none, want a URL, a command, or a module that validates")
	pythonPath     = regexp.MustCompile(`^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$`)
)

// outside reads a validator that is no part of the program: a URL, or a command as text or as a list of words.
func outside(v any) (address string, words []string, err error) {
	switch v := v.(type) {
	case string:
		if strings.HasPrefix(v, "http://") || strings.HasPrefix(v, "https://") {
			u, err := url.Parse(v)
			if err != nil || u.Host == "" {
				return "", nil, fmt.Errorf("got %q, want a URL such as https://auth.example/validate", v)
			}
			return v, nil, nil
		}
		words = strings.Fields(v)
	case []any:
		for _, word := range v {
			words = append(words, fmt.Sprint(word))
		}
	default:
		return "", nil, fmt.Errorf("got %T, want a URL, a command, or a module that validates", v)
	}
	switch {
	case len(words) == 0:
		return "", nil, errNoValidator
	case len(words) == 1 && pythonPath.MatchString(words[0]):
		return "", nil, fmt.Errorf("got %q, want a URL or a command: gw calls no Python function", words[0])
	}
	return "", words, nil
}

// validatorHint is what to do about a validator that is none.
const validatorHint = "a command that calls a Python function stands in docs/auth.md"
