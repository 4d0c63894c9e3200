package query

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// worker is a child process as its parent sees it: started, and good for one question.
type worker struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *os.File
	frames *bufio.Reader
	last   tail
}

// start starts the program again as a child that waits for a question. Nothing of the environment goes along.
func start() (*worker, error) {
	if !able.Load() {
		return nil, fail(Unable, "this program cannot run queries: its main must begin with query.Main()")
	}
	path, err := executable()
	if err != nil {
		return nil, err
	}
	w := &worker{cmd: exec.Command(path)}
	w.cmd.Args = os.Args[:1]
	w.cmd.Env = []string{fmt.Sprintf("%s=%d", marker, os.Getpid()), "MALLOC_ARENA_MAX=2", "TZ=UTC"}
	w.cmd.Dir = os.TempDir()
	w.cmd.Stderr = &w.last
	if w.in, err = w.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, answers, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer answers.Close()
	w.out, w.cmd.ExtraFiles = out, []*os.File{answers}
	w.frames = bufio.NewReaderSize(out, 1<<16)
	if err := w.cmd.Start(); err != nil {
		out.Close()
		return nil, fail(Unable, "a query cannot be run: %v", err)
	}
	return w, nil
}

// end kills the child, if it lives, and waits until it is gone. It returns how it ended.
func (w *worker) end() error {
	_ = w.cmd.Process.Kill() // it may be gone already
	err := w.cmd.Wait()
	w.out.Close()
	return err
}

// ask has the child answer q from the tables of s.
func (w *worker) ask(ctx context.Context, q question, s *source, input int64) (*Result, error) {
	if err := writeJSON(w.in, asks, q); err != nil {
		return nil, err
	}
	body, err := w.expect(wants)
	if err != nil {
		return nil, err
	}
	var wanted []want
	if err := json.Unmarshal(body, &wanted); err != nil {
		return nil, err
	}
	for _, n := range wanted {
		if !n.within(q.Tables) {
			return nil, fmt.Errorf("child wants %v of %d tables", n, len(q.Tables))
		}
	}
	at, err := s.snapshot(ctx, wanted, func(b batch) error {
		frame := b.encode()
		if input -= int64(len(frame)); input < 0 || len(frame) > maxFrame {
			return fail(TooLarge, "the tables that the query reads are too large: %s", q.Tables[b.table].Name)
		}
		return writeFrame(w.in, gives, frame)
	})
	if err == nil {
		err = writeFrame(w.in, enough, nil)
	}
	var known *Error
	if err != nil && !errors.As(err, &known) {
		if _, told := w.expect(begins); errors.As(told, &known) {
			return nil, known // why it no longer reads
		}
	}
	if err != nil {
		return nil, err
	}
	return w.answer(at, q.Output)
}

// within reports whether there is what is wanted.
func (w want) within(tables []Table) bool {
	if w.Table < 0 || w.Table >= len(tables) || len(w.Docs) == 0 {
		return false
	}
	for i, n := range w.Docs {
		if n < 0 || n >= len(tables[w.Table].Docs) || i > 0 && n <= w.Docs[i-1] {
			return false
		}
	}
	return true
}

// expect reads a frame of a kind. The child may send an Error instead.
func (w *worker) expect(kind byte) ([]byte, error) {
	got, body, err := readFrame(w.frames)
	switch {
	case err != nil:
		return nil, err
	case got == fails:
		return nil, told(body)
	case got != kind:
		return nil, fmt.Errorf("child sent a frame %q, want %q", got, kind)
	}
	return body, nil
}

// told is the Error that a child sent.
func told(body []byte) error {
	e := &Error{}
	if err := json.Unmarshal(body, e); err != nil {
		return err
	}
	return e
}

func (w *worker) answer(at moment, most int64) (*Result, error) {
	body, err := w.expect(begins)
	if err != nil {
		return nil, err
	}
	var h header
	if err := json.Unmarshal(body, &h); err != nil {
		return nil, err
	}
	r := &Result{Time: at.time, Cycle: at.cycle, Rows: h.Rows, Truncated: h.Truncated}
	for {
		kind, piece, err := readFrame(w.frames)
		switch {
		case err != nil:
			return nil, err
		case kind == ends:
			return r, nil
		case kind == fails:
			return nil, told(piece)
		case kind != data:
			return nil, fmt.Errorf("child sent a frame %q within an answer", kind)
		case int64(len(r.Body)+len(piece)) > most:
			return nil, fail(TooLarge, "the answer has more than %d bytes", most)
		}
		r.Body = append(r.Body, piece...)
	}
}

// tail keeps the beginning of what a child complains of.
type tail struct{ text strings.Builder }

func (t *tail) Write(p []byte) (int, error) {
	t.text.Write(p[:min(len(p), max(0, 2000-t.text.Len()))])
	return len(p), nil
}

func executable() (string, error) {
	if _, err := os.Stat("/proc/self/exe"); err == nil {
		return "/proc/self/exe", nil // also when the file has been replaced since
	}
	return os.Executable()
}
