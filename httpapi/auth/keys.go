package auth

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
)

// Key is a secret with who holds it and what it may do.
type Key struct {
	// Name is who the holder is.
	Name string
	// Value is the secret: at least 8 characters and no space.
	Value string
	// Scopes is what the holder may do; nil means everything.
	Scopes []Scope
	// Claims are those of the Identity.
	Claims map[string]string
}

// KeySet is a Method: API keys as csp-gateway's client sends them, as query, header or cookie "token".
type KeySet struct {
	Token

	keys  atomic.Pointer[[]hashedKey]
	given []Key // until New
	file  *followed
	err   error
}

var _ formed = (*KeySet)(nil)

type hashedKey struct {
	sum [32]byte
	who *Identity
}

// Keys returns a set of keys. What is wrong with one is the error of New.
func Keys(keys ...Key) *KeySet {
	s := &KeySet{given: keys}
	if len(keys) > 0 {
		s.err = s.Replace(keys...)
	}
	return s
}

// Replace changes the keys; WebSockets that were opened with one that is gone end within five seconds. A key that is
// empty, short or has spaces is an error, and then nothing changes.
func (s *KeySet) Replace(keys ...Key) error {
	if len(keys) == 0 {
		return errNoKey
	}
	hashed := make([]hashedKey, len(keys))
	for i, k := range keys {
		if err := CheckKey(k.Value); err != nil {
			return fmt.Errorf("auth: API key %q: %w", k.Name, err)
		}
		scopes := k.Scopes
		if scopes == nil {
			scopes = AllScopes()
		}
		hashed[i] = hashedKey{sha256.Sum256([]byte(k.Value)), &Identity{User: k.Name, Claims: k.Claims, Scopes: scopes}}
	}
	s.keys.Store(&hashed)
	return nil
}

var errNoKey = errors.New("auth: got no API key, want at least one")

// minKey is the least length of a key.
const minKey = 8

// CheckKey says whether a text can be a key: at least 8 characters and no space. The error does not show it.
func CheckKey(key string) error {
	if len(key) < minKey || strings.ContainsFunc(key, unfit) {
		return fmt.Errorf("want a value of at least %d characters without spaces", minKey)
	}
	return nil
}

func unfit(r rune) bool { return r <= ' ' || r == 0x7f }

func (s *KeySet) check() error {
	s.given = nil
	if s.err == nil && s.keys.Load() == nil {
		return errNoKey
	}
	return s.err
}

// Identify finds the first valid key of query, header and cookie.
func (s *KeySet) Identify(r *http.Request) (g Grant, present, ok bool) {
	all, stale := s.tokens(r)
	for _, given := range all {
		sum := sha256.Sum256([]byte(given))
		if who := s.holder(sum); who != nil {
			return Grant{Identity: who, Valid: func() bool { return s.holder(sum) == who }}, true, true
		}
	}
	return Grant{}, len(all) > 0 && !stale, false
}

func (s *KeySet) submitted(r *http.Request) (who *Identity, missing bool) {
	key := r.PostFormValue(s.tokenName())
	if key == "" {
		return nil, true
	}
	return s.holder(sha256.Sum256([]byte(key))), false
}

// holder compares with every key, so that the time says nothing.
func (s *KeySet) holder(sum [32]byte) *Identity {
	if s.file != nil {
		s.file.look(s)
	}
	var who *Identity
	for _, k := range *s.keys.Load() {
		if subtle.ConstantTimeCompare(k.sum[:], sum[:]) == 1 {
			who = k.who
		}
	}
	return who
}
