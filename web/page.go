package web

import (
	"bytes"
	_ "embed" // the placeholder and the icon
	"html/template"
	"io/fs"
)

//go:embed placeholder.html
var placeholder string

//go:embed public/favicon.svg
var icon []byte

type pageData struct {
	Title string
	Base  string // "" or a path with slashes at both ends
	API   string
}

// newPage templates the bundle's index.html, or the placeholder when there is no bundle or its template is broken.
func newPage(o Options, bundle fs.FS) *asset {
	return bytesAsset("index.html", "no-cache", func() []byte {
		data := pageData{Title: o.title(), Base: o.base(), API: o.api()}
		index, err := fs.ReadFile(bundle, "index.html")
		if err == nil {
			if page, err := render(string(index), data); err == nil {
				return page
			}
		}
		page, err := render(placeholder, data)
		if err != nil { // the template is ours and under test
			return []byte(err.Error())
		}
		return page
	})
}

func render(text string, data pageData) ([]byte, error) {
	t, err := template.New("page").Parse(text)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := t.Execute(&out, data); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// favicon answers browsers that ask for /favicon.ico by habit: the icon of the bundle, or the one kept for a binary
// without a bundle.
func favicon(built *asset) *asset {
	if built != nil {
		return built
	}
	return bytesAsset("favicon.svg", "no-cache", func() []byte { return icon })
}
