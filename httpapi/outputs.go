package httpapi

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	slash "path"
	"slices"
	"strings"
	"time"

	"gw/httpapi/auth"
)

// mountOutputs mounts the folder of outputs, if there is to be one. What lies outside it cannot be reached, by dots or
// by links: os.Root opens nothing else.
func (h *Handler) mountOutputs(t *routes, pl *plan) {
	if h.hasOutputs(pl) {
		t.addRest("GET", "/outputs/", auth.Read, h.outputs)
		t.add("POST", "/outputs/"+outputsChunk, auth.Read, h.outputs)
	}
}

func (h *Handler) hasOutputs(pl *plan) bool { return h.cfg.Outputs != "" && pl.Outputs }

func (h *Handler) outputs(w http.ResponseWriter, r *http.Request, name string) error {
	missing := &Error{http.StatusNotFound, "Not found: " + cut("/outputs/"+name)}
	root, err := os.OpenRoot(h.cfg.Outputs)
	if err != nil {
		return missing
	}
	defer root.Close()
	switch {
	case name == outputsTree && r.Method == http.MethodGet:
		return h.outputsNames(w, r, root)
	case name == outputsChunk || r.Method == http.MethodPost:
		return h.outputsPart(w, r, root)
	}
	name = cmp.Or(strings.Trim(name, "/"), ".")
	if !fs.ValidPath(name) {
		return missing
	}
	info, err := root.Stat(name)
	switch {
	case err != nil:
		return missing
	case info.IsDir():
		return h.outputsFolder(w, r, root, name)
	case !info.Mode().IsRegular():
		return missing // a device or a pipe may never end
	}
	file, err := root.Open(name)
	if err != nil {
		return missing
	}
	defer file.Close()
	setOutputType(w.Header(), name)
	http.ServeContent(w, r, "", info.ModTime(), file)
	return nil
}

// setOutputType shows what is text and lets everything else be saved: nothing of it runs in a browser.
func setOutputType(h http.Header, name string) {
	switch slash.Ext(name) {
	case ".log", ".txt", ".json", ".jsonl", ".ndjson", ".csv", ".yaml", ".yml", ".md":
		h.Set("Content-Type", "text/plain; charset=utf-8")
	default:
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", "attachment")
	}
}

// outputsPage is a folder as its page lists it.
type outputsPage struct {
	Title, Folder string
	PID           int
	Entries       []outputsEntry
}

type outputsEntry struct{ Name, Link, Size, Changed string }

func (h *Handler) outputsFolder(w http.ResponseWriter, r *http.Request, root *os.Root, name string) error {
	entries, err := fs.ReadDir(root.FS(), name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	page := outputsPage{Title: h.cfg.Title + ": outputs", Folder: strings.TrimPrefix(name, "."), PID: os.Getpid()}
	if name != "." {
		page.Entries = append(page.Entries, outputsEntry{Name: "..", Link: h.outputsLink(r, slash.Dir(name))})
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	for _, e := range entries {
		page.Entries = append(page.Entries, h.outputsEntry(r, name, e))
	}
	return h.html(w, "outputs", page)
}

func (h *Handler) outputsEntry(r *http.Request, folder string, e fs.DirEntry) outputsEntry {
	entry := outputsEntry{Name: e.Name(), Link: h.outputsLink(r, slash.Join(folder, e.Name()))}
	if e.IsDir() {
		entry.Name += "/"
	} else if info, err := e.Info(); err == nil {
		entry.Size, entry.Changed = fmt.Sprintf("%d bytes", info.Size()), info.ModTime().UTC().Format(time.RFC3339)
	}
	return entry
}

// outputsLink keeps the query, so that a token in it goes along.
func (h *Handler) outputsLink(r *http.Request, name string) string {
	u := url.URL{Path: slash.Join("/", h.cfg.Base, "outputs", name), RawQuery: r.URL.RawQuery}
	return u.String()
}
