package httpapi

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"strings"
)

//go:embed pages
var pageFiles embed.FS

// The pages that the API has of its own: no script, and one style that their policy knows by its hash.
var (
	pageStyle  = readStyle()
	pageStyles = "'sha256-" + styleHash(pageStyle) + "'"
	templates  = template.Must(template.New("").Funcs(template.FuncMap{
		"style": func() template.CSS { return template.CSS(pageStyle) },
	}).ParseFS(pageFiles, "pages/*.html"))
)

func readStyle() string {
	text, err := pageFiles.ReadFile("pages/style.css")
	if err != nil {
		return ""
	}
	return string(text)
}

func styleHash(style string) string {
	sum := sha256.Sum256([]byte(style))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// html answers with one of the pages.
func (h *Handler) html(w http.ResponseWriter, name string, data any) error {
	var page bytes.Buffer
	if err := templates.ExecuteTemplate(&page, name, data); err != nil {
		return err
	}
	secure(w.Header(), false)
	w.Header().Set("Content-Security-Policy", strings.Join([]string{
		"default-src 'none'", "style-src " + pageStyles, "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
	}, "; "))
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, err := w.Write(page.Bytes())
	return ignore(err)
}
