package httpapi

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gorilla/websocket"
	"github.com/julienschmidt/httprouter"

	"gw/httpapi/auth"
)

// handle answers one route. key is what the route's wildcard captured ("" without one). A returned error becomes the
// response, so a handle that returns one must not have written anything.
type handle func(w http.ResponseWriter, r *http.Request, key string) error

// routes is the table of paths over httprouter. What httprouter does by itself about slashes and methods is not what
// the API promises, so misses are decided here: 405 with Allow, 307 to the path with or without slash, 404.
type routes struct {
	router  *httprouter.Router
	methods []string // those in use, in the order of first use
	taken   map[string]bool
	sockets map[string]bool // paths that take a WebSocket upgrade
	list    []route         // all of them, in the order they were added
	admit   func(*http.Request, auth.Scope) (*http.Request, error)
	fail    func(http.ResponseWriter, *http.Request, error)
	other   http.Handler // what answers a path that no route knows; nil: 404
}

// route is one line of the table, as the tests and the description see it.
type route struct {
	method, path string // the path of a route that takes every rest ends with *
	scope        auth.Scope
}

func newRoutes(fail func(http.ResponseWriter, *http.Request, error)) *routes {
	return &routes{router: httprouter.New(), taken: map[string]bool{}, sockets: map[string]bool{}, fail: fail, admit: admitAll}
}

// admitAll lets everybody in: what a table does until it is told better.
func admitAll(r *http.Request, _ auth.Scope) (*http.Request, error) { return r, nil }

// add makes method path answer with h to callers who have the scope. It reports false and changes nothing if the path is taken already: the first
// of two channels wins whose names differ only by dash and underscore.
func (t *routes) add(method, path string, scope auth.Scope, h handle) bool {
	if t.taken[method+" "+path] {
		return false
	}
	t.mount(route{method, path, scope}, wildless(path), h)
	return true
}

// addRest makes method answer with h for every path that starts with prefix, which ends with a slash; the rest of
// the path, which may be empty and may hold slashes, is h's key.
func (t *routes) addRest(method, prefix string, scope auth.Scope, h handle) bool {
	if t.taken[method+" "+prefix+"*"] {
		return false
	}
	t.mount(route{method, prefix + "*", scope}, wildless(prefix)+"*key", h)
	return true
}

// covered reports whether path lies below one that takes every rest, which would get its requests.
func (t *routes) covered(method, path string) bool {
	for i := range len(path) {
		if path[i] == '/' && t.taken[method+" "+path[:i+1]+"*"] {
			return true
		}
	}
	return false
}

func (t *routes) mount(at route, pattern string, h handle) {
	t.taken[at.method+" "+at.path] = true
	t.list = append(t.list, at)
	if !contains(t.methods, at.method) {
		t.methods = append(t.methods, at.method)
	}
	t.router.Handle(at.method, pattern, func(w http.ResponseWriter, r *http.Request, ps httprouter.Params) {
		key := ""
		if len(ps) > 0 {
			key = wildful(strings.TrimPrefix(ps[0].Value, "/"))
		}
		r, err := t.admit(r, at.scope)
		if err == nil {
			err = h(w, r, key)
		}
		if err != nil {
			t.fail(w, r, err)
		}
	})
}

func contains(list []string, s string) bool {
	for _, have := range list {
		if have == s {
			return true
		}
	}
	return false
}

func (t *routes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := wildless(r.URL.Path)
	if isUpgrade(r) && !t.sockets[r.URL.Path] {
		t.fail(w, r, &Error{Status: http.StatusForbidden, Detail: "Forbidden"})
		return
	}
	if h, ps, _ := t.router.Lookup(r.Method, path); h != nil {
		h(w, r, ps)
		return
	}
	t.miss(w, r, path)
}

// isUpgrade reports whether a request asks for a WebSocket.
func isUpgrade(r *http.Request) bool { return websocket.IsWebSocketUpgrade(r) }

// miss answers a request that no route takes.
func (t *routes) miss(w http.ResponseWriter, r *http.Request, path string) {
	if allow := t.allowed(path); allow != "" {
		w.Header().Set("Allow", allow)
		t.fail(w, r, &Error{Status: http.StatusMethodNotAllowed, Detail: "Method Not Allowed"})
		return
	}
	if other := otherSlash(path); other != "" && t.allowed(other) != "" {
		w.Header().Set("Location", location(r))
		w.WriteHeader(http.StatusTemporaryRedirect)
		return
	}
	if t.other != nil {
		t.other.ServeHTTP(w, r)
		return
	}
	t.fail(w, r, errNoRoute)
}

// allowed returns the methods of path as the Allow header lists them, "" if no route knows the path.
func (t *routes) allowed(path string) string {
	var allow []string
	for _, method := range t.methods {
		if h, _, _ := t.router.Lookup(method, path); h != nil {
			allow = append(allow, method)
		}
	}
	return strings.Join(allow, ", ")
}

// otherSlash returns path without its trailing slashes, or with one if it has none; "" for the root.
func otherSlash(path string) string {
	if strings.HasSuffix(path, "/") {
		return strings.TrimRight(path, "/")
	}
	return path + "/"
}

// location is where the request belongs when only a trailing slash was wrong, as an absolute URL with its query.
func location(r *http.Request) string {
	to := "http://"
	if r.TLS != nil {
		to = "https://"
	}
	to += r.Host + (&url.URL{Path: otherSlash(r.URL.Path)}).EscapedPath()
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	return to
}

// httprouter reads ':' and '*' in a pattern as wildcards, and a channel may be named with them. Such a path is
// registered and looked up with stand-ins, which no sane path holds.
const (
	colonStandIn = "\x00c"
	starStandIn  = "\x00s"
)

func wildless(path string) string {
	if !strings.ContainsAny(path, ":*") {
		return path
	}
	return strings.ReplaceAll(strings.ReplaceAll(path, ":", colonStandIn), "*", starStandIn)
}

func wildful(key string) string {
	if !strings.Contains(key, "\x00") {
		return key
	}
	return strings.ReplaceAll(strings.ReplaceAll(key, colonStandIn, ":"), starStandIn, "*")
}
