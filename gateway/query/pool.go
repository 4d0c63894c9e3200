package query

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"gw/engine"
	"gw/gateway"
)

// Format is how an answer is written.
type Format string

// The formats: a JSON array of objects, an object a line, a header and lines of text, an Arrow IPC stream.
const (
	JSON  Format = "json"
	Lines Format = "jsonl"
	CSV   Format = "csv"
	Arrow Format = "arrow"
)

// Result is an answer as it can be passed on.
type Result struct {
	Body []byte
	// Rows is how many rows are in it; Truncated tells that there were more.
	Rows      int
	Truncated bool
	// Time and Cycle are those of the last engine cycle that the answer knows of.
	Time  engine.Time
	Cycle uint64
}

// idle is how long a child that nobody has asked is kept.
const idle = 30 * time.Second

// Pool runs queries of one gateway in child processes. Make it with New, end it with Close; any goroutine may use it.
type Pool struct {
	limits  Limits
	gateway *gateway.Gateway
	source  func() *source
	turns   chan struct{} // of queries that run
	places  chan struct{} // of queries that run or wait

	mu     sync.Mutex
	closed bool
	spare  *worker
	forget *time.Timer
	work   sync.WaitGroup
	ctx    context.Context // ends with Close
	cancel context.CancelFunc
}

// New returns a Pool for g. It starts nothing before the first query, for which g must have been built.
func New(g *gateway.Gateway, l Limits) *Pool {
	l = l.withDefaults()
	p := &Pool{limits: l, gateway: g, turns: make(chan struct{}, l.Running), places: make(chan struct{}, l.Running+l.Waiting)}
	p.source = sync.OnceValue(func() *source { return sourceOf(g, l) })
	p.ctx, p.cancel = context.WithCancel(context.Background())
	return p
}

// Close kills what runs and waits until it is gone. Later queries are refused.
func (p *Pool) Close() {
	p.mu.Lock()
	p.closed = true
	spare := p.takeSpare()
	p.mu.Unlock()
	p.cancel()
	if spare != nil {
		spare.end()
	}
	p.work.Wait()
}

// Query answers the one SELECT that sql is, as the caller of ctx may see the data, with at most rows rows; rows less than
// 1 mean as many as Limits allow. The error is an *Error, or the end of ctx.
func (p *Pool) Query(ctx context.Context, sql string, rows int, f Format) (*Result, error) {
	if rows < 1 || rows > p.limits.Rows {
		rows = p.limits.Rows
	}
	if err := p.begin(); err != nil {
		return nil, err
	}
	defer p.work.Done()
	select {
	case p.places <- struct{}{}:
		defer func() { <-p.places }()
	default:
		return nil, fail(Busy, "%d queries run or wait already; ask again later", cap(p.places))
	}
	bound, cancel := context.WithTimeout(ctx, p.limits.Deadline)
	defer cancel()
	defer context.AfterFunc(p.ctx, cancel)()
	select {
	case p.turns <- struct{}{}:
		defer func() { <-p.turns }()
	case <-bound.Done():
		return nil, p.over(ctx, fail(Busy, "other queries kept this one waiting for %v; ask again later", p.limits.Deadline))
	}
	return p.run(ctx, bound, question{SQL: sql, Rows: rows, Format: f})
}

func (p *Pool) begin() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return fail(Busy, "the gateway is closing")
	}
	p.work.Add(1)
	return nil
}

// run asks a child, and ends it.
func (p *Pool) run(ctx, bound context.Context, q question) (*Result, error) {
	w, err := p.take()
	if err != nil {
		return nil, err
	}
	s := p.source()
	q.Tables, q.Output, q.Memory = s.tables(), p.limits.Output, p.limits.Memory
	q.CPU = uint64(p.limits.Deadline/time.Second) + 2
	stop := context.AfterFunc(bound, func() { _ = w.cmd.Process.Kill() })
	r, err := w.ask(bound, q, s, p.limits.Input)
	stop()
	if err == nil {
		p.work.Go(func() { // the answer need not wait for it
			p.refill()
			w.end()
		})
		return r, nil
	}
	how := w.end()
	p.refill()
	var known *Error
	switch {
	case errors.As(err, &known):
		return nil, err
	case bound.Err() != nil:
		return nil, p.over(ctx, fail(TooLate, "the query took longer than %v", p.limits.Deadline))
	}
	return nil, died(how, err, w.last.text.String())
}

// over is why a query ended early: its caller left, the pool closes, or otherwise.
func (p *Pool) over(ctx context.Context, otherwise *Error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case p.ctx.Err() != nil:
		return fail(Busy, "the gateway is closing")
	}
	return otherwise
}

// died is why a child ended without an answer: as a rule it wanted more memory than it may have.
func died(how, err error, complaint string) error {
	if how != nil && complaint == "" || outOfMemory(complaint) {
		return fail(TooLarge, "the query needs more memory or processor time than it may have")
	}
	return fmt.Errorf("query: child: %w (%v; %s)", err, how, complaint)
}

// take returns the spare child, or a new one.
func (p *Pool) take() (*worker, error) {
	p.mu.Lock()
	w := p.takeSpare()
	p.mu.Unlock()
	if w != nil {
		return w, nil
	}
	return start()
}

func (p *Pool) takeSpare() *worker {
	w := p.spare
	p.spare = nil
	if p.forget != nil {
		p.forget.Stop()
	}
	return w
}

// refill starts a spare child for the next query.
func (p *Pool) refill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || p.spare != nil {
		return
	}
	w, err := start()
	if err != nil {
		return // the next query will say why
	}
	p.spare = w
	p.forget = time.AfterFunc(idle, func() { p.drop(w) })
}

// drop ends a spare that has not been needed.
func (p *Pool) drop(w *worker) {
	p.mu.Lock()
	mine := p.spare == w
	if mine {
		p.spare = nil
	}
	p.mu.Unlock()
	if mine {
		w.end()
	}
}
