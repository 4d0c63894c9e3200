package replay

import (
	"bytes"
	"context"
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gw/engine"
	"gw/gateway"
)

// shared returns a real recording that is too big for the repository; it lies in a folder beside it if at all.
func shared(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "data", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%v; the recording is not part of the repository, put it there to run this test", err)
	}
	return path
}

func openFile(t testing.TB, o Options, paths ...string) *Recording {
	t.Helper()
	rec, err := Open(context.Background(), paths, o)
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

// run replays a recording to its end.
func run(t testing.TB, rec *Recording, c gateway.RunConfig) Summary {
	t.Helper()
	c.Start, c.End = rec.Start, rec.End
	check(t, rec.Gateway().Run(context.Background(), c))
	return rec.Summary()
}

// trades sums up a channel of trades inside the graph, exactly.
type trades struct {
	ids              []int64
	quantity, amount big.Rat
	high, low        *big.Rat
	open, last       string
}

func (s *trades) Connect(bus *gateway.Bus) error {
	e, err := bus.Ticks("ethusdt_trade", "")
	if err != nil {
		return err
	}
	engine.Sink(e, "trades", func(k **gateway.Tick) {
		var rows []map[string]any // encoding/json would take "T" for "t" in a struct
		d := json.NewDecoder(bytes.NewReader((*k).JSON()))
		d.UseNumber()
		if err := d.Decode(&rows); err != nil {
			return // the ids have a gap then
		}
		id, _ := rows[0]["t"].(json.Number).Int64()
		s.add(id, rows[0]["p"].(string), rows[0]["q"].(string))
	})
	return nil
}

func (s *trades) add(id int64, price, size string) {
	s.ids = append(s.ids, id)
	p, _ := new(big.Rat).SetString(price)
	q, _ := new(big.Rat).SetString(size)
	s.quantity.Add(&s.quantity, q)
	s.amount.Add(&s.amount, new(big.Rat).Mul(p, q))
	if s.open == "" {
		s.open, s.high, s.low = price, p, p
	}
	if s.last = price; p.Cmp(s.high) > 0 {
		s.high = p
	}
	if p.Cmp(s.low) < 0 {
		s.low = p
	}
}

// The facts come from another program that reads the file without this package.
func TestBinanceTruths(t *testing.T) {
	rec := openFile(t, Options{}, shared(t, "binance_spot_ethusdt_20240809.gz"))
	sums := &trades{}
	g := gateway.New(rec.model, append(rec.modules(), sums)...)
	check(t, g.Run(context.Background(), gateway.RunConfig{Start: rec.Start, End: rec.End}))
	s := rec.Summary()

	type facts struct {
		Rows, Late, Depth, Ticker, Trades        uint64
		First, Last                              string
		FirstID, LastID, IDs                     int64
		Quantity, Amount, Open, Close, High, Low string
		Bid, BidSize, Ask, AskSize               string
		Skipped                                  int
	}
	var ticker struct{ B, A, BidSize, AskSize string }
	var raw map[string]any
	check(t, json.Unmarshal(s.Channels["ethusdt_bookTicker"].Last, &raw))
	ticker.B, ticker.BidSize, ticker.A, ticker.AskSize = raw["b"].(string), raw["B"].(string), raw["a"].(string), raw["A"].(string)
	got := facts{
		rec.Rows(), s.Late, s.Channels["ethusdt_depth_100ms"].Ticks, s.Channels["ethusdt_bookTicker"].Ticks, s.Channels["ethusdt_trade"].Ticks,
		*s.First, *s.Last, sums.ids[0], sums.ids[len(sums.ids)-1], int64(len(sums.ids)),
		sums.quantity.FloatString(8), sums.amount.FloatString(16), sums.open, sums.last, sums.high.FloatString(2), sums.low.FloatString(2),
		ticker.B, ticker.BidSize, ticker.A, ticker.AskSize, len(s.Skipped),
	}
	want := facts{
		46126, 0, 3036, 34681, 8409,
		"2024-08-09T00:00:00.001233484Z", "2024-08-09T00:05:04.543279633Z", 1520545031, 1520553439, 8409,
		"2011.40920000", "5387725.8501720000000000", "2682.51000000", "2677.61000000", "2684.39", "2673.60",
		"2677.60000000", "14.11330000", "2677.61000000", "4.89660000", 0,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for i, id := range sums.ids {
		if id != sums.ids[0]+int64(i) {
			t.Fatalf("trade %d: got id %d, want no gap", i, id)
		}
	}
}

func TestDigestDoesNotDependOnProcessorsOrSpeed(t *testing.T) {
	path := shared(t, "binance_spot_ethusdt_20240809.gz")
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var want string
	for _, c := range []struct {
		procs int
		speed float64
	}{{1, 0}, {2, 0}, {16, 0}, {2, 1000}} {
		runtime.GOMAXPROCS(c.procs)
		got := run(t, openFile(t, Options{}, path), gateway.RunConfig{Speed: c.speed}).Digest
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%d processors, speed %v: got %s, want %s", c.procs, c.speed, got, want)
		}
	}
}

func TestTaxiTruths(t *testing.T) {
	rec := openFile(t, Options{}, shared(t, "nyc_taxi.csv"))
	s := run(t, rec, gateway.RunConfig{})
	got := []any{s.Cycles, s.Channels["nyc_taxi"].Ticks, *s.First, *s.Last, s.Late, len(s.Skipped)}
	want := []any{uint64(10320), uint64(10320), "2014-07-01T00:00:00.000000000Z", "2015-01-31T23:30:00.000000000Z", uint64(0), 0}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The two recordings in the repository; the facts are told by other programs (see testdata/README.md).
func TestSmallRecordingsTruths(t *testing.T) {
	cases := []struct {
		file, channel, kind string
		rows, late          uint64
		first, last         string
	}{
		{"suricata_honeypot.json", "alert", "JSON array", 44, 38, "2019-01-02T03:50:11.315110000Z", "2019-01-02T06:50:05.309314000Z"},
		{"seattle-weather.csv", "seattle_weather", `CSV separated by ','`, 1461, 0, "2012-01-01T00:00:00.000000000Z", "2015-12-31T00:00:00.000000000Z"},
	}
	for _, tc := range cases {
		t.Run(tc.file, func(t *testing.T) {
			rec := openFile(t, Options{}, filepath.Join("..", "testdata", tc.file))
			s := run(t, rec, gateway.RunConfig{})
			got := []any{rec.Mapping().Files[0].Format, s.Cycles, s.Channels[tc.channel].Ticks, s.Late, len(s.Skipped), *s.First, *s.Last, len(s.Channels)}
			want := []any{tc.kind, tc.rows, tc.rows, tc.late, 0, tc.first, tc.last, 1}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
