package config

import (
	"fmt"
	"reflect"
	"slices"

	"gw/gateway"
	"gw/schema"
)

// App is what a configuration describes, checked and not yet started.
type App struct {
	// Gateway is not built yet; nothing of its modules was opened.
	Gateway *gateway.Gateway
	// Settings are those of the server around it.
	Settings Settings
	// Modules are those that take part, in order; the values are the pointers that the gateway has.
	Modules []Module
	// Notes are sentences for the user: what was accepted and does nothing yet.
	Notes []string
}

// Module is one module of an App.
type Module struct {
	// Name is its key under modules, "" for one that is written where it is used.
	Name string
	// Target is what _target_ said, without alias.
	Target string
	Value  any

	n    *node
	path string
}

// Check reads the whole configuration into what it names and reports everything that is wrong, as Diagnostics. It
// opens no port and no file, and connects no module.
func (c *Config) Check() error {
	_, err := c.App()
	return err
}

// App is Check that returns what it made. Each call makes a new gateway.
func (c *Config) App() (*App, error) {
	b := &assembly{config: c, made: map[string]any{}}
	b.found = append(b.found, c.unset...)
	b.refer = b.reference
	b.gateway()
	if err := b.found.err(); err != nil {
		return nil, err
	}
	values := make([]any, len(b.app.Modules))
	for i, m := range b.app.Modules {
		values[i] = m.Value
	}
	b.app.Gateway = gateway.New(b.model, values...)
	o := b.options
	b.app.Gateway.Name, b.app.Gateway.Seed = o.Name, o.Seed
	b.app.Gateway.History, b.app.Gateway.SendLimit = o.History, o.SendLimit
	return &b.app, nil
}

// gatewayOptions are the scalar keys of a gateway.
type gatewayOptions struct {
	// Name is what the gateway is called.
	Name string
	// Seed makes random values, so that a run can be repeated.
	Seed uint64
	// History is how many ticks of each channel and key are kept; 0 means 1000, less than 0 none.
	History int
	// SendLimit is how many sends of one channel may wait for the engine.
	SendLimit int
}

// An assembly makes the parts of a gateway.
type assembly struct {
	decoder
	config  *Config
	app     App
	options gatewayOptions
	model   any
	fresh   func() any // another model like it, to look at
	made    map[string]any
	types   map[string]*schema.Type
	specs   map[string][]schema.FieldSpec // of the types, to nest them
}

// gatewayKeys are the keys of a gateway that are no scalar options.
var gatewayKeys = []string{"_target_", "settings", "modules", "channels", "types"}

// gateway makes everything. A configuration without the key gateway is one itself, among other keys of the user's.
func (b *assembly) gateway() {
	root := b.config.root
	own, path := root.get("gateway"), "gateway"
	if own == nil {
		b.short(root)
		own, path = root, ""
	} else {
		if own.kind != dict {
			b.add(own, path, "", "got %s, want a map", own.shown())
			return
		}
		b.gatewayTarget(own)
		b.object(reflect.ValueOf(&b.options).Elem(), own, path, gatewayKeys...)
	}
	b.settings(own.get("settings"), under(path, "settings"))
	b.channels(own, path)
	b.modules(own, path)
	if s := own.get("settings"); s != nil && s.kind == dict {
		b.locks(s, under(path, "settings"))
	}
	b.verify()
}

// short reads the keys of a gateway at the top, where the user's own keys are allowed beside them.
func (b *assembly) short(root *node) {
	known := append(namesOf(optionsOf(reflect.TypeFor[gatewayOptions]())), gatewayKeys...)
	named := newDict(root.pos)
	for _, f := range root.fields {
		if slices.Contains(known, f.key) {
			named.set(f.key, f.pos, f.value)
			continue
		}
		if near := nearest(f.key, []string{"modules", "channels", "settings", "types", "gateway"}); near != "" && f.value.kind != scalar {
			b.at(f.pos, f.key, fmt.Sprintf("did you mean %q?", near), "no such part of a gateway")
		}
	}
	b.object(reflect.ValueOf(&b.options).Elem(), named, "", gatewayKeys...)
	if root.get("modules") == nil && root.get("channels") == nil {
		b.add(root, "", "write channels: and modules:, or gateway:", "describes no gateway")
	}
}

func (b *assembly) gatewayTarget(own *node) {
	t := own.get("_target_")
	if t == nil || !b.usable(t, "gateway._target_") {
		return
	}
	if known := []string{"csp_gateway.Gateway", "csp_gateway.server.Gateway", "csp_gateway.server.gateway.Gateway", "gw.Gateway"}; !slices.Contains(known, t.text) {
		b.add(t, "gateway._target_", "leave it out", "got %s, want gw.Gateway or csp_gateway.Gateway", t.shown())
	}
}
