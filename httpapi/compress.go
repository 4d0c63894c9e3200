package httpapi

import (
	"bytes"
	"hash/maphash"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// compressFrom is the length from which a body is worth compressing: it needs a second packet otherwise.
const compressFrom = 1400

// tagSeed makes the ETags of a process its own.
var tagSeed = maphash.MakeSeed()

// etag returns the weak tag of a body: weak, since it is the same for every encoding of it.
func etag(body []byte) string {
	b := append(make([]byte, 0, 20), `W/"`...)
	b = strconv.AppendUint(b, maphash.Bytes(tagSeed, body), 16)
	return string(append(b, '"'))
}

// matchesTag reports whether an If-None-Match names the tag.
func matchesTag(header, tag string) bool {
	for given := range strings.SplitSeq(header, ",") {
		given = strings.TrimSpace(given)
		if given == "*" || strings.TrimPrefix(given, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

var (
	gzips = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}
	zstds = sync.Pool{New: func() any {
		w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
		if err != nil {
			return nil
		}
		return w
	}}
)

// compressed returns body in the encoding that r likes best of zstd and gzip, and says so in h; body itself if it takes
// neither.
func compressed(h http.Header, r *http.Request, body []byte) []byte {
	h.Add("Vary", "Accept-Encoding")
	var b bytes.Buffer
	switch encodingFor(r.Header.Get("Accept-Encoding")) {
	case "zstd":
		w, ok := zstds.Get().(*zstd.Encoder)
		if !ok {
			return body
		}
		defer zstds.Put(w)
		h.Set("Content-Encoding", "zstd")
		return w.EncodeAll(body, nil)
	case "gzip":
		w := gzips.Get().(*gzip.Writer)
		defer gzips.Put(w)
		w.Reset(&b)
		w.Write(body)
		w.Close()
		h.Set("Content-Encoding", "gzip")
		return b.Bytes()
	}
	return body
}

// encodingFor chooses from an Accept-Encoding: zstd before gzip, none that has the quality 0.
func encodingFor(accept string) string {
	best := ""
	for part := range strings.SplitSeq(accept, ",") {
		name, quality, _ := strings.Cut(part, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if q, is := strings.CutPrefix(strings.TrimSpace(quality), "q="); is && strings.Trim(q, "0.") == "" {
			continue
		}
		if name == "zstd" || name == "gzip" && best == "" {
			best = name
		}
	}
	return best
}
