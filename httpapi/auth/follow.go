package auth

import (
	"fmt"
	"os"
	"slices"
	"sync"
	"time"
)

// lookAgain is how long a file of keys is believed without looking.
const lookAgain = time.Second

// followed is a file whose changes a KeySet takes over.
type followed struct {
	file   string
	fixed  []Key
	failed func(error)

	mu      sync.Mutex
	looked  time.Time
	changed time.Time
	size    int64
	told    string // what failed was told last
}

// Follow adds the keys of a file (ReadKeys), and takes over what changes in it a second later at most: new keys are let
// in, withdrawn ones are not, and WebSockets opened with them end. A file that is then broken changes nothing; failed, if
// not nil, is told, on the goroutine of a request. Call it before New.
func (s *KeySet) Follow(file string, failed func(error)) error {
	f := &followed{file: file, failed: failed}
	if have := s.given; have != nil {
		f.fixed = have
	}
	if err := f.read(s); err != nil {
		return err
	}
	s.file = f
	return nil
}

// read takes the keys of the file over.
func (f *followed) read(s *KeySet) error {
	info, err := os.Stat(f.file)
	if err != nil {
		return unreadable(f.file, err)
	}
	f.changed, f.size = info.ModTime(), info.Size()
	keys, err := ReadKeys(f.file)
	if err != nil {
		return err
	}
	return s.Replace(slices.Concat(f.fixed, keys)...)
}

// look takes over what has changed, if nobody has looked lately.
func (f *followed) look(s *KeySet) {
	if !f.mu.TryLock() {
		return
	}
	defer f.mu.Unlock()
	now := wallClock()
	if now.Before(f.looked.Add(lookAgain)) {
		return
	}
	f.looked = now
	info, err := os.Stat(f.file)
	if err == nil && info.ModTime().Equal(f.changed) && info.Size() == f.size {
		return
	}
	err = f.read(s)
	if news := fmt.Sprint(err); news != f.told {
		f.told = news
		if err != nil && f.failed != nil {
			f.failed(err)
		}
	}
}
