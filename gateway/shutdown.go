package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// shutdown shuts down all connected modules at the same time and waits for them as long as limit allows. One that
// takes longer is left behind and named in the error.
func (g *Gateway) shutdown(limit time.Duration) error {
	if limit <= 0 {
		limit = defaultShutdownLimit
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	results := make([]chan error, len(g.modules))
	for i, m := range g.modules {
		s, ok := m.value.(Shutdowner)
		if !ok || !m.connected {
			continue
		}
		results[i] = make(chan error, 1)
		go func() { results[i] <- shutOne(ctx, s) }()
	}
	var errs []error
	for i, m := range g.modules {
		if results[i] == nil {
			continue
		}
		var err error
		select {
		case err = <-results[i]:
		case <-ctx.Done():
			err = lateOrDone(results[i], limit)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("module %q: shutdown: %w", m.name, err))
		}
	}
	return errors.Join(errs...)
}

// lateOrDone takes a result that came in at the very end.
func lateOrDone(result chan error, limit time.Duration) error {
	select {
	case err := <-result:
		return err
	default:
		return fmt.Errorf("not done after %s", limit)
	}
}

func shutOne(ctx context.Context, s Shutdowner) error {
	return guarded(func() error { return s.Shutdown(ctx) })
}
