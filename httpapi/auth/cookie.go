package auth

import (
	"net/http"
	"time"
)

// hostOnly begins the name of a cookie that a browser takes over TLS alone, for this host alone.
const hostOnly = "__Host-"

// session finds the session of a request, the cookie's value that it came with, and its grant for a path.
func (g *Gate) session(r *http.Request, path string) (id string, grant Grant, ok bool) {
	if r.Header["Cookie"] == nil {
		return "", Grant{}, false
	}
	for _, id := range g.sessionIDs(r) {
		if d, grant, ok := g.sessions.find(id); ok && d.counts(path) {
			return id, grant, true
		}
	}
	return "", Grant{}, false
}

// sessionIDs are the values of all cookies that may be sessions.
func (g *Gate) sessionIDs(r *http.Request) []string {
	var ids []string
	for _, d := range g.doors {
		for _, name := range []string{hostOnly + d.Cookie, d.Cookie} {
			if c, err := r.Cookie(name); err == nil && c.Value != "" {
				ids = append(ids, c.Value)
			}
		}
	}
	return ids
}

// login begins a session for who, who came through a door, in place of the one that r may have, and tells the browser.
func (g *Gate) login(w http.ResponseWriter, r *http.Request, d *door, who *Identity) {
	for _, id := range g.sessionIDs(r) {
		g.sessions.end(id)
	}
	g.setCookie(w, r, d, g.sessions.begin(d, who), d.Life)
}

// logout ends the sessions of r.
func (g *Gate) logout(w http.ResponseWriter, r *http.Request) {
	for _, id := range g.sessionIDs(r) {
		g.sessions.end(id)
	}
	told := map[string]bool{}
	for _, d := range g.doors {
		if !told[d.Cookie] {
			g.setCookie(w, r, d, "", 0)
		}
		told[d.Cookie] = true
	}
}

// Refresh sets a new cookie if the session of r is due for one. Call it before the answer is written.
func (g *Gate) Refresh(w http.ResponseWriter, r *http.Request) {
	if r.Header["Cookie"] == nil {
		return
	}
	for _, id := range g.sessionIDs(r) {
		if fresh, d, left := g.sessions.rotate(id); fresh != "" {
			g.setCookie(w, r, d, fresh, left)
		}
	}
}

// setCookie tells the browser the id of a session for as long as it lasts; an empty one takes the cookie away.
func (g *Gate) setCookie(w http.ResponseWriter, r *http.Request, d *door, id string, life time.Duration) {
	c := &http.Cookie{
		Name: d.Cookie, Value: id, Path: "/", Domain: d.Domain, MaxAge: int(life.Seconds()),
		HttpOnly: true, SameSite: g.sameSite(), Secure: r.TLS != nil,
	}
	if c.Secure && d.Domain == "" {
		c.Name = hostOnly + d.Cookie
	}
	if id == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// sameSite is Strict unless the login comes back from another site, as that of a provider does.
func (g *Gate) sameSite() http.SameSite {
	for _, d := range g.doors {
		if _, ok := d.Method.(*OIDC); ok {
			return http.SameSiteLaxMode
		}
	}
	return http.SameSiteStrictMode
}

// redirect answers with a path of this server.
func (g *Gate) redirect(w http.ResponseWriter, status int, to string) {
	w.Header().Set("Location", g.cfg.Base+to)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
}
