package query_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/ipc"

	"gw/gateway"
	"gw/gateway/gatewaytest"
	"gw/gateway/query"
)

func TestColumnsOfEveryKind(t *testing.T) {
	p := pool(t, filled(t), query.Limits{})
	for _, tc := range []struct{ sql, want string }{
		{`SELECT * EXCLUDE (gw_time, gw_cycle, timestamp) FROM trades WHERE id = 't1'`,
			`[{"id":"t1","symbol":"AAPL","price":10.5,"n":9007199254740993,"side":"SELL","ok":true,"at":"2020-01-02T03:04:05.678901","day":"2020-01-02",` +
				`"took":1.5,"best":{"price":10.25,"size":7},"book":[{"price":10,"size":1},{"price":11,"size":2}],"prices":[1,null],"tags":{"k":"v"},` +
				`"order":"o","ORDER_1":"O","a\"b":"q","x'; DROP TABLE trades":"d","owner":"ann"}]`},
		{`SELECT string_agg(column_name || ' ' || column_type, ', ') AS columns FROM (DESCRIBE trades)`,
			`[{"columns":"gw_time TIMESTAMP, gw_cycle UBIGINT, id VARCHAR, timestamp TIMESTAMP, symbol VARCHAR, price DOUBLE, n BIGINT, side VARCHAR, ` +
				`ok BOOLEAN, at TIMESTAMP, day DATE, took INTERVAL, best STRUCT(price DOUBLE, size BIGINT), book STRUCT(price DOUBLE, size BIGINT)[], ` +
				`prices DOUBLE[], tags MAP(VARCHAR, VARCHAR), order VARCHAR, ORDER_1 VARCHAR, a\"b VARCHAR, x'; DROP TABLE trades VARCHAR, owner VARCHAR"}]`},
		{`SELECT gw_time, symbol FROM trades ORDER BY gw_cycle`,
			`[{"gw_time":"2020-01-01T00:00:00","symbol":"AAPL"},{"gw_time":"2020-01-01T00:00:01","symbol":"MSFT"},{"gw_time":"2020-01-01T00:00:01","symbol":"AAPL"}]`},
		{`SELECT price, isnan(price) AS nan, isinf(price) AS inf, ok, at, day FROM trades WHERE id <> 't1'`,
			`[{"price":null,"nan":true,"inf":false,"ok":null,"at":null,"day":null},{"price":null,"nan":false,"inf":true,"ok":null,"at":null,"day":null}]`},
		{`SELECT symbol, n FROM state.trades`, `[{"symbol":"AAPL","n":3},{"symbol":"MSFT","n":2}]`},
		{`SELECT gw_key, symbol FROM legs`, `[{"gw_key":"b","symbol":"L"}]`},
		{`SELECT symbol FROM lists`, `[{"symbol":"A"},{"symbol":"B"}]`},
		{`SELECT count(*) AS n FROM never`, `[{"n":0}]`},
		{`SHOW TABLES`, `[{"name":"legs"},{"name":"lists"},{"name":"never"},{"name":"trades"}]`},
		{`SELECT sum(n) AS s, avg(best.price) AS a, max(took) AS m, tags['k'][1] AS k FROM trades GROUP BY ALL ORDER BY s DESC`, `[{"s":9007199254740993,"a":10.25,"m":1.5,"k":"v"},{"s":5,"a":0,"m":0,"k":null}]`},
		{`SELECT id FROM trades WHERE took > INTERVAL 1 SECOND AND day = DATE '2020-01-02' AND at < TIMESTAMP '2021-01-01' AND book[2].size = 2`, `[{"id":"t1"}]`},
	} {
		if got := ask(t, p, tc.sql); got != tc.want {
			t.Errorf("%s\ngot  %s\nwant %s", tc.sql, got, tc.want)
		}
	}
}

func TestAnswersOfEveryType(t *testing.T) {
	p := pool(t, filled(t), query.Limits{})
	for sql, want := range map[string]string{
		`1::HUGEINT`: `1`, `1.50::DECIMAL(9,2)`: `1.50`, `-0.05::DECIMAL(3,2)`: `-0.05`, `170141183460469231731687303715884105727::HUGEINT`: `170141183460469231731687303715884105727`,
		`INTERVAL '1 month 2 days 3 seconds'`: `2764803`, `MAP{'b':1,'a':2}`: `{"a":2,"b":1}`, `{'a':[1,NULL],'b':DATE '2020-01-01'}`: `{"a":[1,null],"b":"2020-01-01"}`,
		`'x'::ENUM('x','y')`: `"x"`, `TIME '10:00:00.5'`: `"10:00:00.5"`, `TIMESTAMP '2020-01-01 00:00:00.000001'`: `"2020-01-01T00:00:00.000001"`,
		`TIMESTAMPTZ '2020-01-01 00:00:00+02'`: `"2019-12-31T22:00:00"`, `'2020-01-01 00:00:00'::TIMESTAMP_NS`: `"2020-01-01T00:00:00"`, `'ab'::BLOB`: `"YWI="`,
		`NULL`: `null`, `255::UTINYINT`: `255`, `['a','b']::VARCHAR[2]`: `["a","b"]`, `18446744073709551615::UBIGINT`: `18446744073709551615`, `1::UHUGEINT`: `1`,
		`union_value(k := 1)`: `1`, `'NaN'::FLOAT`: `null`, `0.1::FLOAT`: `0.1`, `'a"<b>' || chr(10)`: `"a\"\u003cb\u003e\n"`, `'{"a":1}'::JSON`: `"{\"a\":1}"`, `[]`: `[]`,
	} {
		if got := ask(t, p, "SELECT "+sql+" AS v"); got != `[{"v":`+want+`}]` {
			t.Errorf("%s: got %s, want %s", sql, got, want)
		}
	}
}

// TestEveryWayToNameAColumnFindsIt is about the columns that are not handed over since nobody seems to read them.
func TestEveryWayToNameAColumnFindsIt(t *testing.T) {
	p := pool(t, filled(t), query.Limits{})
	for _, tc := range []struct{ sql, want string }{
		{`SELECT count(*) AS v FROM trades`, `3`},
		{`SELECT max(SYMBOL) AS v FROM trades`, `"MSFT"`},
		{`SELECT t.best.size AS v FROM trades t ORDER BY t.n DESC LIMIT 1`, `7`},
		{`SELECT trades.best['size'] AS v FROM trades ORDER BY n DESC LIMIT 1`, `7`},
		{`SELECT main.trades.symbol AS v FROM trades WHERE id = 't1'`, `"AAPL"`},
		{`SELECT memory.main.trades.symbol AS v FROM memory.main.trades WHERE id = 't1'`, `"AAPL"`},
		{`SELECT t.owner AS v FROM (SELECT t FROM trades t WHERE id = 't1')`, `"ann"`},
		{`SELECT trades.owner AS v FROM (SELECT trades FROM trades WHERE id = 't1')`, `"ann"`},
		{`SELECT max(COLUMNS('^symbol$')) AS v FROM trades`, `"MSFT"`},
		{`SELECT x AS v FROM trades AS t(a, b, c, d, x) WHERE c = 't1'`, `"AAPL"`},
		{`SELECT count(owner) AS v FROM trades NATURAL JOIN trades u`, `1`},
		{`SELECT count(*) AS v FROM trades JOIN state.trades s USING (symbol)`, `3`},
		{`SELECT #5 AS v FROM trades WHERE id = 't1'`, `"AAPL"`},
		{`SELECT owner AS v FROM (FROM trades WHERE id = 't1')`, `"ann"`},
		{`WITH c AS MATERIALIZED (SELECT symbol, n FROM trades) SELECT max(n) AS v FROM c`, `9007199254740993`},
		{`SELECT list_sum(list_transform(prices[1:1], x -> x + n)) AS v FROM trades WHERE n = 2`, `null`},
		{`SELECT sum(b.size) AS v FROM (SELECT unnest(book) AS b FROM trades)`, `3`},
		{`SELECT count(*) AS v FROM trades, unnest(book)`, `2`},
		{`SELECT v FROM (SELECT id, symbol AS v FROM trades) WHERE id = 't1'`, `"AAPL"`},
		{`SELECT symbol AS v FROM trades GROUP BY ALL HAVING max(n) = 2`, `"MSFT"`},
		{`SELECT symbol AS v FROM trades QUALIFY row_number() OVER (ORDER BY n) = 1`, `"MSFT"`},
		{`SELECT v FROM (UNPIVOT (SELECT id, symbol, owner FROM trades WHERE id = 't1') ON symbol, owner INTO NAME k VALUE v) WHERE k = 'owner'`, `"ann"`},
		{`SELECT count(*) AS v FROM trades WHERE n = (SELECT max(n) FROM trades u WHERE u.symbol = trades.symbol)`, `2`},
		{`SELECT rowid AS v FROM trades WHERE id = 't1'`, `0`},
	} {
		if got := ask(t, p, tc.sql); got != `[{"v":`+tc.want+`}]` {
			t.Errorf("%s\ngot  %s\nwant %s", tc.sql, got, tc.want)
		}
	}
}

func TestFormats(t *testing.T) {
	p := pool(t, filled(t), query.Limits{})
	const sql = `SELECT symbol, n, tags, at, n AS symbol FROM trades WHERE n < 3 OR id = 't1' ORDER BY n`
	for format, want := range map[query.Format]string{
		query.JSON:  `[{"symbol":"MSFT","n":2,"tags":{},"at":null,"symbol_1":2},{"symbol":"AAPL","n":9007199254740993,"tags":{"k":"v"},"at":"2020-01-02T03:04:05.678901","symbol_1":9007199254740993}]`,
		query.Lines: `{"symbol":"MSFT","n":2,"tags":{},"at":null,"symbol_1":2}` + "\n" + `{"symbol":"AAPL","n":9007199254740993,"tags":{"k":"v"},"at":"2020-01-02T03:04:05.678901","symbol_1":9007199254740993}` + "\n",
		query.CSV:   "symbol,n,tags,at,symbol_1\nMSFT,2,{},,2\nAAPL,9007199254740993,\"{\"\"k\"\":\"\"v\"\"}\",2020-01-02T03:04:05.678901,9007199254740993\n",
	} {
		r, err := p.Query(t.Context(), sql, 0, format)
		if err != nil || string(r.Body) != want || r.Rows != 2 {
			t.Errorf("%s: got %v %v\n%s\nwant\n%s", format, r, err, r.Body, want)
		}
	}
	for format, want := range map[query.Format]string{query.JSON: "[]", query.Lines: "", query.CSV: "x\n"} {
		if r, err := p.Query(t.Context(), "SELECT 1 AS x WHERE false", 0, format); err != nil || string(r.Body) != want {
			t.Errorf("%s of nothing: got %v %v, want %q", format, r, err, want)
		}
	}
}

func TestArrowIsAStreamThatOthersRead(t *testing.T) {
	p := pool(t, filled(t), query.Limits{})
	r, err := p.Query(t.Context(), "SELECT range AS n FROM range(5000)", 3000, query.Arrow)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := ipc.NewReader(bytes.NewReader(r.Body))
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Release()
	var rows int64
	for stream.Next() {
		rows += stream.RecordBatch().NumRows()
	}
	if rows != 3000 || r.Rows != 3000 || !r.Truncated || stream.Schema().Field(0).Name != "n" {
		t.Errorf("got %d rows of %v, header %+v", rows, stream.Schema(), r)
	}
}

// odd has fields that DuckDB cannot tell from each other or from what is said of a tick.
type odd struct {
	gateway.Struct
	GwTime int64 `json:"gw_time"`
	Upper  int64 `json:"GW_TIME"`
	Nest   struct {
		A int64 `json:"a"`
		B int64 `json:"A"`
	} `json:"nest"`
	Empty struct{} `json:"empty"`
	Deep  []struct {
		A int64 `json:"a"`
		B int64 `json:"A"`
	} `json:"deep"`
}

type oddChannels struct {
	Odd   gateway.Channel[odd] `channel:"odd" state:"id"`
	Again gateway.Channel[odd] `channel:"ODD"`
	State gateway.Channel[odd] `channel:"state"`
}

func TestNamesThatDuckDBCannotTellApartAreNumbered(t *testing.T) {
	ch := &oddChannels{}
	h := gatewaytest.New(t, ch)
	source := gatewaytest.Feed(h, &ch.Odd)
	v := odd{GwTime: 1, Upper: 2}
	v.Nest.A, v.Nest.B = 3, 4
	source.Send(v)
	h.Advance(1)
	p := pool(t, h.Gateway, query.Limits{})
	for _, tc := range []struct{ sql, want string }{
		{`SELECT gw_time, GW_TIME_1, gw_time_2, nest, empty, deep FROM odd`,
			`[{"gw_time":1,"GW_TIME_1":2,"gw_time_2":"2020-01-01T00:00:00","nest":{"a":3,"A_1":4},"empty":null,"deep":[]}]`},
		{`SELECT count(*) AS n FROM ODD_1`, `[{"n":0}]`},
		{`SELECT count(*) AS n FROM state JOIN state.odd ON true`, `[{"n":0}]`},
	} {
		if got := ask(t, p, tc.sql); got != tc.want {
			t.Errorf("%s\ngot  %s\nwant %s", tc.sql, got, tc.want)
		}
	}
}

// pair is sent to two channels in one cycle.
type pairChannels struct {
	Left  gateway.Channel[trade] `channel:"left" state:"symbol"`
	Right gateway.Channel[trade] `channel:"right" state:"symbol;by_n=n"`
}

type copier struct{}

func (copier) Connect(ch *pairChannels) error {
	ch.Left.Send()
	ch.Right.Set(ch.Left.Get())
	return nil
}

func TestAnswerIsOfOneCycle(t *testing.T) {
	g := gateway.New(&pairChannels{}, copier{})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- g.Run(ctx, gateway.RunConfig{Realtime: true}) }()
	<-g.Ready()
	var senders sync.WaitGroup
	senders.Go(func() {
		for n := range 3000 {
			if _, err := g.Send(t.Context(), "left", "", fmt.Appendf(nil, `{"symbol":"s%d","n":%d}`, n, n)); err != nil {
				t.Error(err)
				return
			}
		}
	})
	p := pool(t, g, query.Limits{})
	for range 20 {
		got := ask(t, p, `SELECT (SELECT count(*) FROM state."left") - (SELECT count(*) FROM state."right") AS a, (SELECT max(n) FROM "left") - (SELECT max(n) FROM state.by_n) AS b, `+
			`(SELECT max(gw_cycle) FROM "left") - (SELECT max(gw_cycle) FROM "right") AS c`)
		if got != `[{"a":0,"b":0,"c":0}]` && got != `[{"a":0,"b":null,"c":null}]` {
			t.Errorf("got %s, want both sides of one cycle", got)
		}
	}
	senders.Wait()
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestManyAskAtTheSameTime(t *testing.T) {
	p := pool(t, filled(t), query.Limits{Running: 2, Waiting: 20})
	var askers sync.WaitGroup
	for i := range 12 {
		askers.Go(func() {
			if got, want := ask(t, p, fmt.Sprintf("SELECT %d AS i, count(*) AS n FROM trades", i)), fmt.Sprintf(`[{"i":%d,"n":3}]`, i); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
	askers.Wait()
}

func TestClosedPoolRefuses(t *testing.T) {
	p := query.New(filled(t), query.Limits{})
	ask(t, p, "SELECT 1")
	p.Close()
	p.Close()
	if got := ask(t, p, "SELECT 1"); !strings.HasPrefix(got, "3@") {
		t.Errorf("got %s, want it refused", got)
	}
}

func TestQueryEndsWithItsCaller(t *testing.T) {
	p := pool(t, filled(t), query.Limits{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Query(ctx, "SELECT 1", 0, query.JSON); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the caller's end", err)
	}
}

func TestErrorNamesLineAndColumn(t *testing.T) {
	for _, tc := range []struct {
		sql  string
		at   int
		want string
	}{
		{"SELECT x", 7, "no (line 1, column 8)"}, {"SELECT\n é, x", 12, "no (line 2, column 5)"}, {"SELECT x", -1, "no"}, {"SELECT x", 99, "no"},
	} {
		if got := (&query.Error{Msg: "no", Position: tc.at}).In(tc.sql); got != tc.want {
			t.Errorf("%q at %d: got %s, want %s", tc.sql, tc.at, got, tc.want)
		}
	}
}
