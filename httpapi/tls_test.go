package httpapi_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"testing"

	"gw/httpapi"
)

// TestS40TLSIs12OrNewer serves over TLS with a certificate of its own and tries versions.
func TestS40TLSIs12OrNewer(t *testing.T) {
	cert, err := httpapi.SelfSigned("localhost", "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(cert.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	l, err := httpapi.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g, _ := newOmnibus()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- httpapi.Serve(ctx, httpapi.New(g, httpapi.Config{}), httpapi.TLS(l, cert, nil)) }()
	defer func() {
		cancel()
		<-done
	}()
	trusted := x509.NewCertPool()
	trusted.AddCert(leaf)
	for version, ok := range map[uint16]bool{tls.VersionTLS10: false, tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true} {
		c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: trusted, MinVersion: version, MaxVersion: version}}}
		resp, err := c.Get("https://" + l.Addr().String() + p + "last/")
		if (err == nil) != ok {
			t.Errorf("version %x: got %v, want it to work: %v", version, err, ok)
		}
		if err == nil {
			if resp.ProtoMajor != 1 {
				t.Errorf("got %s, want HTTP/1.1", resp.Proto)
			}
			resp.Body.Close()
		}
	}
}
