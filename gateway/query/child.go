package query

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

// marker is the environment variable that makes a process a child; its value is the parent's process id.
const marker = "GW_QUERY_CHILD_OF"

// able is set once Main has been called: only then may the program be started again.
var able atomic.Bool

// Main makes the program able to run queries. Call it before anything else that main does: in a child it answers one
// query and ends the process, otherwise it returns at once.
func Main() {
	able.Store(true)
	if os.Getenv(marker) != fmt.Sprint(os.Getppid()) {
		return
	}
	answers := os.NewFile(3, "answers")
	if answers == nil {
		os.Exit(2)
	}
	if err := serve(os.Stdin, answers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// serve answers one question. What the asker is to know goes into a frame; the error is for a log.
func serve(in io.Reader, out io.Writer) error {
	db, err := open()
	if err != nil {
		return err
	}
	r := bufio.NewReaderSize(in, 1<<16)
	kind, body, err := readFrame(r)
	if err != nil {
		return nil // a spare that is not needed any more
	}
	var q question
	if err := json.Unmarshal(body, &q); err != nil || kind != asks {
		return fmt.Errorf("got a frame %q, want a question: %w", kind, err)
	}
	time.AfterFunc(time.Duration(q.CPU)*time.Second, func() { os.Exit(2) }) // should the parent's kill not come
	if err := confine(q.Memory, q.CPU); err != nil {
		return err
	}
	err = (&child{db: db, in: r, out: out, q: q}).answer()
	var known *Error
	if errors.As(err, &known) {
		return writeJSON(out, fails, known)
	}
	return err
}

// child is a process that answers one question.
type child struct {
	db  *duck
	in  io.Reader
	out io.Writer
	q   question

	whole []Table // those that the query reads, with all of their columns
}

func (c *child) answer() error {
	if err := c.db.limit(c.q.Memory / 2); err != nil {
		return err
	}
	r, err := parse(c.db.conn, c.q.SQL)
	if err != nil {
		return c.explain(err)
	}
	numbers, err := r.find(c.q.Tables)
	if err != nil {
		return err
	}
	wanted, err := c.prepare(r, numbers)
	if err != nil {
		return err
	}
	if err := c.check(); err != nil {
		return c.explain(c.better(err))
	}
	if err := writeJSON(c.out, wants, wanted); err != nil {
		return err
	}
	if err := c.load(); err != nil {
		if why := explained(err, ""); why.Reason == TooLarge {
			return why
		}
		return err
	}
	go exitWith(c.in)
	return c.explain(c.run())
}

// prepare makes the tables that the query reads, with the columns that it may mean. What it only lists is made, too.
func (c *child) prepare(r *reading, numbers []int) ([]want, error) {
	for _, n := range numbers {
		c.whole = append(c.whole, c.q.Tables[n])
	}
	made := numbers
	if r.shows {
		made = every(len(c.q.Tables))
	} else if !r.whole {
		for _, n := range numbers {
			c.q.Tables[n] = c.q.Tables[n].only(func(name string) bool { return r.names[strings.ToLower(name)] })
		}
	}
	for _, n := range made {
		if err := c.db.create(c.q.Tables[n]); err != nil {
			return nil, err
		}
	}
	wanted := []want{}
	for _, n := range numbers {
		wanted = append(wanted, want{n, c.q.Tables[n].docs()})
	}
	return wanted, nil
}

func every(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// better asks once more with all columns there, so that the error names those that could be meant.
func (c *child) better(err error) error {
	for _, t := range c.whole {
		if c.db.exec("DROP TABLE "+t.path()) != nil || c.db.create(t) != nil {
			return err
		}
	}
	if again := c.check(); again != nil {
		return again
	}
	return err
}

// ahead is how many batches are read while one is inserted, so that the parent can write the next.
const ahead = 4

// load inserts batches until there are enough.
func (c *child) load() error {
	batches, ended := make(chan batch, ahead), make(chan error, 1)
	go func() {
		defer close(batches)
		ended <- c.receive(batches)
	}()
	for b := range batches {
		if b.table >= len(c.q.Tables) {
			return fmt.Errorf("got a batch of table %d, there are %d", b.table, len(c.q.Tables))
		}
		if err := c.db.insert(c.q.Tables[b.table], b); err != nil {
			return err // and the process ends
		}
	}
	return <-ended
}

// receive reads batches.
func (c *child) receive(batches chan<- batch) error {
	for {
		kind, body, err := readFrame(c.in)
		switch {
		case err != nil:
			return err
		case kind == enough:
			return nil
		case kind != gives:
			return fmt.Errorf("got a frame %q, want a batch", kind)
		}
		b, err := decodeBatch(body)
		if err != nil {
			return err
		}
		batches <- b
	}
}

// exitWith ends the process when its parent ends.
func exitWith(in io.Reader) {
	_, _ = io.Copy(io.Discard, in)
	os.Exit(0)
}

func (c *child) explain(err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	return explained(err, c.q.SQL)
}
