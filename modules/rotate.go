package modules

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"sync"
)

// A rotating file is renamed to NAME.1, NAME.2 ... when it grows beyond its limit; the oldest are removed. Any goroutine
// may write.
type rotating struct {
	path  string
	limit int64 // bytes; 0 for none
	keep  int   // old files

	mu   sync.Mutex
	file *os.File
	size int64
}

// Write appends p, which stays in one file. The file is opened by the first one.
func (r *rotating) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == nil {
		if err := r.open(); err != nil {
			return 0, err
		}
	}
	if r.limit > 0 && r.size > 0 && r.size+int64(len(p)) > r.limit {
		if err := r.rotate(); err != nil {
			return 0, err
		}
	}
	n, err := r.file.Write(p)
	r.size += int64(n)
	return n, err
}

func (r *rotating) open() error {
	if err := os.MkdirAll(filepath.Dir(r.path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(r.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return errors.Join(err, f.Close())
	}
	r.file, r.size = f, info.Size()
	return nil
}

func (r *rotating) rotate() error {
	err := r.file.Close()
	r.file = nil
	for i := r.keep; i > 0; i-- {
		from := r.path
		if i > 1 {
			from += "." + strconv.Itoa(i-1)
		}
		if e := os.Rename(from, r.path+"."+strconv.Itoa(i)); e != nil && !os.IsNotExist(e) {
			err = errors.Join(err, e)
		}
	}
	if r.keep == 0 {
		err = errors.Join(err, os.Remove(r.path))
	}
	return errors.Join(err, r.open())
}

// Close closes the file, if it was opened; a later Write opens it again.
func (r *rotating) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == nil {
		return nil
	}
	err := r.file.Close()
	r.file = nil
	return err
}
