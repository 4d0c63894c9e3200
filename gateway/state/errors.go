package state

import (
	"fmt"

	"gw/schema"
)

// QueryError says why a query that is JSON cannot be answered: it has another shape than a query (Problems), or asks for
// what cannot be (Detail). One of the two is set.
type QueryError struct {
	Detail   string
	Problems schema.Problems
}

// Error returns the detail, or the problems joined.
func (e *QueryError) Error() string {
	if len(e.Problems) > 0 {
		return e.Problems.Error()
	}
	return e.Detail
}

func refuse(format string, args ...any) error {
	return &QueryError{Detail: fmt.Sprintf(format, args...)}
}
