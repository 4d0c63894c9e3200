package modules

import (
	"errors"
	"time"

	"gw/config"
	"gw/gateway"
)

// MountAPIKeyMiddleware asks clients for a key. --api-keys does so; a configuration cannot yet, and a gateway that should
// be locked must not run open: one with this module is refused unless it is disabled.
type MountAPIKeyMiddleware struct {
	Base
	// APIKey are the keys.
	APIKey []string `json:"api_key" secret:"true"`
	// APIKeyName is the name of the query parameter, header and cookie.
	APIKeyName string `json:"api_key_name" default:"token"`
	// APIKeyTimeout is how long a cookie lasts.
	APIKeyTimeout time.Duration `json:"api_key_timeout" default:"12h"`
	// Domain is the cookie's.
	Domain string
	// Scope are the paths that are locked.
	Scope []string
	// UnauthorizedStatusMessage is what clients without a key are told.
	UnauthorizedStatusMessage string `default:"unauthorized"`
}

var errNoLock = errors.New("a configuration cannot lock the gateway yet, and it would be open to everybody")

// Check refuses it.
func (m *MountAPIKeyMiddleware) Check(c *config.Checking) {
	c.Failf("", "lock it with --api-keys FILE and leave this out, or add disable: true", "%v", errNoLock)
}

// Connect refuses it.
func (m *MountAPIKeyMiddleware) Connect(*gateway.Bus) error { return errNoLock }
