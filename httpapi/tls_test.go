package httpapi_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net/http"
	"testing"
	"time"

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

// TestS40ClientsShowACertificateIfTheyHaveTo serves with an authority of clients, and comes with and without a certificate.
func TestS40ClientsShowACertificateIfTheyHaveTo(t *testing.T) {
	server, err := httpapi.SelfSigned("localhost", "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	ours, foreign := clientCertificate(t), clientCertificate(t)
	authorities := x509.NewCertPool()
	authorities.AddCert(ours.Leaf)
	l, err := httpapi.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g, _ := newOmnibus()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		done <- httpapi.Serve(ctx, httpapi.New(g, httpapi.Config{}), httpapi.TLS(l, server, authorities))
	}()
	defer func() {
		cancel()
		<-done
	}()
	for name, tc := range map[string]struct {
		certificates []tls.Certificate
		ok           bool
	}{"none": {nil, false}, "ours": {[]tls.Certificate{ours}, true}, "foreign": {[]tls.Certificate{foreign}, false}} {
		c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true, Certificates: tc.certificates}}}
		resp, err := c.Get("https://" + l.Addr().String() + p + "last/")
		if (err == nil) != tc.ok {
			t.Errorf("%s: got %v, want it to work: %v", name, err, tc.ok)
		}
		if err == nil {
			resp.Body.Close()
		}
	}
}

// clientCertificate is one that vouches for itself.
func clientCertificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	one := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, one, one, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}
