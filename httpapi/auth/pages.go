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
<form action="{{.Action}}" method="{{.Method}}">{{range .Fields}}<p><label>{{.Label}}<br><input name="{{.Name}}" type="{{.Type}}" required autocomplete="{{if eq .Type "password"}}current-password{{else}}username{{end}}"></label></p>{{end}}
<p><button>Log in</button></p></form></body></html>
`))

type loginForm struct {
	Action, Method, Error string
	Fields                []loginField
}

type loginField struct{ Name, Label, Type string }

func (g *Gate) form(w http.ResponseWriter, f loginForm) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	loginPage.Execute(w, f)
}

// begin logs in with the credentials that the request carries and goes to a page.
func (g *Gate) begin(m Method, to string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if g.failures.blocked(r) {
			Refuse(w, http.StatusTooManyRequests, ErrTooMany.Error())
			return
		}
		grant, _, ok := m.Identify(r)
		if !ok {
			g.failures.count(r)
			if c := g.Challenge(); c != "" {
				w.Header().Set("WWW-Authenticate", c)
			}
			Refuse(w, m.Status(), ErrUnauthorized.Error())
			return
		}
		g.login(w, r, grant.Identity)
		g.redirect(w, http.StatusTemporaryRedirect, to)
	}
}

// leave logs out; who has no session is none the worse for it.
func (g *Gate) leave(w http.ResponseWriter, r *http.Request) {
	g.logout(w, r)
	g.redirect(w, http.StatusTemporaryRedirect, "/login")
}

// whoami answers with the identity of a request.
func (g *Gate) whoami(w http.ResponseWriter, r *http.Request) {
	grant, err := g.identify(r)
	if err != nil {
		Refuse(w, g.Status(), ErrUnauthorized.Error())
		return
	}
	body, _ := json.Marshal(grant.Identity)
	w.Header().Set("Content-Type", "application/json")
	w.Write(body)
}

// Routes returns the public routes of all methods and whoami; of one path the first wins.
func (g *Gate) Routes() []Route {
	var all []Route
	taken := map[string]bool{}
	add := func(r Route) {
		if key := r.Method + " " + r.Path; !taken[key] {
			taken[key] = true
			all = append(all, r)
		}
	}
	for _, m := range g.methods {
		if p, ok := m.(Pages); ok {
			for _, r := range p.Routes(g) {
				add(r)
			}
		}
	}
	add(Route{http.MethodGet, g.cfg.Prefix + "/auth/whoami", g.whoami})
	return all
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
