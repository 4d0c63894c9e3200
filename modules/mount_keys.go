package modules

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
	"time"

	"gw/config"
	"gw/gateway"
	"gw/httpapi"
	"gw/httpapi/auth"
)

// MountAPIKeyMiddleware lets in who has a key, as query parameter, header or cookie. Without any key it makes one for this
// run and says in which file it is, which is readable by its owner only and gone after the run.
type MountAPIKeyMiddleware struct {
	Base
	AuthOptions
	// APIKey are keys that may do everything; each has at least 8 characters. ${oc.env:NAME} takes one from the environment,
	// ${gw.file:PATH} from a file.
	APIKey []string `json:"api_key" secret:"true"`
	// APIKeyName is the name of the query parameter, header and cookie.
	APIKeyName string `json:"api_key_name" default:"token"`
	// APIKeyTimeout is how long the session of a login lasts.
	APIKeyTimeout time.Duration `json:"api_key_timeout" default:"12h"`
	// Keys are keys with names and scopes.
	Keys []NamedKey
	// KeysFile is a file with a line NAME SCOPES KEY for each key, which only its owner may read. What changes in it counts
	// a second later: a key that is gone lets nobody in, and ends the WebSockets opened with it.
	KeysFile string

	own ownKey
}

// NamedKey is a key, with who holds it and what that holder may do.
type NamedKey struct {
	// Name is who holds it: the user of whoami, and the claim user.
	Name string `must:"true"`
	// Key is the secret.
	Key string `must:"true" secret:"true"`
	// Scopes are what the holder may do: read, send, stage, control, or all, which is what nothing means.
	Scopes []string
	// Claims are what fields of values are compared with (AuthFilter); * is every value.
	Claims map[string]string
}

var (
	_ httpapi.Rester     = (*MountAPIKeyMiddleware)(nil)
	_ gateway.Informer   = (*MountAPIKeyMiddleware)(nil)
	_ gateway.Shutdowner = (*MountAPIKeyMiddleware)(nil)
)

// Connect does nothing: keys are asked for at the door.
func (m *MountAPIKeyMiddleware) Connect(*gateway.Bus) error { return nil }

// UseSettings takes over what older configurations of csp-gateway say in their settings.
func (m *MountAPIKeyMiddleware) UseSettings(s config.Settings) {
	if s.Authenticate != nil && !*s.Authenticate {
		m.Disable = true
	}
	if s.APIKey != "" {
		m.APIKey = []string{s.APIKey}
	}
}

// Check looks at keys and scopes, without showing any.
func (m *MountAPIKeyMiddleware) Check(c *config.Checking) {
	m.checkPaths(c)
	if c.Given("api_key") && len(m.APIKey) == 0 {
		c.Failf("api_key", "leave it out to have one made for each run", "got nothing, which would let everybody in")
	}
	for i, key := range m.APIKey {
		option := "api_key"
		if len(m.APIKey) > 1 {
			option = fmt.Sprintf("api_key.%d", i)
		}
		checkKey(c, option, key)
	}
	for i, k := range m.Keys {
		checkKey(c, fmt.Sprintf("keys.%d.key", i), k.Key)
		checkScopes(c, fmt.Sprintf("keys.%d.scopes", i), k.Scopes)
	}
}

func checkKey(c *config.Checking, option, key string) {
	if err := auth.CheckKey(key); err != nil {
		c.Failf(option, "`gw auth key` makes one", "%v", err)
	}
}

// Rest adds the way to log in.
func (m *MountAPIKeyMiddleware) Rest(c *httpapi.Config) error {
	var keys []auth.Key
	for i, value := range m.APIKey {
		keys = append(keys, auth.Key{Name: fmt.Sprintf("api_key %d", i+1), Value: value})
	}
	for _, k := range m.Keys {
		scopes, err := scopesOf(k.Scopes)
		if err != nil {
			return fmt.Errorf("keys: %s: scopes: %w", k.Name, err)
		}
		keys = append(keys, auth.Key{Name: k.Name, Value: k.Key, Scopes: scopes, Claims: k.Claims})
	}
	if len(keys) == 0 && m.KeysFile == "" {
		made, err := m.own.make()
		if err != nil {
			return fmt.Errorf("make a key for this run: %w", err)
		}
		keys = append(keys, auth.Key{Name: "api_key", Value: made})
	}
	set := auth.Keys(keys...)
	set.Token = auth.Token(m.APIKeyName)
	if m.KeysFile != "" {
		broken := func(err error) {
			m.log().LogAttrs(context.Background(), slog.LevelWarn, "keys_file: the keys stay as they were", slog.Any("error", err))
		}
		if err := set.Follow(m.KeysFile, broken); err != nil {
			return fmt.Errorf("keys_file: %w", err)
		}
	}
	c.Methods = append(c.Methods, auth.With(set, m.terms("", m.APIKeyTimeout)))
	return nil
}

// Info says where the key of this run is, if one was made.
func (m *MountAPIKeyMiddleware) Info() []string {
	if m.own.file == "" {
		return nil
	}
	return []string{"the API key of this run is in " + m.own.file}
}

// Shutdown takes the key of this run away.
func (m *MountAPIKeyMiddleware) Shutdown(context.Context) error { return m.own.remove() }

// ownKey is a key that is made for one run, and the file through which its owner learns it.
type ownKey struct{ value, file string }

func (k *ownKey) make() (string, error) {
	if k.value != "" {
		return k.value, nil
	}
	f, err := os.CreateTemp("", "gw-key-*") // of mode 0600
	if err != nil {
		return "", err
	}
	k.value, k.file = rand.Text(), f.Name()
	if _, err := fmt.Fprintln(f, k.value); err != nil {
		f.Close()
		return "", err
	}
	return k.value, f.Close()
}

func (k *ownKey) remove() error {
	if k.file == "" {
		return nil
	}
	err := os.Remove(k.file)
	k.file = ""
	if os.IsNotExist(err) {
		return nil
	}
	return err
}

// MountExternalAPIKeyMiddleware lets in whose key somebody else knows: a service, a program, or a module.
type MountExternalAPIKeyMiddleware struct {
	Base
	AuthOptions
	// ExternalValidator is who is asked: a URL, which gets a POST of {"token": ...} and answers 200 with an identity such as
	// {"user": "alice", "scopes": ["read"]} or 403; a command, as text or as a list of words, which gets the token on
	// standard input and answers with the identity and exit code 0, or exit code 1; or a module that has ValidateToken.
	// Answers count for ten seconds. Without scopes an identity may do everything.
	ExternalValidator any `must:"true"`
	// APIKeyName is the name of the query parameter, header and cookie.
	APIKeyName string `json:"api_key_name" default:"token"`
	// APIKeyTimeout is how long the session of a login lasts.
	APIKeyTimeout time.Duration `json:"api_key_timeout" default:"12h"`
	// APIKey is csp-gateway's.
	APIKey []string `json:"api_key" secret:"true" later:"the validator knows the keys"`
}

var _ httpapi.Rester = (*MountExternalAPIKeyMiddleware)(nil)

// Connect does nothing: keys are asked for at the door.
func (m *MountExternalAPIKeyMiddleware) Connect(*gateway.Bus) error { return nil }

// Check looks at the validator; it asks nobody.
func (m *MountExternalAPIKeyMiddleware) Check(c *config.Checking) {
	m.checkPaths(c)
	if _, err := tokenValidator(m.ExternalValidator); err != nil {
		c.Failf("external_validator", validatorHint, "%v", err)
	}
}

// Rest adds the way to log in.
func (m *MountExternalAPIKeyMiddleware) Rest(c *httpapi.Config) error {
	v, err := tokenValidator(m.ExternalValidator)
	if err != nil {
		return fmt.Errorf("external_validator: %w", err)
	}
	asked := auth.Ask(v)
	asked.Token = auth.Token(m.APIKeyName)
	c.Methods = append(c.Methods, auth.With(asked, m.terms("", m.APIKeyTimeout)))
	return nil
}
