package httpapi

import (
	"context"
	"time"

	"github.com/gorilla/websocket"

	"gw/httpapi/auth"
)

// leaseCheck is how often an open WebSocket asks whether what it was opened with still counts.
const leaseCheck = 2 * time.Second

type grantKey struct{}

func withGrant(ctx context.Context, g auth.Grant) context.Context {
	return context.WithValue(ctx, grantKey{}, g)
}

// grantOf returns what a request was let in with; the zero grant where nobody asks.
func grantOf(ctx context.Context) auth.Grant {
	g, _ := ctx.Value(grantKey{}).(auth.Grant)
	return g
}

// errLeaseOver is the end of a WebSocket whose session has ended or whose key was withdrawn.
var errLeaseOver = farewell{websocket.ClosePolicyViolation, "the login has ended"}

// watchLease calls over when the grant of ctx no longer counts, and returns when ctx ends.
func watchLease(ctx context.Context, over func()) {
	g := grantOf(ctx)
	if g.Valid == nil {
		return
	}
	every := time.NewTicker(leaseCheck)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
			if !g.Valid() {
				over()
				return
			}
		}
	}
}
