//go:build unix

package tui

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// readWithin reads what a terminal sends, nothing if that takes longer. It uses select, which works on terminals everywhere,
// and leaves no reader behind that would take the user's first key.
func readWithin(in *os.File, wait time.Duration) []byte {
	fd := int(in.Fd())
	var ready unix.FdSet
	ready.Set(fd)
	limit := unix.NsecToTimeval(int64(wait))
	if n, err := unix.Select(fd+1, &ready, nil, nil, &limit); err != nil || n == 0 {
		return nil
	}
	buf := make([]byte, 256)
	n, err := unix.Read(fd, buf)
	if err != nil {
		return nil
	}
	return buf[:max(n, 0)]
}
