package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

// mediaType is the type of what the bundle holds. The system's table is not asked: it differs between machines, and
// browsers compile WebAssembly while it streams in only under its right name.
func mediaType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".json":
		return "application/json"
	case ".wasm":
		return "application/wasm"
	}
	return "application/octet-stream"
}

// An asset is one thing that the handler serves. Its bytes are read and packed on first use.
type asset struct {
	contentType string
	cache       string
	packed      bool // worth compressing: Perspective's WebAssembly is compressed inside already
	content     func() content
}

type content struct {
	plain []byte
	gzip  []byte // nil unless it is shorter
	etag  string
}

func newAsset(bundle fs.FS, name string) *asset {
	cache := "no-cache"
	if strings.HasPrefix(name, "assets/") {
		cache = "public, max-age=31536000, immutable"
	}
	read := func() []byte {
		data, err := fs.ReadFile(bundle, name)
		if err != nil { // it was listed a moment ago, and an embedded file stays
			return nil
		}
		return data
	}
	return bytesAsset(name, cache, read)
}

func bytesAsset(name, cache string, read func() []byte) *asset {
	a := &asset{contentType: mediaType(name), cache: cache, packed: path.Ext(name) != ".wasm"}
	a.content = sync.OnceValue(func() content { return pack(read(), a.packed) })
	return a
}

func pack(plain []byte, compress bool) content {
	sum := sha256.Sum256(plain)
	c := content{plain: plain, etag: `"` + hex.EncodeToString(sum[:12]) + `"`}
	if !compress {
		return c
	}
	var small bytes.Buffer
	z := gzip.NewWriter(&small)
	_, _ = z.Write(plain) // a bytes.Buffer takes everything
	_ = z.Close()
	if small.Len() < len(plain) {
		c.gzip = small.Bytes()
	}
	return c
}

func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	c := a.content()
	h := w.Header()
	h.Set("Content-Type", a.contentType)
	h.Set("Cache-Control", a.cache)
	h.Set("ETag", c.etag)
	body := c.plain
	if c.gzip != nil {
		h.Set("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Get("Accept-Encoding")) {
			h.Set("Content-Encoding", "gzip")
			h.Set("ETag", strings.TrimSuffix(c.etag, `"`)+`-gzip"`) // another representation is another tag
			h.Set("Content-Length", strconv.Itoa(len(c.gzip)))      // ServeContent leaves it out of encoded bodies
			body = c.gzip
		}
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// acceptsGzip reads an Accept-Encoding header (RFC 9110, section 12.5.3) as far as gzip is concerned.
func acceptsGzip(header string) bool {
	for _, part := range strings.Split(header, ",") {
		coding, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if coding = strings.TrimSpace(coding); !strings.EqualFold(coding, "gzip") && coding != "*" {
			continue
		}
		weight, weighted := strings.CutPrefix(strings.TrimSpace(params), "q=")
		q, err := strconv.ParseFloat(weight, 64)
		return !weighted || err == nil && q > 0
	}
	return false
}
