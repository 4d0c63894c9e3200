package cli_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"testing"
)

// TestEveryQueryOfThePagesIsAnswered runs the sql blocks against the omnibus.
func TestEveryQueryOfThePagesIsAnswered(t *testing.T) {
	url := serveOmnibus(t)
	blocks := regexp.MustCompile("(?ms)^```sql\n(.*?)^```").FindAllStringSubmatch(pages(t)["../docs/query.md"], -1)
	if len(blocks) == 0 {
		t.Fatal("docs/query.md has no sql block")
	}
	for _, block := range blocks {
		body, err := json.Marshal(map[string]string{"sql": block[1]})
		if err != nil {
			t.Fatal(err)
		}
		answer, err := request(http.DefaultClient, url+"/api/v1/query", string(body))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s: got %s", block[1], answer.Status)
		}
	}
}
