package gateway

import (
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"gw/schema"
)

// run mints n ids of a run that begins at t.
func mintRun(t *testing.T, at time.Time, n int) []uint64 {
	t.Helper()
	var m mint
	var ids []uint64
	for i := range n {
		// The clock is set back by a minute after each id.
		id := m.next(func() time.Time { return at.Add(-time.Duration(i) * time.Minute) })
		parsed, err := strconv.ParseUint(id.String(), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, parsed)
	}
	return ids
}

func TestIDsAreUniqueInEveryZoneAcrossDaysAndRestarts(t *testing.T) {
	zones := []string{"UTC", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu", "Europe/Berlin", "America/St_Johns"}
	seen := map[uint64]string{}
	for _, zone := range zones {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Skip("no time zones here")
		}
		for _, at := range []time.Time{
			time.Date(2026, 11, 23, 21, 0, 0, 0, loc),
			time.Date(2026, 11, 24, 21, 0, 0, 0, loc), // the same time of another day
			time.Date(2026, 11, 24, 0, 0, 0, 1, loc),
			time.Date(2026, 3, 8, 2, 30, 0, 0, loc),   // does not exist in New York
			time.Date(2026, 10, 25, 2, 30, 0, 0, loc), // there twice in Berlin
			time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC).In(loc).Add(time.Duration(len(zone)) * time.Second),
		} {
			ids := mintRun(t, at, 1000)
			if ids[0] != uint64(at.UnixNano())+1 || ids[999] != ids[0]+999 {
				t.Errorf("%s %s: got ids from %d to %d, want them from the time in nanoseconds, one by one", zone, at, ids[0], ids[999])
			}
			name := at.UTC().String()
			for _, id := range ids {
				if where, twice := seen[id]; twice && where != name {
					t.Fatalf("id %d was given by the runs of %s and of %s", id, where, name)
				}
				seen[id] = name
			}
		}
	}
}

func TestIDsIncreaseForAllWhoMint(t *testing.T) {
	var m mint
	at := func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }
	lists := make([][]uint64, 8)
	var minters sync.WaitGroup
	for i := range lists {
		minters.Go(func() {
			for range 1000 {
				var s schema.Struct
				m.fill(&s, at)
				n, _ := s.ID.Count()
				lists[i] = append(lists[i], n)
			}
		})
	}
	minters.Wait()
	for _, ids := range lists {
		if !slices.IsSorted(ids) {
			t.Error("ids of one goroutine do not increase")
		}
	}
	all := slices.Sorted(slices.Values(slices.Concat(lists...)))
	if n := len(slices.Compact(all)); n != 8000 || all[n-1] != all[0]+7999 {
		t.Errorf("got %d different ids from %d to %d, want 8000 without a gap", n, all[0], all[len(all)-1])
	}
}

func TestIDsOfAReplayBeginAtItsFirstValue(t *testing.T) {
	at := time.Date(2020, 1, 1, 12, 0, 0, 0, time.UTC)
	if a, b := mintRun(t, at, 10), mintRun(t, at, 10); !slices.Equal(a, b) {
		t.Errorf("got %v and %v, want the same", a, b)
	}
	if got := mintRun(t, time.Unix(0, 0), 2); got[0] != 2 {
		t.Errorf("got %v, want ids from the beginning of time to be positive", got)
	}
}
