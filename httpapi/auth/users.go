package auth

import (
	"errors"
	"net/http"
	"net/url"

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

// UserSet is a Method: users who log in by form or send their password with Basic.
type UserSet struct {
	users map[string]known
	decoy []byte // compared with when there is no such user, so that both take as long
	err   error
}

var _ Pages = (*UserSet)(nil)

type known struct {
	hash []byte
	who  *Identity
}

// Users returns a set of users. What is wrong with one is the error of New.
func Users(users ...User) *UserSet {
	s := &UserSet{users: map[string]known{}}
	if len(users) == 0 {
		s.err = errors.New("auth: got no user, want at least one")
	}
	for _, u := range users {
		if _, err := bcrypt.Cost([]byte(u.Hash)); err != nil || u.Name == "" {
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

func (s *UserSet) check() error { return s.err }

func (s *UserSet) cookie() string { return "session" }

func (s *UserSet) challenge() string { return `Basic realm="gateway", charset="UTF-8"` }

// Status is 401.
func (s *UserSet) Status() int { return http.StatusUnauthorized }

// Identify checks the password of a Basic header. It makes no session.
func (s *UserSet) Identify(r *http.Request) (g Grant, present, ok bool) {
	name, password, present := r.BasicAuth()
	if !present {
		return Grant{}, false, false
	}
	who := s.log(name, password)
	return Grant{Identity: who}, true, who != nil
}

// log returns who has the name and password, nil for nobody; either way it takes as long.
func (s *UserSet) log(name, password string) *Identity {
	u, ok := s.users[name]
	if !ok {
		u.hash = s.decoy
	}
	if bcrypt.CompareHashAndPassword(u.hash, []byte(password)) != nil || !ok {
		return nil
	}
	return u.who
}

// maxForm bounds the body of the login form.
const maxForm = 8 << 10

// Routes are the form, the login with Basic, and the logout.
func (s *UserSet) Routes(g *Gate) []Route {
	return []Route{
		{http.MethodGet, "/login", func(w http.ResponseWriter, r *http.Request) { g.form(w, s.form(g, r.URL.Query())) }},
		{http.MethodPost, "/login", func(w http.ResponseWriter, r *http.Request) { s.submit(g, w, r) }},
		{http.MethodGet, g.cfg.Prefix + "/auth/login", g.begin(s, "/")},
		{http.MethodGet, g.cfg.Prefix + "/auth/logout", g.leave},
		{http.MethodGet, "/logout", g.leave},
	}
}

func (s *UserSet) form(g *Gate, query url.Values) loginForm {
	why := map[string]string{"invalid_credentials": "Wrong user or password.", "missing_credentials": "User and password are needed."}
	return loginForm{
		Action: g.cfg.Base + "/login", Method: "post", Error: why[query.Get("error")],
		Fields: []loginField{{"username", "User", "text"}, {"password", "Password", "password"}},
	}
}

func (s *UserSet) submit(g *Gate, w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	name, password := r.PostFormValue("username"), r.PostFormValue("password")
	switch {
	case g.failures.blocked(r):
		Refuse(w, http.StatusTooManyRequests, ErrTooMany.Error())
		return
	case name == "" || password == "":
		g.redirect(w, http.StatusSeeOther, "/login?error=missing_credentials")
		return
	}
	who := s.log(name, password)
	if who == nil {
		g.failures.count(r)
		g.redirect(w, http.StatusSeeOther, "/login?error=invalid_credentials")
		return
	}
	g.login(w, r, who)
	g.redirect(w, http.StatusSeeOther, "/")
}
