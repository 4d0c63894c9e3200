package web

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/gorilla/websocket"
)

const hostile = `<img src=x onerror="console.error('a value ran as a script')">`

func newFakeGateway(mode string) *fakeGateway {
	g := &fakeGateway{mode: mode, speed: 1, sockets: map[*websocket.Conn]bool{}}
	example := fields("id string", "timestamp datetime", "x integer", "y string", "price float", "big integer",
		"ok boolean", "day date", "inner.z integer", "data list", "mapping map")
	small := fields("id string", "timestamp datetime", "x integer", "letter string")
	g.channels = []*fakeChannel{
		{Name: "example", Kind: "struct", Type: "ExampleData", Fields: example, State: []string{"example"}, Provided: true, make: one(exampleRow)},
		{Name: "example_list", Kind: "list", Type: "Letter", Fields: small, Provided: true, make: letters},
		{Name: "basket", Kind: "basket", Type: "Letter", Keys: []string{"A", "B", "C"}, Fields: small, Provided: true, make: byKey},
		{Name: "never_ticks", Kind: "struct", Type: "ExampleData", Fields: example},
		{Name: "odd/" + hostile, Kind: "struct", Type: "Letter", Fields: small, Provided: true, make: one(letter)},
	}
	return g
}

// run turns the gateway until the context ends.
func (g *fakeGateway) run(ctx context.Context) {
	ticker := time.NewTicker(25 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			g.turn()
		}
	}
}

func fields(list ...string) []fakeField {
	var out []fakeField
	for _, text := range list {
		var f fakeField
		_, _ = fmt.Sscan(text, &f.Name, &f.Type)
		out = append(out, f)
	}
	return out
}

func one(row func(int) map[string]any) func(int) []fakeTick {
	return func(n int) []fakeTick { return []fakeTick{{N: n, Data: []map[string]any{row(n)}}} }
}

func stamp(n int) string {
	return fakeStart.Add(time.Duration(n)*time.Second + 250*time.Microsecond).Format("2006-01-02T15:04:05.000000")
}

// exampleRow has a value of every kind; big does not fit 32 bits from the fifth row on.
func exampleRow(n int) map[string]any {
	big := int64(n)
	if n >= 5 {
		big = 1_700_000_000_000 + int64(n)
	}
	return map[string]any{"id": strconv.Itoa(1_700_000_000_000_000_000 + n), "timestamp": stamp(n), "x": n, "y": hostile,
		"price": 100.25 + float64(n)/8, "big": big, "ok": n%2 == 0, "day": "2026-01-02", "inner": map[string]any{"z": -n},
		"data": []float64{float64(n), 0.5}, "mapping": map[string]int{"x": n}}
}

func letter(n int) map[string]any {
	return map[string]any{"id": strconv.Itoa(n), "timestamp": stamp(n), "x": n, "letter": string(rune('a' + n%5))}
}

func letters(n int) []fakeTick {
	return []fakeTick{{N: n, Data: []map[string]any{letter(2 * n), letter(2*n + 1)}}}
}

func byKey(n int) []fakeTick {
	key := string(rune('A' + n%3))
	return []fakeTick{{Key: key, N: (n + 2) / 3, Data: []map[string]any{letter(n)}}}
}
