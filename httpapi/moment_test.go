package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"

	"gw/gateway"
	"gw/httpapi"
)

// TestAnAnswerIsOfOneCycle reads while values come in: every whole-basket tick gives all keys the same x, so an answer
// that shows two is of two cycles; and what a header says is what the answer holds.
func TestAnAnswerIsOfOneCycle(t *testing.T) {
	g, _ := newOmnibus()
	run(t, g, gateway.RunConfig{Realtime: true})
	s := serve(t, g, httpapi.Config{})
	const ticks = 100
	over := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			before := uint64(0)
			for done := false; !done; {
				select {
				case <-over:
					done = true // once more, now that all is there
				default:
				}
				before = oneCycle(t, s, before)
			}
		})
	}
	for x := range ticks {
		value := `{"x":` + strconv.Itoa(x) + `}`
		if got := s.post("send/basket", `{"A":`+value+`,"B":`+value+`,"C":`+value+`}`); got.status != http.StatusOK {
			t.Errorf("got %d %s", got.status, got.body)
		}
	}
	close(over)
	readers.Wait()
}

// oneCycle asks for the basket and returns the cycle of the answer, which must not be before that of the last one.
func oneCycle(t *testing.T, s *site, before uint64) uint64 {
	got := s.get("last/basket")
	var values []struct{ X int64 }
	if err := json.Unmarshal([]byte(got.body), &values); err != nil {
		t.Error(err)
	}
	for _, v := range values {
		if v.X != values[0].X || len(values) != 3 {
			t.Errorf("two cycles in one answer: %s", got.body)
		}
	}
	cycle, err := strconv.ParseUint(got.header.Get("Gw-Cycle"), 10, 64)
	if err != nil || cycle < before || len(values) > 0 && !strings.HasSuffix(got.header.Get("Gw-Time"), "Z") {
		t.Errorf("got cycle %q of %q after %d", got.header.Get("Gw-Cycle"), got.header.Get("Gw-Time"), before)
	}
	return cycle
}
