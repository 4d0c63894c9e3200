package modules

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gw/config"
	"gw/engine"
	"gw/gateway"
	"gw/httpapi"
	"gw/httpapi/auth"
)

// AuthFilter shows callers only values whose fields are the claims of their identities, on every way out, and takes only
// such values, on every way in; a field that is left out is filled. It holds at the channels, so that no route can forget
// it. Who has no such claim sees and gives nothing that has the field.
type AuthFilter struct {
	Base
	// FilterFields are the fields, each compared with the claim of its name.
	FilterFields []string `must:"true"`
	// IdentityCacheChannels name the channels whose last value is the last of the caller's own, by the first of the fields;
	// of others it is the last value of all, if that is the caller's.
	IdentityCacheChannels *gateway.Selection `ref:"channel"`
	// NextFilterTimeout is how long next waits for a value of one's own, in seconds or as a duration.
	NextFilterTimeout time.Duration `default:"30s"`
	// NextFilterChannels are csp-gateway's.
	NextFilterChannels *gateway.Selection `ref:"channel" later:"next waits for one's own on every channel"`
	// SendValidationChannels are csp-gateway's.
	SendValidationChannels *gateway.Selection `ref:"channel" later:"what is sent is checked on every channel"`
	// CookieName is csp-gateway's.
	CookieName string `later:"every way to log in says who somebody is"`
	// AuthMiddlewareClass is csp-gateway's.
	AuthMiddlewareClass string `later:"every way to log in says who somebody is"`

	own *ownLast
}

var _ httpapi.Rester = (*AuthFilter)(nil)

// Check looks at fields and channels.
func (m *AuthFilter) Check(c *config.Checking) {
	if len(m.FilterFields) == 0 && c.Given("filter_fields") {
		c.Failf("filter_fields", "such as [user]", "got nothing, which would filter nothing")
	}
	for i, field := range m.FilterFields {
		if !c.HasField(field) {
			c.Failf(fmt.Sprintf("filter_fields.%d", i), "", "no channel has a field %q", field)
		}
	}
}

// Connect puts the filter at the channels.
func (m *AuthFilter) Connect(bus *gateway.Bus) error {
	if len(m.FilterFields) == 0 {
		return errors.New("filter_fields: got none, which would filter nothing")
	}
	g := bus.Gateway()
	g.Filter, g.Guard = also(g.Filter, auth.FilterBy(m.FilterFields...)), alsoGuard(g.Guard, auth.GuardBy(m.FilterFields...))
	if m.IdentityCacheChannels == nil {
		return nil
	}
	m.own = newOwnLast(g, m.FilterFields[0])
	lanes := selected(bus, *m.IdentityCacheChannels)
	if len(lanes) == 0 {
		return nil
	}
	for _, l := range lanes {
		m.own.expect(l)
	}
	return onEach(bus, bus.Graph().Node(nameOf(m)), lanes, func(_ *engine.Node, l lane, t *gateway.Tick) { m.own.keep(l, t) })
}

// Rest bounds the wait of next, and answers last of the channels whose values are kept by identity.
func (m *AuthFilter) Rest(c *httpapi.Config) error {
	c.NextWait, c.NeedsLogin = m.NextFilterTimeout, true
	if m.IdentityCacheChannels == nil {
		return nil
	}
	c.OwnLast = func(ctx context.Context, channel, key string) (*gateway.Answer, bool) {
		if m.own == nil {
			return nil, false
		}
		return m.own.answer(ctx, channel, key)
	}
	return nil
}
