package httpapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"gw/httpapi"
)

// busy opens a site where everything that the metrics tell of has happened.
func busySite(t *testing.T) *site {
	s := open(t, httpapi.Config{})
	s.request("GET", "/metrics", "", "") // begins to look
	ws := s.dial("stream")
	ws.say(`{"action":"subscribe","channel":"example"}`)
	slow := s.dial("gw/watch")
	slow.say(`{"action":"watch","id":"w","channels":["example"]}`)
	for x := range 3 {
		s.settled("send/example", fmt.Sprintf(`{"x":%d}`, x))
		ws.hear()
	}
	s.get("state/example")
	return s
}

// TestMetricsAreNamedAsPrometheusWants lints the metrics, and compares the names and labels of gw's own with the
// page that lists them.
func TestMetricsAreNamedAsPrometheusWants(t *testing.T) {
	bubble(t, func(t *testing.T) {
		text := busySite(t).request("GET", "/metrics", "", "").body
		problems, err := promlint.New(strings.NewReader(text)).Lint()
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			t.Errorf("%s: %s", p.Metric, p.Text)
		}
		parser := expfmt.NewTextParser(model.UTF8Validation)
		families, err := parser.TextToMetricFamilies(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		rows := "| metric | kind | what it tells |\n| --- | --- | --- |\n"
		for _, name := range slices.Sorted(maps.Keys(families)) {
			if f := families[name]; strings.HasPrefix(name, "gw_") {
				rows += fmt.Sprintf("| `%s%s` | %s | %s |\n", name, labelsOf(f), strings.ToLower(f.GetType().String()), f.GetHelp())
			}
		}
		tableOf(t, "../docs/metrics.md", "metrics", rows)
	})
}

// labelsOf are the names of the labels of a metric, as "{a,b}".
func labelsOf(f *dto.MetricFamily) string {
	var names []string
	for _, l := range f.Metric[0].Label {
		names = append(names, l.GetName())
	}
	if len(names) == 0 {
		return ""
	}
	return "{" + strings.Join(names, ",") + "}"
}

// tableOf compares what a page has between two comments, or rewrites it.
func tableOf(t *testing.T, page, what, want string) {
	t.Helper()
	begin, end := "<!-- "+what+": made by go test ./httpapi -update -->\n", "<!-- end of "+what+" -->"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	got, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s: no comments around the %s", page, what)
	}
	if *update {
		if err := os.WriteFile(page, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", page, diff)
	}
}

func TestMetricsTellOfChannelsConnectionsAndNodes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := busySite(t)
		got := s.request("GET", "/metrics", "", "").body
		for _, line := range []string{
			`gw_channel_ticks_total{channel="example"} 3`, `gw_state_keys{view="example"} 3`, `gw_state_scans_total 1`,
			`gw_connection_queue_ticks{client="memory",connection="2",kind="watch"} 1`,
			`gw_connection_conflated_ticks_total{client="memory",connection="1",kind="stream"} 0`,
			`gw_connection_conflated_ticks_total{client="memory",connection="2",kind="watch"} 2`,
			`gw_engine_cycle_duration_seconds_count 3`, `gw_node_duration_seconds_count{node="`, "go_goroutines ", "process_cpu_seconds_total ",
		} {
			if !strings.Contains(got, line) {
				t.Errorf("got no %q in\n%s", line, got)
			}
		}
		var bytes uint64
		for _, line := range strings.Split(got, "\n") {
			if text, is := strings.CutPrefix(line, `gw_channel_json_bytes_total{channel="example"} `); is {
				fmt.Sscan(text, &bytes)
			}
		}
		if bytes == 0 {
			t.Error("the channel's JSON has no bytes")
		}
	})
}

func TestConnectionsTellWhoIsBehind(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := busySite(t)
		got := s.get("gw/connections")
		want := `[{"id":1,"kind":"stream","client":"*","waiting":0,"dropped":0},{"id":2,"kind":"watch","waiting":1,"conflated":2}]`
		if !includes(decode(t, got.body), decode(t, want)) {
			t.Errorf("got %s, want %s", got.body, want)
		}
		s.h.Close()
		synctest.Wait()
		if got := s.get("gw/connections"); got.body != "[]" {
			t.Errorf("after all are gone: got %s", got.body)
		}
	})
}

// TestGraphTellsRatesAndTimings: the first look switches the profiler on, the second sees what it has measured.
func TestGraphTellsRatesAndTimings(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, httpapi.Config{})
		type graph struct {
			Channels []struct {
				Name  string
				Ticks uint64
				Rate  float64
			}
			Timings *struct {
				Cycles struct{ Count uint64 }
				Nodes  []struct {
					Path  string
					Count uint64
				}
				Longest []int
			}
		}
		ask := func(path string) (g graph) {
			if err := json.Unmarshal([]byte(s.get(path).body), &g); err != nil {
				t.Fatal(err)
			}
			return g
		}
		if g := ask("gw/graph"); g.Timings != nil {
			t.Errorf("not asked for: got %+v", g.Timings)
		}
		ask("gw/graph?timings=true")
		for range 5 {
			s.settled("send/example", `{"x":1}`)
		}
		g := ask("gw/graph?timings=true")
		if g.Timings == nil || g.Timings.Cycles.Count != 5 || len(g.Timings.Longest) == 0 {
			t.Fatalf("got %+v", g.Timings)
		}
		if c := g.Channels[0]; c.Name != "example" || c.Ticks != 5 || c.Rate != 0.5 {
			t.Errorf("got %+v, want 5 ticks in 10 s", c)
		}
		if got := s.get("gw/graph?timings=perhaps"); got.status != 422 {
			t.Errorf("got %d %s", got.status, got.body)
		}
	})
}
