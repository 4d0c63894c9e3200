package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"gw/config"
	"gw/gateway"
	"gw/httpapi"
	"gw/httpapi/auth"
	"gw/internal/memnet"
	"gw/web"
)

// A session is one gateway while it runs, with everything that looks into it: the API on a port and in memory, the
// page, and the workbench where there is a terminal.
type session struct {
	program *program
	gateway *gateway.Gateway
	app     *config.App // what a configuration said; nil or empty without one
	serving serving
	config  gateway.RunConfig
	offline bool   // open no port
	leave   bool   // end with the recording; otherwise serve on until stopped
	intro   string // the line about what runs

	api     http.Handler
	log     *slog.Logger
	notices io.Writer
	port    net.Listener // nil when offline
	memory  *memnet.Listener
}

// closeLimit bounds the wait for clients that neither finish nor close.
const closeLimit = 1500 * time.Millisecond

// errEnded is the cause of a session that ends as planned: the user quit, its time is over, it was shut down.
var errEnded = errors.New("ended")

// run builds and runs the gateway and returns when all of the session is closed: nil after an interrupt, a shutdown
// through the API, the end of --for, or the end of a recording that it was not to outlive.
func (s *session) run(parent context.Context) error {
	closeLog, err := s.openLog()
	if err != nil {
		return err
	}
	defer closeLog()
	served, page, err := s.terms()
	if err != nil {
		return err
	}
	s.gateway.Failed = func(e *gateway.ModuleError) {
		s.log.Error("a module failed; the gateway goes on without it", "module", e.Module, "error", oneLine(e.Error()))
	}
	if err := s.gateway.Build(); err != nil {
		return asFailure(err, exitUsage, "")
	}
	interrupted, release := interruptible(parent)
	defer release()
	ctx, end := context.WithCancelCause(interrupted)
	defer end(errEnded)
	if s.serving.limit > 0 {
		timer := time.AfterFunc(s.serving.limit, func() { end(errEnded) })
		defer timer.Stop()
	}
	if !s.serving.noUI {
		served.UI = web.Handler(page)
	}
	s.api = httpapi.New(s.gateway, served)
	if err := s.listen(); err != nil {
		return err
	}
	err = s.live(ctx, end)
	if err == nil && s.leave && context.Cause(ctx) != errEnded && interrupted.Err() != nil {
		err = context.Canceled
	}
	return asFailure(err, exitRun, "")
}

func (s *session) openLog() (closing func() error, err error) {
	s.notices = s.program.stderr
	fallback := s.program.stderr
	if s.workbench() {
		fallback = io.Discard
	}
	s.log, closing, err = s.serving.logs.open(fallback)
	if err == nil && s.app != nil {
		closing = s.equip(fallback, closing)
	}
	return closing, err
}

func (s *session) listen() error {
	s.memory = memnet.Listen()
	if s.offline {
		return nil
	}
	var err error
	s.port, err = httpapi.Listen(s.serving.address)
	if err != nil {
		return &failure{exitReach, err, "--port 0 takes a free port and prints it"}
	}
	s.port = s.serving.security.protect(s.port)
	return nil
}

// live runs gateway, server and workbench side by side. The first of them to end, or ctx, ends all; the gateway goes
// first, so that pending calls are answered, then the server.
func (s *session) live(ctx context.Context, end context.CancelCauseFunc) error {
	running, stopGateway := context.WithCancel(context.WithoutCancel(ctx))
	defer stopGateway()
	var parts sync.WaitGroup
	var gatewayErr, serverErr, workbenchErr error
	parts.Go(func() {
		gatewayErr = s.gateway.Run(running, s.config)
		if s.outlived(gatewayErr) {
			if !s.workbench() { // which has the screen, and shows it
				s.say("the recording is over; still serving, Ctrl-C ends it")
			}
			return
		}
		end(errEnded)
	})
	select {
	case <-s.gateway.Ready():
	case <-s.gateway.Done():
	}
	serving, stopServer := context.WithCancel(context.WithoutCancel(ctx))
	defer stopServer()
	served := make(chan struct{})
	go func() {
		defer close(served)
		serverErr = httpapi.Serve(serving, s.api, s.listeners()...)
		if serving.Err() == nil {
			end(errEnded)
		}
	}()
	s.announce()
	if s.workbench() {
		parts.Go(func() {
			workbenchErr = s.openWorkbench(ctx)
			end(errEnded)
		})
	}
	<-ctx.Done()
	stopGateway()
	parts.Wait()
	stopServer()
	select {
	case <-served:
	case <-time.After(closeLimit):
		return errors.Join(gatewayErr, workbenchErr)
	}
	return errors.Join(gatewayErr, serverErr, workbenchErr)
}

// outlived tells whether the session goes on without its engine: a recording was replayed to its end.
func (s *session) outlived(err error) bool {
	return err == nil && !s.leave && s.gateway.Status().State == "ended"
}

// terms are what is served, to whom, as flags, settings and modules say. An address that others can reach needs somebody
// to ask them who they are.
func (s *session) terms() (httpapi.Config, web.Options, error) {
	security := s.serving.security
	security.log.Store(s.log)
	c := httpapi.Config{Title: s.gateway.Name, Version: version(), Log: s.log, URL: security.url(s.serving.address)}
	security.apply(&c)
	if fields := security.filter; len(fields) > 0 {
		s.gateway.Filter, s.gateway.Guard = auth.FilterBy(fields...), auth.GuardBy(fields...)
	}
	page := web.Options{Title: s.gateway.Name}
	if s.app != nil {
		describe(&c, &page, s.app.Settings)
	}
	c, err := c.With(s.gateway)
	switch {
	case errors.Is(err, httpapi.ErrNobody):
		return c, page, usage("add --api-keys, --users or another way to log in, or a module such as gw.MountAPIKeyMiddleware", "%w", err)
	case err != nil:
		return c, page, secretFailure(err)
	case s.offline:
		return c, page, nil
	}
	return c, page, s.serving.exposed(c.Auth)
}

func (s *session) listeners() []net.Listener {
	if s.port == nil {
		return []net.Listener{s.memory}
	}
	return []net.Listener{s.port, s.memory}
}

// announce says on standard error what runs and where it can be seen.
func (s *session) announce() {
	if s.intro != "" {
		s.say(s.intro)
	}
	if s.port == nil {
		return
	}
	at := s.address()
	for _, line := range s.gateway.Info() {
		s.say(printable(line))
	}
	s.say("listening on " + at)
	if !s.serving.noUI {
		s.say("page " + at + "/")
	}
	s.say("API docs " + at + "/docs")
	for _, line := range s.gateway.Info() {
		s.say(line)
	}
}

// address is the URL under which this machine reaches the session, "" when it opened no port.
func (s *session) address() string {
	if s.port == nil {
		return ""
	}
	return s.serving.security.scheme() + s.port.Addr().String()
}

func (s *session) say(line string) {
	fmt.Fprintf(s.notices, "%s: %s\n", s.program.name, line)
}
