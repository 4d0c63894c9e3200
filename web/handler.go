package web

import (
	"embed"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed all:dist
var dist embed.FS

// Handler serves the embedded page and its assets as the options say. It serves GET and HEAD, never fails to be built,
// may be called from any goroutine, and answers every path that it does not know with the API's JSON 404.
func Handler(o Options) http.Handler {
	bundle, err := fs.Sub(dist, "dist")
	if err != nil { // only an invalid name is one, and this one is constant
		bundle = dist
	}
	return newHandler(o, bundle)
}

type handler struct {
	options Options
	page    *asset
	assets  map[string]*asset // by path below the base, without a leading slash
}

func newHandler(o Options, bundle fs.FS) *handler {
	h := &handler{options: o, assets: map[string]*asset{}}
	for _, name := range files(bundle) {
		h.assets[name] = newAsset(bundle, name)
	}
	h.page = newPage(o, bundle)
	h.assets["index.html"] = h.page
	h.assets["favicon.ico"] = favicon(h.assets["favicon.svg"])
	return h
}

// files lists what a browser may ask for; names with a leading dot only keep the folder in the repository.
func files(bundle fs.FS) []string {
	var names []string
	_ = fs.WalkDir(bundle, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasPrefix(path.Base(name), ".") {
			names = append(names, name)
		}
		return nil // what cannot be read is not there
	})
	return names
}

// ServeHTTP answers one request.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	protect(w.Header())
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		detail(w, http.StatusMethodNotAllowed, "Method Not Allowed")
		return
	}
	found := h.find(r.URL.Path)
	if found == nil {
		detail(w, http.StatusNotFound, "Not Found")
		return
	}
	found.serve(w, r)
}

// find looks a path up with or without the base path: some proxies strip it, some do not. Names are looked up in a
// map of what was embedded, so there is no way out of the bundle.
func (h *handler) find(urlPath string) *asset {
	if base := h.options.base(); base != "" {
		if urlPath+"/" == base {
			return h.page
		}
		if below, ok := strings.CutPrefix(urlPath, base); ok {
			urlPath = "/" + below
		}
	}
	if urlPath == "/" || urlPath == "" {
		return h.page
	}
	return h.assets[strings.TrimPrefix(urlPath, "/")]
}

func detail(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(`{"detail":"` + text + `"}`)) // the client went away: nobody is left to tell
}
