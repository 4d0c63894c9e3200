package cli

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/urfave/cli/v2"

	"gw/httpapi"
	"gw/httpapi/auth"
)

// securityFlags are the flags about who may come in, and how the way there is protected.
func securityFlags() []cli.Flag {
	return []cli.Flag{
		valueFlag("api-keys", "", "let in who has a key of `FILE`: a line is NAME SCOPES KEY, scopes are read,send,stage,control or all"),
		valueFlag("users", "", "let in who has a password of `FILE`: a line is NAME SCOPES BCRYPT-HASH"),
		valueFlag("auth-url", "", "ask `URL` about tokens: POST {\"token\": ...}, 200 with {\"user\": ...} lets in"),
		valueFlag("auth-command", "", "ask `PROGRAM` about tokens on its standard input, exit code 0 with {\"user\": ...} lets in"),
		valueFlag("oidc-issuer", "", "log in at the OpenID Connect provider `URL` (secret: GW_OIDC_CLIENT_SECRET)"),
		valueFlag("oidc-client-id", "", "`ID` of this gateway at the provider"),
		valueFlag("oidc-redirect", "", "`URL` of this gateway's /api/v1/auth/callback as browsers see it"),
		valueFlag("filter", "", "show and take only values whose `FIELDS` (by comma) are those of the caller's identity"),
		valueFlag("tls-cert", "", "serve over TLS with the certificate of `FILE` (PEM)"),
		valueFlag("tls-key", "", "its private key in `FILE` (PEM)"),
		valueFlag("tls-client-ca", "", "let in only clients with a certificate of an authority in `FILE` (PEM)"),
		switchFlag("tls-self-signed", "serve over TLS with a certificate made now, for a lab"),
		valueFlag("host", "", "`NAMES` (by comma) that requests may call this server besides loopback; * for every name"),
		valueFlag("origin", "", "web `ORIGINS` (by comma) whose pages may use the API, such as https://desk.example"),
		switchFlag("read-only", "refuse sends, staging and controls"),
		valueFlag("outputs", "outputs", "show the files of `FOLDER` under /outputs/ (default outputs)"),
	}
}

// security is what the flags of securityFlags ask for.
type security struct {
	methods  []auth.Method
	filter   []string
	cert     *tls.Certificate
	clients  *x509.CertPool // the authorities of clients' certificates, nil if nobody needs one
	hosts    []string
	origins  []string
	readOnly bool
	outputs  string
	own      string // the key of the session's own workbench
	log      atomic.Pointer[slog.Logger]
}

// broken notes that a file of keys that has changed cannot be read.
func (s *security) broken(err error) {
	if log := s.log.Load(); log != nil {
		log.Warn("--api-keys: the keys stay as they were", "error", err)
	}
}

func securityOf(c *cli.Context) (*security, error) {
	s := &security{
		filter: listOf(c.String("filter")), hosts: listOf(c.String("host")), origins: listOf(c.String("origin")),
		readOnly: c.Bool("read-only"), outputs: c.String("outputs"),
	}
	if err := (httpapi.Config{Origins: s.origins}).Check(); err != nil {
		return s, usage("an origin is what a browser shows before the path", "--origin: %w", err)
	}
	if err := s.readMethods(c); err != nil {
		return s, err
	}
	return s, s.readTLS(c)
}

func (s *security) readMethods(c *cli.Context) error {
	if file := c.String("api-keys"); file != "" {
		keys := auth.Keys()
		if err := keys.Follow(file, s.broken); err != nil {
			return secretFailure(fmt.Errorf("--api-keys: %w", err))
		}
		s.methods = append(s.methods, keys)
	}
	if file := c.String("users"); file != "" {
		users, err := auth.ReadUsers(file)
		if err != nil {
			return secretFailure(fmt.Errorf("--users: %w", err))
		}
		s.methods = append(s.methods, auth.Users(users...))
	}
	if url := c.String("auth-url"); url != "" {
		s.methods = append(s.methods, auth.Ask(auth.AskHTTP(nil, url)))
	}
	if words := strings.Fields(c.String("auth-command")); len(words) > 0 {
		s.methods = append(s.methods, auth.Ask(auth.AskCommand(words[0], words[1:]...)))
	}
	if issuer := c.String("oidc-issuer"); issuer != "" {
		return s.connect(c, issuer)
	}
	return nil
}

func (s *security) connect(c *cli.Context, issuer string) error {
	ctx, cancel := context.WithTimeout(c.Context, 10*time.Second)
	defer cancel()
	m, err := auth.Connect(ctx, auth.Provider{
		Issuer: issuer, ClientID: c.String("oidc-client-id"), ClientSecret: os.Getenv("GW_OIDC_CLIENT_SECRET"), RedirectURL: c.String("oidc-redirect"),
	})
	if err != nil {
		return usage("the provider must answer at ISSUER/.well-known/openid-configuration", "--oidc-issuer: %w", err)
	}
	s.methods = append(s.methods, m)
	return nil
}

func (s *security) readTLS(c *cli.Context) error {
	certFile, keyFile := c.String("tls-cert"), c.String("tls-key")
	switch {
	case c.Bool("tls-self-signed"):
		cert, err := httpapi.SelfSigned(append([]string{"localhost", "127.0.0.1", "::1"}, s.hosts...)...)
		if err != nil {
			return usage("", "--tls-self-signed: %w", err)
		}
		s.cert = &cert
	case certFile != "" || keyFile != "":
		cert, err := tls.LoadX509KeyPair(certFile, keyFile)
		if err != nil {
			return usage("give both --tls-cert and --tls-key", "--tls-cert: %w", err)
		}
		s.cert = &cert
	}
	return s.readClientCA(c.String("tls-client-ca"))
}

func (s *security) readClientCA(file string) error {
	if file == "" {
		return nil
	}
	if s.cert == nil {
		return usage("add --tls-cert and --tls-key, or --tls-self-signed", "--tls-client-ca: wants TLS, in which clients show a certificate")
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return usage("", "--tls-client-ca: %w", err)
	}
	s.clients = x509.NewCertPool()
	if !s.clients.AppendCertsFromPEM(text) {
		return usage("", "--tls-client-ca: %s has no certificate in PEM", file)
	}
	return nil
}

// secretFailure says what is wrong with a file of keys or users.
func secretFailure(err error) error {
	hint := ""
	if f, ok := errors.AsType[*auth.FileError](err); ok {
		hint = f.Hint
	}
	return &failure{exitUsage, err, hint}
}

// apply completes what the API is to do. The session's own workbench has a key of its own, if anybody is asked for one.
func (s *security) apply(c *httpapi.Config) {
	c.Hosts, c.Origins, c.ReadOnly, c.Outputs = s.hosts, s.origins, s.readOnly, s.outputs
	c.Methods, c.NeedsLogin = s.methods, len(s.filter) > 0
	s.own = rand.Text()
	c.Own = auth.Keys(auth.Key{Name: "workbench", Value: s.own, Claims: map[string]string{auth.Every: auth.Every}})
}

// safe reports whether other machines may be let near: somebody is asked, and no password travels in the clear.
func (s *security) safe(gate *auth.Gate) bool {
	return gate != nil && (s.cert != nil || !gate.Passwords())
}

// url is how browsers find a server that listens on an address: by the address of a loopback, else by the only name there
// is; "" if that is not known.
func (s *security) url(address string) string {
	host, port, err := net.SplitHostPort(address)
	switch {
	case err != nil || port == "0":
		return ""
	case loopback(host):
	case len(s.hosts) == 1 && s.hosts[0] != "*":
		host = s.hosts[0]
	default:
		return ""
	}
	return s.scheme() + net.JoinHostPort(host, port)
}

// protect puts TLS around a listener, if it is asked for.
func (s *security) protect(l net.Listener) net.Listener {
	if s.cert == nil {
		return l
	}
	return httpapi.TLS(l, *s.cert, s.clients)
}

func (s *security) scheme() string {
	if s.cert != nil {
		return "https://"
	}
	return "http://"
}

// listOf cuts a list at commas.
func listOf(text string) []string {
	var all []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}
