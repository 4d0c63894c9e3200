package engine_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"gw/engine"
)

// market has quotes that conflate, news that burst and trades that do not collapse, in one group.
type market struct {
	g            *engine.Graph
	group        *engine.PushGroup
	bid, ask     *engine.PushAdapter[int]
	trade        *engine.PushAdapter[int]
	news         *engine.PushAdapter[string]
	log          strings.Builder
	cancel, wait func()
}

func newMarket(c engine.PushConfig) *market {
	m := &market{g: engine.New()}
	m.group = m.g.PushGroup("market")
	config := func(mode engine.PushMode) engine.PushConfig {
		d := c
		d.Mode, d.Group = mode, m.group
		return d
	}
	m.bid = engine.NewPush[int](m.g, "bid", config(engine.LastValue))
	m.ask = engine.NewPush[int](m.g, "ask", config(engine.LastValue))
	m.trade = engine.NewPush[int](m.g, "trade", config(engine.NonCollapsing))
	m.news = engine.NewPush[string](m.g, "news", config(engine.Burst))
	n := m.g.Node("log")
	bid, ask, trade, news := engine.Use(n, m.bid.Edge()), engine.Use(n, m.ask.Edge()), engine.Use(n, m.trade.Edge()), engine.Use(n, m.news.BurstEdge())
	n.OnTick(func() {
		fmt.Fprintf(&m.log, "#%d", n.Cycle())
		for i, in := range []*engine.In[int]{bid, ask, trade} {
			if in.Ticked() {
				fmt.Fprintf(&m.log, " %s=%d", []string{"bid", "ask", "trade"}[i], in.Get())
			}
		}
		if news.Ticked() {
			fmt.Fprintf(&m.log, " news=%v", news.Get())
		}
		m.log.WriteByte('\n')
	})
	return m
}

func (m *market) expect(t *testing.T, want string) {
	t.Helper()
	m.g.Control().Resume()
	m.wait()
	if diff := cmp.Diff(want, m.log.String()); diff != "" {
		t.Error(diff)
	}
}

func TestQuotesDoNotRunAheadOfTrades(t *testing.T) {
	m := newMarket(engine.PushConfig{})
	m.cancel, m.wait = held(t, m.g)
	must(t, m.bid.Push(1))
	must(t, m.bid.Push(2))
	must(t, m.news.Push("a"))
	must(t, m.trade.Push(100))
	must(t, m.ask.Push(3))
	must(t, m.news.Push("b"))
	must(t, m.news.Push("c"))
	must(t, m.bid.Push(4))
	must(t, m.trade.Push(101))
	must(t, m.trade.Push(102))
	must(t, m.bid.Push(5))
	m.expect(t, "#1 bid=2 trade=100 news=[a]\n#2 bid=4 ask=3 trade=101 news=[b c]\n#3 trade=102\n#4 bid=5\n")
}

func TestBatchTicksTogetherAndIsOneBarrier(t *testing.T) {
	m := newMarket(engine.PushConfig{})
	m.cancel, m.wait = held(t, m.g)
	must(t, m.group.Batch(func(b *engine.PushBatch) {
		m.trade.PushIn(b, 100)
		m.bid.PushIn(b, 1)
		m.ask.PushIn(b, 2)
	}))
	must(t, m.bid.Push(3))
	must(t, m.group.Batch(func(b *engine.PushBatch) {
		m.trade.PushIn(b, 101)
		m.trade.PushIn(b, 102)
		m.ask.PushIn(b, 4)
	}))
	must(t, m.group.Batch(func(*engine.PushBatch) {}))
	m.expect(t, "#1 bid=1 ask=2 trade=100\n#2 bid=3 trade=101\n#3 ask=4 trade=102\n")
}

func TestBatchEntersAsAWholeOrNotAtAll(t *testing.T) {
	m := newMarket(engine.PushConfig{Limit: 2, Full: engine.Reject})
	other := engine.NewPush[int](m.g, "other", engine.PushConfig{})
	batch := func(fill func(b *engine.PushBatch)) error { return m.group.Batch(fill) }
	one := func(b *engine.PushBatch) { m.bid.PushIn(b, 1); m.trade.PushIn(b, 100) }
	if err := batch(one); !errors.Is(err, engine.ErrNotStarted) {
		t.Errorf("before the run: got %v", err)
	}
	m.cancel, m.wait = held(t, m.g)
	must(t, m.trade.Push(99))
	must(t, batch(one))
	for want, fill := range map[string]func(b *engine.PushBatch){
		`push adapter "trade": push adapter is full`:                                                one,
		`push adapter "ask": a batch of 3 values is more than its limit of 2: push adapter is full`: func(b *engine.PushBatch) { m.ask.PushIn(b, 1); m.ask.PushIn(b, 2); m.ask.PushIn(b, 3) },
		`push adapter "other" is not of the group "market"`:                                         func(b *engine.PushBatch) { other.PushIn(b, 1) },
	} {
		if err := batch(fill); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
	if s := m.trade.Stats(); s.Depth != 2 || s.Rejected != 1 || s.Pushed != 2 {
		t.Errorf("got %+v", s)
	}
	m.expect(t, "#1 trade=99\n#2 bid=1 trade=100\n")
	if err := batch(one); !errors.Is(err, engine.ErrStopped) {
		t.Errorf("after the run: got %v", err)
	}
}

func TestGroupDropsTheOldestOfTheFullAdapter(t *testing.T) {
	m := newMarket(engine.PushConfig{Limit: 2, Full: engine.DropOldest})
	m.cancel, m.wait = held(t, m.g)
	for i := range 4 {
		must(t, m.trade.Push(100+i))
		must(t, m.bid.Push(i))
	}
	m.expect(t, "#1 trade=102\n#2 bid=2 trade=103\n#3 bid=3\n")
	if s := m.bid.Stats(); s.Dropped != 2 || s.Depth != 0 {
		t.Errorf("got %+v", s)
	}
}

func TestBatchWaitsForRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMarket(engine.PushConfig{Limit: 2})
		m.cancel, m.wait = held(t, m.g)
		done := 0
		go func() {
			for i := range 3 {
				must(t, m.group.Batch(func(b *engine.PushBatch) { m.bid.PushIn(b, i); m.trade.PushIn(b, 100+i) }))
				done++
			}
		}()
		synctest.Wait()
		if done != 2 {
			t.Errorf("%d batches entered while two fit", done)
		}
		m.g.Control().Step(1)
		synctest.Wait()
		if done != 3 {
			t.Errorf("%d batches entered after a cycle", done)
		}
		m.expect(t, "#1 bid=0 trade=100\n#2 bid=1 trade=101\n#3 bid=2 trade=102\n")
	})
}

func TestGroupIsSavedAndFedAgain(t *testing.T) {
	m := newMarket(engine.PushConfig{})
	var tapped []engine.IntakeEvent
	m.g.TapIntake(func(e engine.IntakeEvent) { tapped = append(tapped, e) })
	m.cancel, m.wait = held(t, m.g)
	for i := range 3 {
		must(t, m.bid.Push(i))
		must(t, m.trade.Push(100+i))
		must(t, m.news.Push(fmt.Sprint(i)))
	}
	var saved []byte
	m.g.Control().When(func() bool {
		if m.g.Cycle() == 1 {
			data, err := m.g.Save()
			must(t, err)
			saved = data
		}
		return false
	})
	m.wait()
	want := "#1 bid=0 trade=100\n#2 bid=1 trade=101 news=[0]\n#3 bid=2 trade=102 news=[1]\n#4 news=[2]\n"
	if diff := cmp.Diff(want, m.log.String()); diff != "" {
		t.Error(diff)
	}
	restored := newMarket(engine.PushConfig{})
	must(t, restored.g.Restore(saved))
	must(t, restored.g.Run(context.Background(), engine.Config{}))
	if diff := cmp.Diff(want[strings.Index(want, "#2"):], restored.log.String()); diff != "" {
		t.Error(diff)
	}
	again := newMarket(engine.PushConfig{})
	again.g.FeedIntake(next(tapped...))
	must(t, again.g.Run(context.Background(), engine.Config{}))
	if diff := cmp.Diff(want, again.log.String()); diff != "" {
		t.Error(diff)
	}
}
