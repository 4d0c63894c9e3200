package auth

import "net/http"

// login begins a session for who in place of the one that r may have, and tells the browser.
func (g *Gate) login(w http.ResponseWriter, r *http.Request, who *Identity) {
	if c, err := r.Cookie(g.cfg.Cookie); err == nil {
		g.sessions.end(c.Value)
	}
	g.setCookie(w, r, g.sessions.begin(who))
}

// logout ends the session of r.
func (g *Gate) logout(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie(g.cfg.Cookie); err == nil {
		g.sessions.end(c.Value)
	}
	http.SetCookie(w, &http.Cookie{Name: g.cfg.Cookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: g.sameSite(), Secure: r.TLS != nil})
}

func (g *Gate) setCookie(w http.ResponseWriter, r *http.Request, id string) {
	http.SetCookie(w, &http.Cookie{
		Name: g.cfg.Cookie, Value: id, Path: "/", MaxAge: int(sessionLife.Seconds()),
		HttpOnly: true, SameSite: g.sameSite(), Secure: r.TLS != nil,
	})
}

// sameSite is Strict unless the login comes back from another site, as that of a provider does.
func (g *Gate) sameSite() http.SameSite {
	for _, m := range g.methods {
		if _, ok := m.(*OIDC); ok {
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
