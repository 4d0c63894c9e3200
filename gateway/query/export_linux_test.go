package query

import (
	"testing"

	"golang.org/x/sys/unix"
)

// ChildEnv returns the environment of a child.
func ChildEnv(t *testing.T) []string {
	w, err := start()
	if err != nil {
		t.Fatal(err)
	}
	defer w.end()
	return w.cmd.Env
}

// LargestChild returns the most memory that a child of this process has had, in bytes.
func LargestChild(t *testing.T) int64 {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_CHILDREN, &u); err != nil {
		t.Fatal(err)
	}
	return u.Maxrss << 10
}
