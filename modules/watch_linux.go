package modules

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// A watcher tells which files of a folder are complete: closed by who wrote them, or moved there.
type watcher struct {
	file  *os.File // of inotify; reads wait in the runtime's poller
	buf   [64 << 10]byte
	names []string
}

func watchFolder(dir string) (*watcher, error) {
	fd, err := unix.InotifyInit1(unix.IN_CLOEXEC | unix.IN_NONBLOCK)
	if err != nil {
		return nil, err
	}
	if _, err := unix.InotifyAddWatch(fd, dir, unix.IN_CLOSE_WRITE|unix.IN_MOVED_TO|unix.IN_ONLYDIR); err != nil {
		return nil, errors.Join(err, unix.Close(fd))
	}
	return &watcher{file: os.NewFile(uintptr(fd), "inotify")}, nil
}

// next waits for a file and returns its name in the folder. It ends with ctx.
func (w *watcher) next(ctx context.Context) (string, error) {
	stop := context.AfterFunc(ctx, w.close)
	defer stop()
	for len(w.names) == 0 {
		n, err := w.file.Read(w.buf[:])
		if err != nil {
			return "", err
		}
		if err := w.events(w.buf[:n]); err != nil {
			return "", err
		}
	}
	name := w.names[0]
	w.names = w.names[1:]
	return name, ctx.Err()
}

// events takes what the kernel wrote apart.
func (w *watcher) events(b []byte) error {
	for len(b) >= unix.SizeofInotifyEvent {
		e := (*unix.InotifyEvent)(unsafe.Pointer(&b[0]))
		end := unix.SizeofInotifyEvent + int(e.Len)
		name := string(bytes.TrimRight(b[unix.SizeofInotifyEvent:end], "\x00"))
		switch {
		case e.Mask&unix.IN_Q_OVERFLOW != 0:
			return errors.New("more files came than the kernel could tell")
		case e.Mask&(unix.IN_IGNORED|unix.IN_UNMOUNT) != 0:
			return errors.New("the folder is gone")
		case name != "" && e.Mask&unix.IN_ISDIR == 0 && !strings.HasPrefix(name, "."):
			w.names = append(w.names, name)
		}
		b = b[end:]
	}
	return nil
}

func (w *watcher) close() { _ = w.file.Close() } // a second time it says that it is closed
