package client

import (
	"context"
	"encoding/json"
	"net/http"
)

// Query asks for the answer to one SELECT over the channels and states of a gateway, with at most limit rows (0: as many
// as the gateway allows). SQL that is refused is an *APIError of status 400, an answer or a query that is too large one
// of 413, one that takes too long one of 408. truncated tells that there were more rows.
func (c *Client) Query(ctx context.Context, sql string, limit int) (a Answer, truncated bool, err error) {
	body, err := json.Marshal(struct {
		SQL   string `json:"sql"`
		Limit int    `json:"limit"`
	}{sql, limit})
	if err != nil {
		return Answer{}, false, err
	}
	header, answer, err := c.do(ctx, request{method: http.MethodPost, path: []string{"query"}, body: body})
	if err != nil {
		return Answer{}, false, err
	}
	return answerOf(header, answer), header.Get("Gw-Truncated") == "true", nil
}
