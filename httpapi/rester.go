package httpapi

import (
	"errors"
	"fmt"
	"slices"

	"gw/gateway"
	"gw/httpapi/auth"
)

// Rester is a module with something to say about how its gateway is served: which routes there are, or who may come in.
type Rester interface {
	// Rest changes the Config of the Handler. It is called before the gateway is built, once for each Handler.
	Rest(*Config) error
}

// With returns c with what the modules of g say about it, in their order, and with the gate that its Methods make. New
// does the same; who asks before learns what is wrong, and may change what came out.
func (c Config) With(g *gateway.Gateway) (Config, error) {
	if c.asked {
		return c, nil
	}
	c.asked = true
	c.Methods = slices.Clip(c.Methods)
	if c.Mounts != nil {
		c.Mounts = c.Mounts.clone()
	}
	var wrong []error
	for _, m := range g.Modules() {
		if r, ok := m.(Rester); ok {
			if err := r.Rest(&c); err != nil {
				wrong = append(wrong, fmt.Errorf("module %q: %w", moduleName(m), err))
			}
		}
	}
	if len(c.Methods) > 0 && c.Auth != nil {
		wrong = append(wrong, errors.New("auth: got a gate and further ways to log in, want one of them"))
	}
	if c.NeedsLogin && len(c.Methods) == 0 && c.Auth == nil {
		wrong = append(wrong, ErrNobody)
	}
	if err := errors.Join(wrong...); err != nil {
		return c, err
	}
	return c, c.lock()
}

// ErrNobody says that values are kept apart by who asks, and that nobody is asked who they are.
var ErrNobody = errors.New("nobody here has an identity, so nobody would see anything")

// lock makes a gate of the ways to log in.
func (c *Config) lock() error {
	if len(c.Methods) == 0 {
		return nil
	}
	methods := c.Methods
	if c.Own != nil {
		methods = append(slices.Clip(methods), c.Own)
	}
	gate, err := auth.New(auth.Config{Prefix: c.Prefix, Base: c.withDefaults().Base}, methods...)
	c.Auth = gate
	return err
}

func moduleName(m any) string {
	if n, ok := m.(gateway.Namer); ok && n.ModuleName() != "" {
		return n.ModuleName()
	}
	return fmt.Sprintf("%T", m)
}
