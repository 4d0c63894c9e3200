package httpapi

import (
	"io"
	"net/http"
)

// icon is the picture at /favicon.ico: an edge between two nodes.
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#12263a"/>` +
	`<path d="M8 22h7l3-12h6" fill="none" stroke="#4fb0ae" stroke-width="3"/><circle cx="7" cy="22" r="3" fill="#fff"/><circle cx="25" cy="10" r="3" fill="#fff"/></svg>`

func (h *Handler) favicon(w http.ResponseWriter, r *http.Request, _ string) error {
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Cache-Control", "public, max-age=604800")
	_, err := io.WriteString(w, icon)
	return ignore(err)
}

// index is the page, or the way to the description where there is none.
func (h *Handler) index(w http.ResponseWriter, r *http.Request, _ string) error {
	if h.cfg.UI != nil {
		h.page(w, r)
		return nil
	}
	w.Header().Set("Location", h.cfg.Base+"/redoc")
	w.WriteHeader(http.StatusTemporaryRedirect)
	return nil
}

// ignore drops the error of a client that went away.
func ignore(error) error { return nil }

// uiConfig is what csp-gateway's page asks for first.
type uiConfig struct {
	Title       string   `json:"title"`
	Description string   `json:"description"`
	HeaderLogo  *string  `json:"headerLogo"`
	FooterLogo  *string  `json:"footerLogo"`
	CustomCSS   []string `json:"customCss"`
	CustomJS    []string `json:"customJs"`
	BasePath    string   `json:"basePath"`
}

func (h *Handler) uiConfig(w http.ResponseWriter, r *http.Request, _ string) error {
	h.reply.value(w, r, http.StatusOK, uiConfig{Title: h.cfg.Title, Description: h.cfg.Description, CustomCSS: []string{}, CustomJS: []string{}, BasePath: h.cfg.Base})
	return nil
}

// page lets the UI answer. What the UI does not know is the API's 404.
func (h *Handler) page(w http.ResponseWriter, r *http.Request) {
	secure(w.Header(), false)
	p := &pageWriter{ResponseWriter: w}
	h.cfg.UI.ServeHTTP(p, r)
	if p.missing {
		for name := range w.Header() {
			w.Header().Del(name)
		}
		secure(w.Header(), true)
		h.fail(w, r, errNoRoute)
	}
}

// pageWriter holds back the UI's own words for a path it does not know.
type pageWriter struct {
	http.ResponseWriter
	wrote, missing bool
}

// WriteHeader passes every status on but 404.
func (p *pageWriter) WriteHeader(status int) {
	if p.wrote {
		return
	}
	p.wrote, p.missing = true, status == http.StatusNotFound
	if !p.missing {
		p.ResponseWriter.WriteHeader(status)
	}
}

// Write passes the body on unless it is that of a 404.
func (p *pageWriter) Write(b []byte) (int, error) {
	p.wrote = true
	if p.missing {
		return len(b), nil
	}
	return p.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (p *pageWriter) Unwrap() http.ResponseWriter { return p.ResponseWriter }
