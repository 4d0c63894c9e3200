package query

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// confine takes from the process what a query does not need: memory beyond what it has now plus the given bytes,
// processor time, new files and sockets, and writing files. It is the first to go when the machine runs out of memory.
func confine(memory int64, cpu uint64) error {
	_ = os.WriteFile("/proc/self/oom_score_adj", []byte("1000"), 0) // best effort: a sandbox may forbid it
	now, err := addressSpace()
	if err != nil {
		return err
	}
	for _, l := range []struct {
		resource int
		limit    uint64
	}{
		{unix.RLIMIT_AS, now + uint64(memory)}, {unix.RLIMIT_CPU, cpu}, {unix.RLIMIT_CORE, 0}, {unix.RLIMIT_FSIZE, 0}, {unix.RLIMIT_NOFILE, 0},
	} {
		if err := unix.Setrlimit(l.resource, &unix.Rlimit{Cur: l.limit, Max: l.limit}); err != nil {
			return fmt.Errorf("rlimit %d: %w", l.resource, err)
		}
	}
	return nil
}

// addressSpace is how many bytes the process has mapped.
func addressSpace() (uint64, error) {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, err
	}
	var pages uint64
	if _, err := fmt.Sscan(string(text), &pages); err != nil {
		return 0, err
	}
	return pages * uint64(os.Getpagesize()), nil
}
