package modules_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gw/config"
	"gw/engine"
	"gw/engine/op"
	"gw/engine/stats"
	"gw/gateway"
	"gw/modules"
)

// What examples/yaml/config.yaml is, written in Go.

type Trade struct {
	gateway.Struct
	Symbol string  `json:"symbol"`
	Price  float64 `json:"price" validate:"gt=0"`
	Size   int64   `json:"size"`
}

type Notional struct {
	gateway.Struct
	Symbol string  `json:"symbol"`
	Value  float64 `json:"value"`
}

type Vwap struct {
	gateway.Struct
	Symbol string  `json:"symbol"`
	Price  float64 `json:"price"`
	Volume int64   `json:"volume"`
}

type twinChannels struct {
	Trades      gateway.Channel[Trade]    `channel:"trades" state:"symbol"`
	LargeTrades gateway.Channel[Trade]    `channel:"large_trades"`
	AllTrades   gateway.Channel[Trade]    `channel:"all_trades"`
	Notional    gateway.Channel[Notional] `channel:"notional"`
	Vwap        gateway.Channel[Vwap]     `channel:"vwap"`
}

// twinModule is a module of the twin: a name and what it connects.
type twinModule struct {
	name    string
	connect func(ch *twinChannels)
}

func (m twinModule) ModuleName() string { return m.name }

func (m twinModule) Connect(ch *twinChannels) error {
	m.connect(ch)
	return nil
}

func twinInGo() *gateway.Gateway {
	return gateway.New(&twinChannels{},
		twinModule{"feed", func(ch *twinChannels) {
			random := rand.New(rand.NewPCG(7, 0))
			symbols := []string{"AAPL", "MSFT", "GOOG"}
			count := op.Count(engine.Timer(ch.Trades.Graph(), 200*time.Millisecond, true))
			ch.Trades.Set(op.Map(count, func(n int) Trade {
				symbol := symbols[random.IntN(3)]
				return Trade{Symbol: symbol, Price: 100 + 5*random.Float64(), Size: int64(n * 37 % 500)}
			}))
			ch.Trades.Send()
		}},
		twinModule{"large", func(ch *twinChannels) {
			ch.LargeTrades.Set(op.Filter(ch.Trades.Get(), func(t *Trade) bool { return t.Size > 400 }))
		}},
		twinModule{"money", func(ch *twinChannels) {
			ch.Notional.Set(op.Map(ch.Trades.Get(), func(t Trade) Notional {
				return Notional{Symbol: t.Symbol, Value: t.Price * float64(t.Size)}
			}))
		}},
		twinModule{"both", func(ch *twinChannels) {
			ch.AllTrades.Set(ch.Trades.Get())
			ch.AllTrades.Set(ch.LargeTrades.Get())
		}},
		twinModule{"average", func(ch *twinChannels) { ch.Vwap.Set(average(ch)) }},
	)
}

func average(ch *twinChannels) engine.Edge[Vwap] {
	type entry struct {
		at engine.Time
		Trade
	}
	windows := map[string][]entry{}
	n := ch.Trades.Graph().Node("average")
	in, out := engine.Use(n, ch.Trades.Get()), engine.Emit[Vwap](n)
	n.OnTick(func() {
		t := in.Get()
		w := append(windows[t.Symbol], entry{n.Now(), t})
		for w[0].at <= n.Now()-engine.Time(10*time.Second) {
			w = w[1:]
		}
		windows[t.Symbol] = w
		v := Vwap{Symbol: t.Symbol}
		money := stats.NewRunning("sum") // which adds up more precisely than +=
		for _, e := range w {
			money.Add(e.Price * float64(e.Size))
			v.Volume += e.Size
		}
		v.Price = money.Value() / float64(v.Volume)
		out.Set(v)
	})
	return out.Edge()
}

func twinInYAML(t *testing.T) *gateway.Gateway {
	t.Helper()
	c, err := config.Load(config.Source{Name: "../examples/yaml", Targets: modules.Targets()})
	if err != nil {
		t.Fatal(err)
	}
	app, err := c.App()
	if err != nil {
		t.Fatal(err)
	}
	return app.Gateway
}

// digestOf runs a gateway for a minute of simulated time and hashes every tick of every channel, ids and timestamps too.
func digestOf(t *testing.T, g *gateway.Gateway) (digest string, ticks map[string]uint64) {
	t.Helper()
	if err := g.Build(); err != nil {
		t.Fatal(err)
	}
	g.History = 1 << 20
	start := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	if err := g.Run(t.Context(), gateway.RunConfig{Start: start, End: start.Add(time.Minute)}); err != nil {
		t.Fatal(err)
	}
	h, ticks := sha256.New(), map[string]uint64{}
	for _, p := range g.Ports() {
		ticks[p.Name] = p.Ticks()
		for _, tick := range g.Recent(context.Background(), p.Name, "", 1000) {
			put(h, tick)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), ticks
}

func put(h hash.Hash, t *gateway.Tick) {
	fmt.Fprintf(h, "%d #%d %s/%s %s\n", t.Time, t.Cycle, t.Channel, t.Key, t.JSON())
}

func TestOneApplicationInGoAndInYAMLTicksTheSame(t *testing.T) {
	inGo, inYAML := twinInGo(), twinInYAML(t)
	goDigest, goTicks := digestOf(t, inGo)
	yamlDigest, yamlTicks := digestOf(t, inYAML)
	if diff := cmp.Diff(inGo.Topology(), inYAML.Topology()); diff != "" {
		t.Errorf("topology (-go +yaml):\n%s", diff)
	}
	if diff := cmp.Diff(goTicks, yamlTicks); diff != "" {
		t.Errorf("ticks (-go +yaml):\n%s", diff)
	}
	if goTicks["trades"] != 300 || goTicks["large_trades"] == 0 || goTicks["all_trades"] != goTicks["trades"]+goTicks["large_trades"] {
		t.Errorf("got %v ticks, want 300 trades, some of them large, and all of both", goTicks)
	}
	if goDigest != yamlDigest {
		for _, p := range inGo.Ports() {
			a, b := inGo.Recent(t.Context(), p.Name, "", 1000), inYAML.Recent(t.Context(), p.Name, "", 1000)
			for i := range min(len(a), len(b)) {
				if string(a[i].JSON()) != string(b[i].JSON()) || a[i].Cycle != b[i].Cycle {
					t.Errorf("%s #%d: go %d %s, yaml %d %s", p.Name, i, a[i].Cycle, a[i].JSON(), b[i].Cycle, b[i].JSON())
					break
				}
			}
		}
	}
}
