package main

import (
	"io"
	"net/http"

	"github.com/julienschmidt/httprouter"
)

// bare serves what the gateway at url answers now, from a bare httprouter: the same body and type at the same path, and
// with all headers of that answer at /headers.
func bare(url, addr string) error {
	res, err := http.Get(url + "/api/v1/last/example")
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	res.Header.Del("Content-Length")
	res.Header.Del("Date")
	r := httprouter.New()
	r.GET("/api/v1/last/example", func(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
		w.Header().Set("Content-Type", "application/json")
		w.Write(body)
	})
	r.GET("/headers", func(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
		h := w.Header()
		for name, values := range res.Header {
			h[name] = values
		}
		w.Write(body)
	})
	return http.ListenAndServe(addr, r)
}
