package modules

import (
	"errors"
	"fmt"
	"time"

	"gw/config"
	"gw/gateway"
	"gw/httpapi"
	"gw/httpapi/auth"
)

// MountSimpleAuthMiddleware lets in who has a password, by the form of the login page or by HTTP Basic. Passwords over a
// network want TLS: a bind that other machines can reach does not start without it.
type MountSimpleAuthMiddleware struct {
	Base
	AuthOptions
	// Users are those who are known here.
	Users []NamedUser
	// UsersFile is a file with a line NAME SCOPES BCRYPT-HASH for each user, which only its owner may read.
	UsersFile string
	// ExternalValidator is who is asked about everybody else: a URL, which gets a POST of {"username": ..., "password": ...}
	// and answers 200 with an identity such as {"user": "alice", "role": "trader"} or 403; a command, as text or as a list of
	// words, which gets the name, a line break and the password on standard input and answers with the identity and exit code
	// 0, or exit code 1; or a module that has ValidatePassword. Answers count for ten seconds.
	ExternalValidator any
	// UseHostAuth would ask the operating system, and is refused: give a command that does.
	UseHostAuth bool
	// CookieName is the name of the cookie of a session.
	CookieName string `default:"session"`
	// SessionTimeout is how long the session of a login lasts.
	SessionTimeout time.Duration `default:"12h"`
	// EnableBasicAuth lets programs in by HTTP Basic, without a session.
	EnableBasicAuth bool `default:"true"`
	// EnableFormLogin gives browsers a login page.
	EnableFormLogin bool `default:"true"`
}

// NamedUser is somebody with a password.
type NamedUser struct {
	// Name is the login, and the claim user.
	Name string `must:"true"`
	// Hash is the bcrypt hash of the password, which `gw auth hash` makes.
	Hash string `must:"true" secret:"true"`
	// Role is free text for people.
	Role string
	// Scopes are what the user may do: read, send, stage, control, or all, which is what nothing means.
	Scopes []string
	// Claims are what fields of values are compared with (AuthFilter); * is every value.
	Claims map[string]string
}

var _ httpapi.Rester = (*MountSimpleAuthMiddleware)(nil)

// Connect does nothing: passwords are asked for at the door.
func (m *MountSimpleAuthMiddleware) Connect(*gateway.Bus) error { return nil }

// Check looks at what is said of users; it asks nobody.
func (m *MountSimpleAuthMiddleware) Check(c *config.Checking) {
	m.checkPaths(c)
	if m.UseHostAuth {
		c.Failf("use_host_auth", "external_validator: [COMMAND] can ask the host", "gw does not ask the operating system about passwords")
	}
	if len(m.Users) == 0 && m.UsersFile == "" && m.ExternalValidator == nil && !m.UseHostAuth {
		c.Failf("", "add users, users_file or external_validator", "knows no user")
	}
	if !m.EnableBasicAuth && !m.EnableFormLogin {
		c.Failf("enable_form_login", "turn one of them on", "got neither Basic nor a form")
	}
	if m.ExternalValidator != nil {
		if _, err := passwordValidator(m.ExternalValidator); err != nil {
			c.Failf("external_validator", validatorHint, "%v", err)
		}
	}
	for i, u := range m.Users {
		if auth.CheckHash(u.Hash) != nil {
			c.Failf(fmt.Sprintf("users.%d.hash", i), "`gw auth hash` makes one of a password", "want a bcrypt hash such as $2a$10$...")
		}
		checkScopes(c, fmt.Sprintf("users.%d.scopes", i), u.Scopes)
	}
}

// Rest adds the way to log in.
func (m *MountSimpleAuthMiddleware) Rest(c *httpapi.Config) error {
	if m.UseHostAuth {
		return errors.New("use_host_auth: gw does not ask the operating system about passwords")
	}
	var users []auth.User
	for _, u := range m.Users {
		scopes, err := scopesOf(u.Scopes)
		if err != nil {
			return fmt.Errorf("users: %s: scopes: %w", u.Name, err)
		}
		users = append(users, auth.User{Name: u.Name, Hash: u.Hash, Role: u.Role, Scopes: scopes, Claims: u.Claims})
	}
	if m.UsersFile != "" {
		more, err := auth.ReadUsers(m.UsersFile)
		if err != nil {
			return fmt.Errorf("users_file: %w", err)
		}
		users = append(users, more...)
	}
	set := auth.Users(users...)
	set.NoBasic, set.NoForm = !m.EnableBasicAuth, !m.EnableFormLogin
	if m.ExternalValidator != nil {
		v, err := passwordValidator(m.ExternalValidator)
		if err != nil {
			return fmt.Errorf("external_validator: %w", err)
		}
		set.Validate = v
	}
	c.Methods = append(c.Methods, auth.With(set, m.terms(m.CookieName, m.SessionTimeout)))
	return nil
}
