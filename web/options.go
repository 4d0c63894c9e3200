package web

import "strings"

// Options are the settings of the page. The zero value serves a page called "gw" at the root of the host.
type Options struct {
	// Title stands in the header and in the browser's tab; "gw" when empty.
	Title string
	// BasePath is the path under which browsers reach the page, such as "/gw" behind a proxy that strips it or not.
	// Empty means that every address is relative to wherever the page was found.
	BasePath string
	// API is the path of the API below the page; "/api/v1" when empty.
	API string
}

func (o Options) title() string {
	if o.Title == "" {
		return "gw"
	}
	return o.Title
}

// base returns the path with a slash at both ends, or "" for a page that is relative to where it was found.
func (o Options) base() string {
	trimmed := strings.Trim(o.BasePath, "/")
	if trimmed == "" {
		return ""
	}
	return "/" + trimmed + "/"
}

func (o Options) api() string {
	if o.API == "" {
		return "api/v1"
	}
	return strings.Trim(o.API, "/")
}
