//go:build !linux

package modules

import (
	"context"
	"os"
	"strings"
	"time"
)

// A watcher tells which files of a folder are complete: those that did not change between two looks at it.
type watcher struct {
	dir   string
	timer *time.Ticker
	seen  map[string]looked
	names []string
}

// looked is what a file was at the last look.
type looked struct {
	size  int64
	time  time.Time
	taken bool
}

// watchPeriod is the time between two looks.
const watchPeriod = 500 * time.Millisecond

func watchFolder(dir string) (*watcher, error) {
	w := &watcher{dir: dir, timer: time.NewTicker(watchPeriod), seen: map[string]looked{}}
	w.look()
	for name, l := range w.seen { // what was there before counts for nothing
		l.taken = true
		w.seen[name] = l
	}
	return w, nil
}

// next waits for a file and returns its name in the folder. It ends with ctx.
func (w *watcher) next(ctx context.Context) (string, error) {
	for len(w.names) == 0 {
		select {
		case <-w.timer.C:
			w.look()
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	name := w.names[0]
	w.names = w.names[1:]
	return name, nil
}

func (w *watcher) look() {
	entries, _ := os.ReadDir(w.dir)
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		now := looked{info.Size(), info.ModTime(), false}
		before, known := w.seen[e.Name()]
		same := known && before.size == now.size && before.time.Equal(now.time)
		if same && !before.taken {
			w.names = append(w.names, e.Name())
		}
		now.taken = same
		w.seen[e.Name()] = now
	}
}

func (w *watcher) close() { w.timer.Stop() }
