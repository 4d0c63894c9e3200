package httpapi_test

import (
	"context"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"gw/gateway"
	"gw/gateway/query"
	"gw/httpapi"
	"gw/httpapi/auth"
)

// TestMain lets queries start this binary as their child.
func TestMain(m *testing.M) {
	query.Main()
	os.Exit(m.Run())
}

// over returns the people's channels after two values each, when the gateway has stopped. It is outside of any bubble:
// children are real.
func over(t *testing.T) *gateway.Gateway {
	t.Helper()
	g := gateway.New(&userModel{}, userModule{})
	ended := make(chan error, 1)
	go func() { ended <- g.Run(context.Background(), gateway.RunConfig{Realtime: true}) }()
	<-g.Ready()
	sub, err := g.Subscribe(context.Background(), gateway.SubscribeOptions{Select: []gateway.Selector{{Channel: "user_basket"}, {Channel: "user_data"}}})
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	for _, body := range []string{`{"user":"alice","n":1}`, `{"user":"bob","n":2}`} {
		_, err := g.Send(t.Context(), "user_data", "", []byte(body))
		if err == nil {
			_, err = g.Send(t.Context(), "user_basket", "A", []byte(body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	basket, _ := g.Port("user_basket")
	data, _ := g.Port("user_data")
	for basket.Ticks() < 2 || data.Ticks() < 2 {
		<-sub.Ready()
		sub.Take()
	}
	g.Stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	return g
}

func asked(t *testing.T, c httpapi.Config) *httpapi.Handler {
	h := httpapi.New(over(t), c)
	t.Cleanup(h.Close)
	return h
}

func askQuery(t *testing.T, h *httpapi.Handler, method, target, body, accept string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://localhost/api/v1/query"+target, strings.NewReader(body))
	r.Header.Set("Accept", accept)
	w := record(t, h, r)
	return w
}

func TestQueryAnswers(t *testing.T) {
	h := asked(t, httpapi.Config{})
	const sql = `SELECT 1 AS one, 'a' AS two`
	for _, tc := range []struct{ method, target, body, accept, want, kind string }{
		{"POST", "", `{"sql":"` + sql + `"}`, "", `[{"one":1,"two":"a"}]`, "application/json"},
		{"GET", "?sql=" + url.QueryEscape(sql), "", "*/*", `[{"one":1,"two":"a"}]`, "application/json"},
		{"GET", "?sql=" + url.QueryEscape(sql), "", "text/html, text/csv;q=0.5", "one,two\n1,a\n", "text/csv; charset=utf-8"},
		{"GET", "?sql=" + url.QueryEscape(sql), "", "application/x-ndjson", `{"one":1,"two":"a"}` + "\n", "application/x-ndjson"},
		{"POST", "", `{"sql":"SELECT count(*) AS n FROM user_data"}`, "", `[{"n":2}]`, "application/json"},
		{"POST", "", `{"sql":"SELECT count(*) AS n FROM state.user_data"}`, "", `[{"n":2}]`, "application/json"},
		{"POST", "", `{"sql":"SELECT gw_key, sum(n) AS n FROM user_basket GROUP BY ALL"}`, "", `[{"gw_key":"A","n":3}]`, "application/json"},
	} {
		w := askQuery(t, h, tc.method, tc.target, tc.body, tc.accept)
		if w.Code != 200 || w.Body.String() != tc.want || w.Header().Get("Content-Type") != tc.kind {
			t.Errorf("%s %s %s: got %d %s %s", tc.method, tc.target, tc.body, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
		if tc.want[0] == '[' && w.Header().Get("Gw-Time") == "" {
			t.Errorf("%s: got header %v, want Gw-Time", tc.body, w.Header())
		}
	}
	w := askQuery(t, h, "POST", "", `{"sql":"SELECT * FROM range(10)","limit":2}`, "")
	if w.Body.String() != `[{"range":0},{"range":1}]` || w.Header().Get("Gw-Rows") != "2" || w.Header().Get("Gw-Truncated") != "true" {
		t.Errorf("got %v %s, want two of the rows and the word that there are more", w.Header(), w.Body)
	}
	w = askQuery(t, h, "GET", "?sql=SELECT+1", "", "application/vnd.apache.arrow.stream")
	if w.Code != 200 || !strings.HasPrefix(w.Body.String(), "\xff\xff\xff\xff") {
		t.Errorf("got %d %q, want an Arrow stream", w.Code, w.Body)
	}
}

func TestQueryRefusals(t *testing.T) {
	h := asked(t, httpapi.Config{Query: query.Limits{Output: 1000}})
	for _, tc := range []struct {
		method, target, body string
		status               int
		want                 string
	}{
		{"POST", "", `{"sql":"SELECT\n  nope FROM user_data"}`, 400, `(line 2, column 3)`},
		{"POST", "", `{"sql":"selec 1"}`, 400, `{"detail":"syntax error at or near \"selec\" (line 1, column 1)"}`},
		{"POST", "", `{"sql":"DROP TABLE user_data"}`, 400, `only one SELECT is answered here`},
		{"POST", "", `{"sql":"SELECT 1; SELECT 2"}`, 400, `{"detail":"got 2 statements, want one SELECT"}`},
		{"POST", "", `{"sql":"SELECT * FROM read_text('/etc/passwd')"}`, 400, `read_text(...) is not allowed as a table`},
		{"POST", "", `{"sql":"SELECT repeat('x', 2000)"}`, 413, `the answer is too large`},
		{"POST", "", `{}`, 422, `{"detail":[{"type":"missing","loc":["body","sql"],"msg":"Field required"`},
		{"POST", "", `{"sql":"SELECT 1","limit":-1}`, 422, `"loc":["body","limit"]`},
		{"POST", "", `{"sql":1}`, 422, `json_invalid`},
		{"POST", "", `{bad`, 422, `json_invalid`},
		{"GET", "", "", 422, `{"detail":[{"type":"missing","loc":["query","sql"]`},
		{"GET", "?sql=SELECT+1&limit=x", "", 422, `"loc":["query","limit"]`},
		{"PUT", "", "", 405, `Method Not Allowed`},
		{"POST", "", `{"sql":"` + strings.Repeat("x", 2<<20) + `"}`, 413, `Request body too large`},
	} {
		w := askQuery(t, h, tc.method, tc.target, tc.body, "")
		if w.Code != tc.status || !strings.Contains(w.Body.String(), tc.want) {
			t.Errorf("%s %s %.80s: got %d %s\nwant %d %s", tc.method, tc.target, tc.body, w.Code, w.Body, tc.status, tc.want)
		}
	}
	slow := asked(t, httpapi.Config{Query: query.Limits{Deadline: 3e8}})
	if w := askQuery(t, slow, "POST", "", `{"sql":"SELECT count(*) FROM range(10000000000) a, range(10000000000) b"}`, ""); w.Code != 408 {
		t.Errorf("got %d %s, want 408", w.Code, w.Body)
	}
	slow.Close()
	if w := askQuery(t, slow, "POST", "", `{"sql":"SELECT 1"}`, ""); w.Code != 503 || w.Header().Get("Retry-After") == "" {
		t.Errorf("got %d %s, want 503", w.Code, w.Body)
	}
}

// TestS18QueriesShowTheCallersOwn asks as two callers of whom each has sent one value.
func TestS18QueriesShowTheCallersOwn(t *testing.T) {
	gate, err := auth.New(auth.Config{}, auth.Keys(auth.Key{Name: "alice", Value: "alice-key-1"}, auth.Key{Name: "bob", Value: "bob-key-12"}))
	if err != nil {
		t.Fatal(err)
	}
	g := over(t)
	g.Filter = auth.FilterBy("user")
	h := httpapi.New(g, httpapi.Config{Auth: gate})
	t.Cleanup(h.Close)
	for key, want := range map[string]string{"alice-key-1": `[{"user":"alice"}]`, "bob-key-12": `[{"user":"bob"}]`} {
		for _, table := range []string{"user_data", "state.user_data", "user_basket"} {
			r := httptest.NewRequest("GET", "http://localhost/api/v1/query?sql="+url.QueryEscape("SELECT DISTINCT \"user\" FROM "+table), nil)
			r.Header.Set("token", key)
			w := record(t, h, r)
			if w.Body.String() != want {
				t.Errorf("%s of %s: got %s, want %s", key, table, w.Body, want)
			}
		}
	}
}

// TestQueriesReadOnlyWhatIsMounted asks for a channel and a state view that no mount names.
func TestQueriesReadOnlyWhatIsMounted(t *testing.T) {
	h := httpapi.New(over(t), httpapi.Config{Mounts: &httpapi.Mounts{Last: only("user_basket")}})
	defer h.Close()
	for sql, want := range map[string]int{"select+n+from+user_basket": 200, "select+n+from+user_data": 400, "select+n+from+state.user_data": 400} {
		if w := asRole(t, h, "nobody", "GET", p+"query?sql="+sql); w.Code != want {
			t.Errorf("%s: got %d, want %d: %s", sql, w.Code, want, w.Body)
		}
	}
}
