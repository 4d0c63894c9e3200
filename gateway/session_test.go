package gateway_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway"
	"gw/gateway/stage"
	"gw/modules"
)

// busy is a model of everything that takes something from outside.
type busy struct {
	One      gateway.Channel[item]          `channel:"one" state:"id;one_by_x=x" stage:"true"`
	Many     gateway.Channel[[]item]        `channel:"many" state:"y" stage:"true"`
	Two      gateway.Channel[item]          `channel:"two" state:"inner.z"`
	Events   gateway.Channel[item]          `channel:"events"`
	Basket   gateway.Basket[letter, item]   `channel:"basket"`
	Named    gateway.Basket[string, item]   `channel:"named" keys:"b,a"`
	Lists    gateway.Basket[string, []item] `channel:"lists" keys:"k,l"`
	Files    gateway.Channel[item]          `channel:"files" state:"x"`
	Controls gateway.Channel[gateway.Controls]
}

type busyModule struct{}

// Connect has a timer, a feedback, staging in the graph and a channel that mints ids beside those from outside.
func (busyModule) Connect(ch *busy) error {
	ch.One.Send()
	ch.Many.Send()
	ch.Basket.Send()
	ch.Named.Send()
	ch.Lists.Send()
	ch.One.Set(plusOne(ch.One.Get()))
	timer := engine.Timer(ch.One.Graph(), time.Millisecond, true)
	ch.Two.Set(op.Map(op.Count(timer), func(n int) item { return x(int64(n)) }))
	ch.Two.Set(op.Map(ch.One.Get(), func(v item) item { return x(v.X.Or(0)) }))
	ch.Events.Set(op.MapPtr(ch.One.StageEvents(), eventLog))
	full := op.Filter(op.Count(ch.One.StageEvents()), func(n *int) bool { return *n%20 == 0 })
	ch.One.StageRequests(op.Map(full, func(int) stage.Request { return stage.Request{Action: stage.Released} }))
	ch.Basket.Set(letterA, ch.One.Get())
	return nil
}

// operate does one random operation from outside.
func operate(ctx context.Context, t *testing.T, g *gateway.Gateway, r *rand.Rand) {
	value := func() string { return fmt.Sprintf(`{"x":%d,"y":"%d"}`, r.IntN(50), r.IntN(9)) }
	id := func() string { return fmt.Sprintf(`{"id":"r%d","x":%d}`, r.IntN(20), r.IntN(50)) }
	name := []string{"one", "many"}[r.IntN(2)]
	s := stageOf(t, g, name)
	var ids []string
	if all := s.Areas(); r.IntN(2) == 0 {
		ids = []string{}
		if len(all) > 0 && r.IntN(3) > 0 {
			ids = append(ids, all[r.IntN(len(all))])
		}
	}
	var err error
	switch r.IntN(12) {
	case 0, 1, 2:
		_, err = g.Send(ctx, name, "", []byte(value()))
	case 3:
		_, err = g.Send(ctx, name, "", []byte("["+value()+","+id()+"]"))
	case 4:
		_, err = g.Send(ctx, "basket", "", []byte(`{"A":`+value()+`,"C":`+value()+`}`))
	case 5:
		_, err = g.Send(ctx, "named", "b", []byte("["+value()+","+value()+"]"))
	case 6:
		_, err = g.Send(ctx, "lists", "k", []byte("["+value()+","+value()+"]"))
	case 7:
		_, err = g.Send(ctx, "controls", "", []byte(`{"name":"heartbeat"}`))
	case 8, 9:
		_, err = s.Add(ctx, ids, []byte(id()))
	case 10:
		_, err = s.Remove(ctx, ids, []byte(id()))
	case 11:
		if r.IntN(3) > 0 {
			_, err = s.Clear(ctx, ids)
		} else {
			_, err = s.Release(ctx, ids)
		}
	}
	if _, refused := err.(*stage.Error); err != nil && !refused { // somebody else may have released the area
		t.Error(err)
	}
}

// all renders what can be seen of a gateway.
func all(t *testing.T, g *gateway.Gateway) []string {
	t.Helper()
	var lines []string
	for _, p := range g.Ports() {
		for _, tick := range g.Recent(t.Context(), p.Name, "", 1<<20) {
			lines = append(lines, fmt.Sprintf("%s/%s %v #%d %d %s", tick.Channel, tick.Key, tick.Time, tick.Cycle, tick.N, tick.JSON()))
		}
	}
	for _, name := range g.Views() {
		a, err := g.State(t.Context(), name, "")
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, "state "+name, string(a.JSON()))
	}
	for _, name := range g.Stages() {
		lines = append(lines, "stage "+name, string(stageOf(t, g, name).Lookup(t.Context()).JSON()))
	}
	return append(lines, string(g.Snapshot(t.Context())))
}

// files drops files into a folder, whole, and counts them.
type files struct {
	dir     string
	dropped atomic.Int64
}

func (f *files) drop(t *testing.T, r *rand.Rand) {
	n := f.dropped.Add(1)
	name := fmt.Sprintf("%d.json", n)
	text := fmt.Sprintf(`[{"x":%d},{"x":%d,"y":"%d"}]`, r.IntN(50), r.IntN(50), n)
	err := os.WriteFile(filepath.Join(f.dir, name), []byte(text), 0o600)
	if err == nil {
		err = os.Rename(filepath.Join(f.dir, name), filepath.Join(f.dir, "in", name))
	}
	if err != nil {
		t.Error(err)
	}
}

// read waits until all of them have ticked.
func (f *files) read(t *testing.T, g *gateway.Gateway) {
	p, _ := g.Port("files")
	for p.Ticks() < 2*uint64(f.dropped.Load()) {
		if _, err := g.Next(t.Context(), "controls", ""); err != nil { // which ticks all the time
			t.Error(err)
			return
		}
	}
}

// newBusy makes a gateway that takes everything that can come from outside.
func newBusy(f *files) *gateway.Gateway {
	drops := &modules.ReadFileDrop{Configs: []modules.FileDrop{{
		DirPath: filepath.Join(f.dir, "in"), ChannelName: "files", FiledropType: "JSON",
	}}}
	g := gateway.New(&busy{}, busyModule{}, gateway.ControlsModule{}, drops)
	g.History = 1 << 20
	return g
}

// record runs a gateway live through 10,000 random operations of several callers, some of them dropped files.
func record(t *testing.T, session *gateway.Session) *gateway.Gateway {
	t.Helper()
	dropped := &files{dir: t.TempDir()}
	g := newBusy(dropped)
	g.Record = session
	runLive(t, g)
	const callers, operations = 4, 2500
	var who sync.WaitGroup
	for i := range callers {
		who.Go(func() {
			ctx := gateway.WithCaller(t.Context(), gateway.Caller{Name: fmt.Sprint("caller", i), Claims: map[string]string{"desk": "d"}})
			r := rand.New(rand.NewPCG(uint64(i), 1))
			for n := range operations {
				if n%25 == 0 {
					dropped.drop(t, r)
				} else {
					operate(ctx, t, g, r)
				}
			}
		})
	}
	who.Wait()
	ctx, stop := context.WithCancel(t.Context())
	who.Go(func() {
		for ctx.Err() == nil {
			if _, err := g.Send(ctx, "controls", "", []byte(`{"name":"heartbeat"}`)); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
		}
	})
	dropped.read(t, g)
	stop()
	who.Wait()
	g.Stop()
	<-g.Done()
	return g
}

// sameRun feeds a session to a fresh gateway and compares everything that can be seen.
func sameRun(t *testing.T, g *gateway.Gateway, session *gateway.Session) {
	t.Helper()
	again := newBusy(&files{dir: t.TempDir()})
	if err := again.Run(t.Context(), gateway.RunConfig{Feed: session}); err != nil {
		t.Fatal(err)
	}
	was, is := all(t, g), all(t, again)
	if d := cmp.Diff(len(was), len(is)); d != "" {
		t.Errorf("lines: %s", d)
	}
	for i := range min(len(was), len(is)) {
		if was[i] != is[i] {
			t.Fatalf("line %d:\n got %s\nwant %s", i, is[i], was[i])
		}
	}
}

func TestRecordedSessionGivesTheSameRunAgain(t *testing.T) {
	session := &gateway.Session{}
	g := record(t, session)
	sameRun(t, g, session)
	seen := map[string]int{}
	for _, o := range session.Operations {
		who, _, _ := strings.Cut(o.Caller.Name, " ")
		seen[who]++
	}
	delete(seen, "") // the heartbeats at the end
	if n := len(session.Operations); len(seen) != 5 || n < 9900 || seen["file"] != 800 {
		t.Errorf("got %d operations: %v", n, seen)
	}
}

func TestSessionInAFileGivesTheSameRunAgain(t *testing.T) {
	var file bytes.Buffer
	g := record(t, &gateway.Session{Out: &file})
	sameRun(t, g, &gateway.Session{In: bytes.NewReader(file.Bytes())})

	// Of a process that was killed: half a line at the end, no last cycle. What is there is done.
	lines := bytes.SplitAfter(file.Bytes(), []byte("\n"))
	torn := append(bytes.Join(lines[:len(lines)/2], nil), lines[len(lines)/2][:9]...)
	again := newBusy(&files{dir: t.TempDir()})
	if err := again.Run(t.Context(), gateway.RunConfig{Feed: &gateway.Session{In: bytes.NewReader(torn)}}); err != nil {
		t.Error(err)
	}
}

func TestSessionThatIsNoneIsRefused(t *testing.T) {
	head := `{"session":1,"start":"2026-01-01T00:00:00Z"}` + "\n"
	for text, want := range map[string]string{
		"":        `session: is empty`,
		"hello\n": `session: line 1: is no line of a session`,
		"{}\n":    `session: line 1: is no head of a session`,
		`{"session":2,"start":"2026-01-01T00:00:00Z"}` + "\n": `session: line 1: got a session of version 2, want 1`,
		head + `{"cycle":1}` + "\n":                           `session: line 2: is no operation of cycle 0 or later`,
		head + `{"cycle":1,"time":"2026-01-01T00:00:01Z","door":"Send[one]","values":[[{"x":"no"}]]}` + "\n":      `session: line 2: Send[one]: item: x: got "no", want a value of the kind integer`,
		head + `{"cycle":1,"time":"2026-01-01T00:00:01Z","door":"Send[one]","values":[]}` + "\n":                  `session: line 2: Send[one]: got values for 0 keys, want 1`,
		head + `{"cycle":1,"time":"2026-01-01T00:00:01Z","door":"Send[gone]","values":[[]]}` + "\n":               `session: Send[gone] took something in cycle 1 that this gateway cannot take`,
		head + `{"cycle":1,"time":"2026-01-01T00:00:01Z","door":"Send[named]","keys":["z"],"values":[[]]}` + "\n": `session: Channel not found: named/z`,
	} {
		g := gateway.New(&busy{}, busyModule{})
		err := g.Run(t.Context(), gateway.RunConfig{Feed: &gateway.Session{In: strings.NewReader(text)}})
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}

func TestSessionThatCannotBeWrittenSaysSo(t *testing.T) {
	g := gateway.New(&busy{}, busyModule{})
	g.Record = &gateway.Session{Out: &full{room: 100}}
	err := g.Run(t.Context(), gateway.RunConfig{Start: start, End: start.Add(time.Second)})
	if err == nil || err.Error() != "session: no space left" {
		t.Errorf("got %v", err)
	}
}

// full is a disk with little room.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errors.New("no space left")
	}
	return len(p), nil
}

func TestSessionOfAnotherModelIsRefused(t *testing.T) {
	session := &gateway.Session{Operations: []gateway.Operation{{Cycle: 1, Door: "Send[two]", Keys: []string{""}}}, LastCycle: 1}
	err := gateway.New(&busy{}, busyModule{}).Run(t.Context(), gateway.RunConfig{Feed: session})
	if err == nil || !strings.Contains(err.Error(), `session: Send[two] took something in cycle 1 that this gateway cannot take`) {
		t.Errorf("got %v", err)
	}
}
