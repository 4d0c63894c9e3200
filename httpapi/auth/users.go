package auth

import (
	"context"
	"errors"
	"net/http"

	"golang.org/x/crypto/bcrypt"
)

// User is somebody who logs in with a password.
type User struct {
	// Name is the login.
	Name string
	// Hash is the password's bcrypt hash (HashPassword).
	Hash string
	// Role, Claims and Scopes are those of the Identity; nil Scopes mean everything.
	Role   string
	Claims map[string]string
	Scopes []Scope
}

// HashPassword returns the bcrypt hash of a password of 1 to 72 bytes.
func HashPassword(password string) (string, error) {
	if password == "" {
		return "", errors.New("password: got none")
	}
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.DefaultCost)
	return string(hash), err
}

// CheckHash says whether a text is a bcrypt hash.
func CheckHash(hash string) error {
	_, err := bcrypt.Cost([]byte(hash))
	return err
}

// PasswordValidator says who has a name and password, or ErrUnauthorized if nobody does. It may be called from any
// goroutine.
type PasswordValidator func(ctx context.Context, name, password string) (*Identity, error)

// UserSet is a Method: users who log in by form or send their password with Basic. Set its exported fields before New.
type UserSet struct {
	// Validate is asked about who is none of the users; nil means nobody else. What it says is kept for ten seconds.
	Validate PasswordValidator
	// NoBasic and NoForm turn off one of the two ways.
	NoBasic, NoForm bool

	users   map[string]known
	decoy   []byte // compared with when there is no such user, so that both take as long
	answers answers
	err     error
}

var _ formed = (*UserSet)(nil)

type known struct {
	hash []byte
	who  *Identity
}

// Users returns a set of users. What is wrong with one is the error of New.
func Users(users ...User) *UserSet {
	s := &UserSet{users: map[string]known{}}
	for _, u := range users {
		if CheckHash(u.Hash) != nil || u.Name == "" {
			s.err = errors.Join(s.err, errors.New("auth: user "+u.Name+": want a name and a bcrypt hash"))
			continue
		}
		scopes := u.Scopes
		if scopes == nil {
			scopes = AllScopes()
		}
		s.users[u.Name] = known{[]byte(u.Hash), &Identity{User: u.Name, Role: u.Role, Claims: u.Claims, Scopes: scopes}}
		s.decoy = []byte(u.Hash)
	}
	return s
}

func (s *UserSet) check() error {
	switch {
	case s.err != nil:
		return s.err
	case len(s.users) == 0 && s.Validate == nil:
		return errors.New("auth: got no user, want at least one")
	case s.NoBasic && s.NoForm:
		return errors.New("auth: users: got neither Basic nor a form, want one of them")
	}
	return nil
}

func (s *UserSet) cookie() string { return "session" }

func (s *UserSet) challenge() string {
	if s.NoBasic {
		return ""
	}
	return `Basic realm="gateway", charset="UTF-8"`
}

// Status is 401.
func (s *UserSet) Status() int { return http.StatusUnauthorized }

// Identify checks the password of a Basic header. It makes no session.
func (s *UserSet) Identify(r *http.Request) (g Grant, present, ok bool) {
	name, password, present := r.BasicAuth()
	if !present || s.NoBasic {
		return Grant{}, false, false
	}
	who := s.log(r.Context(), name, password)
	if who == nil {
		return Grant{}, true, false
	}
	g.Identity = who
	if _, ours := s.users[name]; !ours {
		g.Valid = func() bool { return s.outside(context.Background(), name, password) != nil }
	}
	return g, true, true
}

// log returns who has the name and password, nil for nobody. Whether there is such a user does not show in the time.
func (s *UserSet) log(ctx context.Context, name, password string) *Identity {
	u, ours := s.users[name]
	if !ours {
		u.hash = s.decoy
	}
	if u.hash != nil && bcrypt.CompareHashAndPassword(u.hash, []byte(password)) == nil && ours {
		return u.who
	}
	if ours {
		return nil
	}
	return s.outside(ctx, name, password)
}

func (s *UserSet) outside(ctx context.Context, name, password string) *Identity {
	if s.Validate == nil {
		return nil
	}
	return s.answers.ask(ctx, name+"\x00"+password, func(ctx context.Context) (*Identity, error) { return s.Validate(ctx, name, password) })
}

func (s *UserSet) fields() []loginField {
	if s.NoForm {
		return nil
	}
	return []loginField{{"username", "User", "text"}, {"password", "Password", "password"}}
}

func (s *UserSet) submitted(r *http.Request) (who *Identity, missing bool) {
	name, password := r.PostFormValue("username"), r.PostFormValue("password")
	if name == "" || password == "" {
		return nil, true
	}
	return s.log(r.Context(), name, password), false
}
