package config

import (
	"reflect"
	"strings"
)

// Settings are those of the server around a gateway, named as csp-gateway names them in either case. Nil and "" mean
// that the configuration says nothing.
type Settings struct {
	// Title is what the page and the API's description are called.
	Title string
	// Description is the text of the API's description.
	Description string
	// Version is the version that the API tells.
	Version string
	// Author and Email are whom the API's description names.
	Author string `later:"the API's description names nobody"`
	Email  string `later:"the API's description names nobody"`
	// Bind is the address to listen on; without it this machine alone can connect.
	Bind string
	// Port is the port to listen on; 0 takes a free one.
	Port *uint16
	// UI says whether the page is served.
	UI *bool `json:"ui"`
	// UIProvider is which of csp-gateway's pages is meant; gw has one.
	UIProvider string `json:"ui_provider" enum:"default,spaday"`
	// APIStr is where the API lies, such as /api/v1.
	APIStr string `json:"api_str"`
	// APIPrefix and APIVersionDefault are the two parts of it.
	APIPrefix         string `json:"api_prefix"`
	APIVersionDefault string `json:"api_version_default"`
	// BackendCORSOrigins are the web origins whose pages may send.
	BackendCORSOrigins []string `json:"backend_cors_origins"`
	// RootPath is the path under which a proxy serves the page.
	RootPath string
	// Authenticate is csp-gateway's former lock: true wants a module that asks for keys, false leaves it out.
	Authenticate *bool
	// APIKey is the key of that module.
	APIKey string `json:"api_key" secret:"true"`
	// The page's own looks.
	HeaderLogo      string   `later:"the page has one look"`
	FooterLogo      string   `later:"the page has one look"`
	CustomJS        []string `json:"custom_js" later:"the page has one look"`
	CustomCSS       []string `json:"custom_css" later:"the page has one look"`
	CustomStaticDir string   `later:"the page has one look"`
	UIPackages      []string `json:"ui_packages" later:"the page has one look"`
}

// Prefix is where the API lies, "" if the configuration leaves it to the server.
func (s Settings) Prefix() string {
	switch {
	case s.APIStr != "":
		return "/" + strings.Trim(s.APIStr, "/")
	case s.APIPrefix != "" || s.APIVersionDefault != "":
		prefix, version := "api", "v1"
		if s.APIPrefix != "" {
			prefix = s.APIPrefix
		}
		if s.APIVersionDefault != "" {
			version = s.APIVersionDefault
		}
		return "/" + strings.Trim(prefix, "/") + "/" + strings.Trim(version, "/")
	}
	return ""
}

// settings reads them; their names count in upper and lower case.
func (b *assembly) settings(n *node, path string) {
	if n.isNull() || !b.usable(n, path) {
		return
	}
	if n.kind != dict {
		b.add(n, path, "", "got %s, want a map", n.shown())
		return
	}
	lower := newDict(n.pos)
	for _, f := range n.fields {
		if f.key != "_target_" {
			lower.fields = append(lower.fields, &field{strings.ToLower(f.key), f.pos, f.value})
		}
	}
	b.object(reflect.ValueOf(&b.app.Settings).Elem(), lower, path)
	b.notes(&Target{New: func() any { return &Settings{} }}, lower, path)
}

// locks lets the modules that ask for keys know what settings say about them, and reports a lock that there is no module for.
func (b *assembly) locks(n *node, path string) {
	s := b.app.Settings
	if s.Authenticate == nil && s.APIKey == "" {
		return
	}
	locked := false
	for _, m := range b.app.Modules {
		if l, ok := m.Value.(interface{ UseSettings(Settings) }); ok {
			l.UseSettings(s)
			locked = true
		}
	}
	if locked || s.Authenticate != nil && !*s.Authenticate {
		return
	}
	for _, f := range n.fields {
		if name := strings.ToLower(f.key); name == "authenticate" || name == "api_key" {
			b.add(f.value, under(path, f.key), "add a module gw.MountAPIKeyMiddleware", "there is no module that asks for keys")
		}
	}
}
