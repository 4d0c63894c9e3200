package modules

import (
	"errors"
	"time"

	"gw/config"
	"gw/gateway"
)

// MountAPIKeyMiddleware asks clients for a key. It is not served yet, and a gateway that should be locked must not run
// open: a configuration with it is refused unless it is disabled.
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

var errNoLock = errors.New("authentication is not there yet, and the gateway would be open to everybody")

// Check refuses it.
func (m *MountAPIKeyMiddleware) Check(c *config.Checking) {
	c.Failf("", "leave it out, or add disable: true, and listen on this machine only", "%v", errNoLock)
}

// Connect refuses it.
func (m *MountAPIKeyMiddleware) Connect(*gateway.Bus) error { return errNoLock }
