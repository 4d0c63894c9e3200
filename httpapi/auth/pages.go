package auth

import (
	"encoding/json"
	"html/template"
	"net/http"
	"strconv"
)

// The login page: no script, no style of its own.
var loginPage = template.Must(template.New("login").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Log in</title></head>
<body><h1>Log in</h1>{{with .Error}}<p role="alert">{{.}}</p>{{end}}
{{$action := .Action}}{{range .Forms}}<form action="{{$action}}" method="post">{{range .}}<p><label>{{.Label}}<br><input name="{{.Name}}" type="{{.Type}}" required autocomplete="{{if eq .Type "password"}}current-password{{else}}username{{end}}"></label></p>{{end}}
<p><button>Log in</button></p></form>
{{end}}{{with .Provider}}<p><a href="{{.}}">Log in at your provider</a></p>
{{end}}</body></html>
`))

type loginForm struct {
	Action, Error, Provider string
	Forms                   [][]loginField
}

type loginField struct{ Name, Label, Type string }

// formed is a Method whose credentials can be typed into a form.
type formed interface {
	// fields are those of its form, none if it has no form.
	fields() []loginField
	// submitted returns who a form is from, nil for nobody; missing reports that it lacks a field of this Method.
	submitted(r *http.Request) (who *Identity, missing bool)
}

// hasPage reports whether the door has a way in for browsers.
func (d *door) hasPage() bool {
	if f, ok := d.Method.(formed); ok {
		return len(f.fields()) > 0
	}
	_, ok := d.Method.(*OIDC)
	return ok
}

// Routes returns the public routes of the gate: its login page, the way to a provider and back, the logout, and whoami.
func (g *Gate) Routes() []Route {
	api := g.cfg.Prefix + "/auth/"
	routes := []Route{
		{http.MethodGet, api + "login", g.begin},
		{http.MethodGet, api + "logout", g.leave},
		{http.MethodGet, "/logout", g.leave},
		{http.MethodGet, api + "whoami", g.whoami},
	}
	if g.hasForm() {
		routes = append(routes, Route{http.MethodPost, "/login", g.submit})
	}
	if g.hasForm() || g.provider() != nil {
		routes = append(routes, Route{http.MethodGet, "/login", g.page})
	}
	if d := g.provider(); d != nil {
		back := func(w http.ResponseWriter, r *http.Request) { d.Method.(*OIDC).callback(g, d, w, r) }
		routes = append(routes, Route{http.MethodGet, api + "callback", back}, Route{http.MethodGet, api + "userinfo", g.whoami})
	}
	return routes
}

func (g *Gate) hasForm() bool {
	for _, d := range g.doors {
		if f, ok := d.Method.(formed); ok && len(f.fields()) > 0 {
			return true
		}
	}
	return false
}

// provider is the first door that is one, nil for none.
func (g *Gate) provider() *door {
	for _, d := range g.doors {
		if _, ok := d.Method.(*OIDC); ok {
			return d
		}
	}
	return nil
}

var loginErrors = map[string]string{"invalid_credentials": "That is not known here.", "missing_credentials": "Something is missing."}

// page shows the forms of all doors, or goes to the provider where there is no other way. A link with a token logs in.
func (g *Gate) page(w http.ResponseWriter, r *http.Request) {
	provider := g.provider()
	if provider != nil && !g.hasForm() {
		provider.Method.(*OIDC).start(g, w, r)
		return
	}
	if query := r.URL.Query(); g.hasToken(query.Has) {
		g.redirect(w, http.StatusTemporaryRedirect, g.cfg.Prefix+"/auth/login?"+r.URL.RawQuery)
		return
	}
	f := loginForm{Action: g.cfg.Base + "/login", Error: loginErrors[r.URL.Query().Get("error")]}
	seen := map[string]bool{}
	for _, d := range g.doors {
		if m, ok := d.Method.(formed); ok {
			if fields := m.fields(); len(fields) > 0 && !seen[fields[0].Name] {
				seen[fields[0].Name] = true
				f.Forms = append(f.Forms, fields)
			}
		}
	}
	if provider != nil {
		f.Provider = g.cfg.Base + g.cfg.Prefix + "/auth/login"
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	loginPage.Execute(w, f)
}

// hasToken reports whether a parameter is there that a door takes a token from.
func (g *Gate) hasToken(there func(name string) bool) bool {
	for _, d := range g.doors {
		if t, ok := d.Method.(tokenTaker); ok && there(t.tokenName()) {
			return true
		}
	}
	return false
}

// maxForm bounds the body of the login form.
const maxForm = 8 << 10

// submit logs in who has filled in a form.
func (g *Gate) submit(w http.ResponseWriter, r *http.Request) {
	if g.failures.blocked(r) {
		Refuse(w, http.StatusTooManyRequests, ErrTooMany.Error())
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	incomplete := true
	for _, d := range g.doors {
		m, ok := d.Method.(formed)
		if !ok || len(m.fields()) == 0 {
			continue
		}
		who, missing := m.submitted(r)
		if who != nil {
			g.login(w, r, d, who)
			g.redirect(w, http.StatusSeeOther, "/")
			return
		}
		incomplete = incomplete && missing
	}
	if incomplete {
		g.redirect(w, http.StatusSeeOther, "/login?error=missing_credentials")
		return
	}
	g.failures.count(r)
	g.redirect(w, http.StatusSeeOther, "/login?error=invalid_credentials")
}

// begin logs in with the credentials that the request carries; without any, where there is a provider, it goes there.
func (g *Gate) begin(w http.ResponseWriter, r *http.Request) {
	d, grant, err := g.credentials(r, r.URL.Path)
	provider := g.provider()
	switch {
	case err == nil:
		g.login(w, r, d, grant.Identity)
		g.redirect(w, http.StatusTemporaryRedirect, "/")
	case err == ErrTooMany:
		Refuse(w, http.StatusTooManyRequests, err.Error())
	case provider != nil && r.Header.Get("Authorization") == "" && !g.hasToken(r.URL.Query().Has):
		provider.Method.(*OIDC).start(g, w, r)
	default:
		g.refuse(w, r)
	}
}

// refuse answers a call of the API that nobody knows.
func (g *Gate) refuse(w http.ResponseWriter, r *http.Request) {
	answer := g.Refusal(r)
	if answer.Challenge != "" {
		w.Header().Set("WWW-Authenticate", answer.Challenge)
	}
	Refuse(w, answer.Status, answer.Detail)
}

// leave logs out; who has no session is none the worse for it.
func (g *Gate) leave(w http.ResponseWriter, r *http.Request) {
	g.logout(w, r)
	g.redirect(w, http.StatusTemporaryRedirect, "/login")
}

// whoami answers with the identity of a request.
func (g *Gate) whoami(w http.ResponseWriter, r *http.Request) {
	grant, err := g.identify(r, r.URL.Path)
	if err != nil {
		g.refuse(w, r)
		return
	}
	body, _ := json.Marshal(grant.Identity)
	w.Header().Set("Content-Type", "application/json")
	w.Write(body)
}

// Refuse answers with the JSON of a refusal as csp-gateway's clients know it.
func Refuse(w http.ResponseWriter, status int, detail string) {
	body, _ := json.Marshal(struct {
		Detail string `json:"detail"`
		Status int    `json:"status_code"`
	}{detail, status})
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "60")
	}
	w.WriteHeader(status)
	w.Write(body)
}
