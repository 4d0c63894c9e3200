package memnet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

func TestServesHTTP(t *testing.T) {
	l := Listen()
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) })}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(l) }()
	client := &http.Client{Transport: &http.Transport{DialContext: l.Dial}}
	body := bytes.Repeat([]byte("tick "), 100_000)
	resp, err := client.Post("http://gw/echo", "text/plain", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(resp.Body)
	if err != nil || !bytes.Equal(got, body) {
		t.Fatalf("got %d bytes, %v; want the %d sent", len(got), err, len(body))
	}
	if err := srv.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-served; err != http.ErrServerClosed {
		t.Fatalf("got %v, want ErrServerClosed", err)
	}
	if _, err := l.Dial(t.Context(), "", ""); !errors.Is(err, net.ErrClosed) {
		t.Fatalf("dial after close: got %v, want net.ErrClosed", err)
	}
}

func TestDialEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Listen().Dial(ctx, "tcp", "gw:80"); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want context.Canceled", err)
	}
}

func TestCloseLetsTheOtherEndReadWhatIsLeft(t *testing.T) {
	a, b := Pipe()
	if _, err := a.Write([]byte("last words")); err != nil {
		t.Fatal(err)
	}
	a.Close()
	got, err := io.ReadAll(b)
	if string(got) != "last words" || err != nil {
		t.Fatalf("got %q, %v", got, err)
	}
	if _, err := b.Write([]byte("x")); !errors.Is(err, syscall.EPIPE) {
		t.Fatalf("write to a closed end: got %v, want EPIPE", err)
	}
	if _, err := a.Write([]byte("x")); !errors.Is(err, net.ErrClosed) {
		t.Fatalf("write on a closed end: got %v, want net.ErrClosed", err)
	}
	if _, err := a.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
		t.Fatalf("read on a closed end: got %v, want net.ErrClosed", err)
	}
}

func TestDeadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := Pipe()
		start := time.Now()
		b.SetReadDeadline(start.Add(3 * time.Second))
		if _, err := b.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatalf("read: got %v, want deadline exceeded", err)
		}
		if got := time.Since(start); got != 3*time.Second {
			t.Fatalf("read waited %v, want 3s", got)
		}
		var timeout net.Error
		a.SetWriteDeadline(start.Add(5 * time.Second))
		n, err := a.Write(make([]byte, 2*capacity))
		if !errors.As(err, &timeout) || !timeout.Timeout() || n != capacity {
			t.Fatalf("write: got %d, %v; want %d and a timeout", n, err, capacity)
		}
		b.SetDeadline(time.Time{})
		if n, err := io.ReadFull(b, make([]byte, capacity)); n != capacity || err != nil {
			t.Fatalf("read after the deadline was lifted: got %d, %v", n, err)
		}
	})
}

func TestDeadlineOfThePastIsLiftedByALaterOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := Pipe()
		b.SetReadDeadline(time.Now().Add(time.Second))
		b.SetReadDeadline(time.Now().Add(time.Hour))
		go func() {
			<-time.After(time.Minute) // fake time of the bubble
			a.Write([]byte("x"))
		}()
		if n, err := b.Read(make([]byte, 1)); n != 1 || err != nil {
			t.Fatalf("got %d, %v", n, err)
		}
	})
}

// TestBytesArriveInOrder compares a connection with a plain slice under random reads and writes that never wait.
func TestBytesArriveInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := Pipe()
		var model []byte
		next := byte(0)
		t.Repeat(map[string]func(*rapid.T){
			"write": func(t *rapid.T) {
				p := make([]byte, rapid.IntRange(0, capacity-len(model)).Draw(t, "write"))
				for i := range p {
					next++
					p[i] = next
				}
				if n, err := a.Write(p); n != len(p) || err != nil {
					t.Fatalf("write: got %d, %v; want %d", n, err, len(p))
				}
				model = append(model, p...)
			},
			"read": func(t *rapid.T) {
				if len(model) == 0 {
					t.Skip("nothing to read")
				}
				p := make([]byte, rapid.IntRange(1, capacity).Draw(t, "read"))
				n, err := b.Read(p)
				if err != nil || n != min(len(p), len(model)) || !bytes.Equal(p[:n], model[:n]) {
					t.Fatalf("read: got %d, %v; want %d bytes of the model", n, err, min(len(p), len(model)))
				}
				model = model[n:]
			},
		})
	})
}
