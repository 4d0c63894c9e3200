package httpapi_test

import (
	"bufio"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"gw/httpapi"
	"gw/schema"
)

// TestConformance plays the scripts in testdata/conformance: appendix A of the wire contract as far as it is served.
// A line is a request and what must come back:
//
//	GET last/example                 200 [{"x":34}]      body includes these members; lists are as long
//	GET last/                        200 = ["a"]         body is exactly this
//	GET last                         307 http://...      Location
//	POST last/example {}             405 GET             Allow
//	POST send/example {"x":1}        200 [{"x":1}]       the body follows the path
//	TEXT send/example {"x":1}        422                 the same with content type text/plain
//	QUERY state/example {"filters":[]}  200 []           GET with ?query=, encoded
//	tick list [1,2]                                      the test's feed ticks a channel with these x
//
// A path that starts with / is not put under the prefix.
func TestConformance(t *testing.T) {
	files, err := os.ReadDir("testdata/conformance")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		t.Run(f.Name(), func(t *testing.T) {
			bubble(t, func(t *testing.T) { play(t, "testdata/conformance/"+f.Name()) })
		})
	}
}

func play(t *testing.T, name string) {
	s := open(t, httpapi.Config{Outputs: t.TempDir()})
	areas = nil
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if what, ok := strings.CutPrefix(line, "tick "); ok {
			s.tick(what)
			continue
		}
		if problem := s.step(line); problem != "" {
			t.Errorf("%s:%d: %s\n%s", name, n, line, problem)
		}
	}
}

// tick makes the feed tick a channel with values whose x and y are the numbers.
func (s *site) tick(what string) {
	s.t.Helper()
	channel, numbers, _ := strings.Cut(what, " ")
	var values []exampleData
	for _, text := range strings.Fields(numbers) {
		x, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			s.t.Fatal(err)
		}
		v := example(x)
		v.Y, v.ID = text, schema.TextID("id"+text)
		values = append(values, v)
	}
	if channel == "list" {
		s.feed.list.Push(values)
	}
	for _, v := range values {
		switch channel {
		case "state":
			s.feed.withState.Push(v)
		case "multiple":
			s.feed.multiple.Push(v)
		case "str":
			s.feed.str.Push(v)
		case "staged":
			s.feed.staged.Push(v)
		}
	}
	synctest.Wait()
}

// step makes the request of a line and returns what is wrong with the answer.
func (s *site) step(line string) string {
	request, want, status := splitLine(line)
	verb, rest, _ := strings.Cut(request, " ")
	path, body, _ := strings.Cut(rest, " ")
	body = strings.TrimSpace(body)
	method, kind := verb, ""
	switch verb {
	case "POST", "PATCH", "DELETE", "PUT":
		kind = "application/json"
	case "TEXT":
		method, kind = "POST", "text/plain"
	case "QUERY":
		method, path, body = "GET", path+"?query="+url.QueryEscape(body), ""
	}
	if !strings.HasPrefix(path, "/") {
		path = p + path
	}
	got := s.request(method, named(path), kind, body)
	synctest.Wait()
	remember(got.body)
	return compare(s.t, got, status, named(want))
}

// areas are the ids of staging areas that a script has seen so far, in their order; it writes the first as {1}.
var areas []string

var areaID = regexp.MustCompile(`"(\d{18,19})":\[`)

func remember(body string) {
	for _, m := range areaID.FindAllStringSubmatch(body, -1) {
		if !slices.Contains(areas, m[1]) {
			areas = append(areas, m[1])
		}
	}
}

func named(text string) string {
	for i, id := range areas {
		text = strings.ReplaceAll(text, "{"+strconv.Itoa(i+1)+"}", id)
	}
	return text
}

// splitLine finds the status: the last number of three digits between two spaces that is not within the body.
func splitLine(line string) (request, want string, status int) {
	fields := strings.Split(line, "  ")
	for i, f := range fields {
		f = strings.TrimSpace(f)
		code, after, _ := strings.Cut(f, " ")
		if n, err := strconv.Atoi(code); err == nil && n >= 100 && n < 600 && i > 0 {
			return strings.TrimSpace(strings.Join(fields[:i], "  ")), strings.TrimSpace(after + strings.Join(fields[i+1:], "  ")), n
		}
	}
	return line, "", 0
}

func compare(t *testing.T, got answer, status int, want string) string {
	if got.status != status {
		return "got " + strconv.Itoa(got.status) + " " + got.body
	}
	exact, is := strings.CutPrefix(want, "= ")
	switch {
	case status == 307 && got.header.Get("Location") != want:
		return "got Location " + got.header.Get("Location")
	case status == 405 && got.header.Get("Allow") != want:
		return "got Allow " + got.header.Get("Allow")
	case status == 405 && got.body != `{"detail":"Method Not Allowed"}`:
		return "got " + got.body
	case status == 307 || status == 405 || want == "":
		return ""
	case is && got.body != exact:
		return "got " + got.body
	case !is && !includes(decode(t, got.body), decode(t, want)):
		return "got " + got.body
	}
	return ""
}
