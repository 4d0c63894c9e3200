package engine_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gw/engine"
)

// TestTicksAreThoseOfCsp builds the graphs of testdata/csp, whose ticks the real csp has written down (README.md there), and
// compares every tick, its time and its cycle. Where gw differs on purpose, the block says why and what gw ticks.
func TestTicksAreThoseOfCsp(t *testing.T) {
	files, err := filepath.Glob("testdata/csp/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d files, %v", len(files), err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		must(t, err)
		for block := range strings.SplitSeq(strings.TrimSpace(string(text)), "\n\n") {
			c := readCorpus(block)
			t.Run(strings.TrimSuffix(filepath.Base(path), ".txt")+"/"+c.name, func(t *testing.T) {
				got := runCorpus(c)
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("%s\n%s", block, diff)
				}
				if c.differs && c.want == c.csp {
					t.Error("gw ticks as csp does: delete what the block says of a difference")
				}
			})
		}
	}
}

// corpusCase is one block.
type corpusCase struct {
	name       string
	graph      []string
	start, end string
	csp, want  string
	differs    bool
}

func readCorpus(block string) corpusCase {
	graph, ticks, _ := strings.Cut(block+"\n", "\n----\n")
	c := corpusCase{}
	var own string
	c.csp, own, c.differs = strings.Cut(ticks, "---- gw:")
	if c.want = c.csp; c.differs {
		_, c.want, _ = strings.Cut(own, "\n")
	}
	for line := range strings.SplitSeq(graph, "\n") {
		switch {
		case strings.HasPrefix(line, "# "):
			c.name += line[2:]
		case strings.HasPrefix(line, "run "):
			for option := range strings.FieldsSeq(line[4:]) {
				name, value, _ := strings.Cut(option, "=")
				*map[string]*string{"start": &c.start, "end": &c.end}[name] = value
			}
		default:
			c.graph = append(c.graph, line)
		}
	}
	return c
}

// corpusRun is a graph being wired and what it ticked.
type corpusRun struct {
	corpusWiring
	cells []string // of this cycle, in the order of wiring
	log   strings.Builder
}

// runCorpus returns a line for each cycle in which an edge ticked.
func runCorpus(c corpusCase) string {
	r := &corpusRun{corpusWiring: newCorpusWiring()}
	r.wire(c.graph, r.record)
	r.g.OnCycleEnd(func(now engine.Time, _ uint64) { r.line(now) })
	config := engine.Config{Start: corpusTime(c.start), End: corpusTime(c.end)}
	if err := r.g.Run(context.Background(), config); err != nil {
		r.log.WriteString("error\n")
	}
	return r.log.String()
}

// record notes what an edge ticks.
func (r *corpusRun) record(name string) {
	at := len(r.cells)
	r.cells = append(r.cells, "")
	if e, ok := r.ints[name]; ok {
		engine.Sink(e, "record", func(v *int) { r.cells[at] = fmt.Sprintf(" %s=%d", name, *v) })
		return
	}
	if b, ok := r.baskets[name]; ok {
		n := r.g.Node("record")
		in := engine.UseDynamic(n, b)
		n.OnTick(func() { r.cells[at] = fmt.Sprintf(" %s=%v", name, spell(in)) })
		return
	}
	if e, ok := r.lists[name]; ok {
		engine.Sink(e, "record", func(v *[]int) { r.cells[at] = fmt.Sprintf(" %s=%v", name, *v) })
	}
}

func (r *corpusRun) line(now engine.Time) {
	slices.Sort(*r.notes)
	if line := strings.Join(append(r.cells, *r.notes...), ""); line != "" {
		fmt.Fprintf(&r.log, "%gs%s\n", time.Duration(now).Seconds(), line)
	}
	clear(r.cells)
	*r.notes = nil
}

func corpusTime(s string) engine.Time {
	if s == "" {
		return 0
	}
	return engine.Time(corpusDuration(s))
}

func corpusDuration(s string) time.Duration {
	d, err := time.ParseDuration(s)
	if err != nil {
		panic(err)
	}
	return d
}
