package httpapi

import (
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"

	"gw/gateway/query"
	"gw/httpapi/auth"
	"gw/schema"
)

// mountQuery mounts SQL over what the gateway keeps. It changes nothing, so it needs no more than the right to read.
func (h *Handler) mountQuery(t *routes) {
	at := h.cfg.Prefix + "/query"
	t.add("GET", at, auth.Read, h.queryByURL)
	t.add("POST", at, auth.Read, h.queryByBody)
}

// queryBody is what a POST asks, with the members sql and limit; a GET has them as parameters.
type queryBody struct {
	SQL   *string
	Limit int
}

// readQueryBody reads the body of a POST; a limit beyond all rows is as good as none.
func readQueryBody(body []byte) (q queryBody, err error) {
	var members struct {
		SQL   *string         `json:"sql"`
		Limit json.RawMessage `json:"limit"`
	}
	if err := json.Unmarshal(body, &members); err != nil {
		return q, problem("json_invalid", "", "JSON decode error: "+err.Error(), string(cut(string(body))))
	}
	q.SQL = members.SQL
	if isNull(members.Limit) {
		return q, nil
	}
	limit, ok := wholeNumber(members.Limit)
	if !ok {
		return q, problem("int_type", "limit", "Input should be a valid integer", shown(members.Limit))
	}
	q.Limit = int(max(min(limit, math.MaxInt32), -1))
	return q, nil
}

func (h *Handler) queryByURL(w http.ResponseWriter, r *http.Request, _ string) error {
	var q queryBody
	if sql, given := queryParameter(r, "sql"); given {
		q.SQL = &sql
	}
	if limit, given := queryParameter(r, "limit"); given {
		var err error
		if q.Limit, err = strconv.Atoi(limit); err != nil || q.Limit > math.MaxInt32 {
			return inQuery(problem("int_parsing", "limit", "Input should be a valid integer", cut(limit)))
		}
	}
	return inQuery(h.query(w, r, q))
}

func (h *Handler) queryByBody(w http.ResponseWriter, r *http.Request, _ string) error {
	body, err := h.readBody(w, r)
	if err != nil {
		return err
	}
	q, err := readQueryBody(body)
	if err != nil {
		return err
	}
	return h.query(w, r, q)
}

func (h *Handler) query(w http.ResponseWriter, r *http.Request, q queryBody) error {
	switch {
	case q.SQL == nil:
		return problem("missing", "sql", "Field required", nil)
	case q.Limit < 0:
		return problem("greater_than_equal", "limit", "Input should be greater than or equal to 0", q.Limit)
	}
	format, contentType := answerFormat(r.Header.Get("Accept"))
	a, err := h.pool.Query(r.Context(), *q.SQL, q.Limit, format)
	if known, ok := errors.AsType[*query.Error](err); ok {
		return queryRefused(w, known, *q.SQL)
	}
	if err != nil {
		return err
	}
	head := w.Header()
	head.Set("Gw-Time", a.Time.String())
	head.Set("Gw-Cycle", strconv.FormatUint(a.Cycle, 10))
	head.Set("Gw-Rows", strconv.Itoa(a.Rows))
	head.Set("Gw-Truncated", strconv.FormatBool(a.Truncated))
	head.Set("Vary", "Accept")
	h.reply.typed(w, r, contentType, a.Body)
	return nil
}

// typed writes a body of any type, compressed if it is long.
func (p *reply) typed(w http.ResponseWriter, r *http.Request, contentType string, body []byte) {
	p.total.answers[http.StatusOK/100].Add(1)
	head := w.Header()
	head.Set("Content-Type", contentType)
	if len(body) >= compressFrom {
		body = compressed(head, r, body)
	}
	head.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	w.Write(body)
}

// The types of an answer, the first of them for who asks for none of them.
var answerFormats = []struct {
	format      query.Format
	contentType string
}{
	{query.JSON, jsonType},
	{query.CSV, "text/csv; charset=utf-8"},
	{query.Arrow, "application/vnd.apache.arrow.stream"},
	{query.Lines, "application/jsonl"},
	{query.Lines, "application/x-ndjson"},
}

// answerFormat is the first type of an Accept header that can be written.
func answerFormat(accept string) (query.Format, string) {
	for part := range strings.SplitSeq(accept, ",") {
		wanted, _, _ := strings.Cut(part, ";")
		for _, f := range answerFormats {
			if have, _, _ := strings.Cut(f.contentType, ";"); strings.EqualFold(strings.TrimSpace(wanted), have) {
				return f.format, f.contentType
			}
		}
	}
	return answerFormats[0].format, answerFormats[0].contentType
}

// queryRefused is the answer to a query that has none.
func queryRefused(w http.ResponseWriter, e *query.Error, sql string) error {
	status := http.StatusBadRequest
	switch e.Reason {
	case query.TooLarge:
		status = http.StatusRequestEntityTooLarge
	case query.TooLate:
		status = http.StatusRequestTimeout
	case query.Busy:
		w.Header().Set("Retry-After", "1")
		status = http.StatusServiceUnavailable
	case query.Unable:
		status = http.StatusNotImplemented
	}
	return &Error{status, e.In(sql)}
}

// inQuery says of problems that they are in the URL.
func inQuery(err error) error {
	if p, ok := errors.AsType[schema.Problems](err); ok {
		for i := range p {
			if len(p[i].Loc) > 0 {
				p[i].Loc[0] = "query"
			}
		}
	}
	return err
}

// queries describes the two ways to ask.
func (b *describer) queries() {
	text := object{{"type", "string"}}
	limit := object{{"type", "integer"}, {"minimum", 0}, {"maximum", math.MaxInt32}, {"description", "rows at most; 0: as many as the gateway allows"}}
	rows := arrayOf(object{{"type", "object"}})
	o := operation{
		path: "/query", tag: "State", answer: rows, refuse: true, bad: true,
		summary: "the answer to one SELECT over channels and states; as CSV, JSON Lines or Arrow by Accept, see docs/query.md",
		also:    []int{http.StatusRequestTimeout, http.StatusRequestEntityTooLarge, http.StatusNotImplemented},
		media:   []string{jsonType, "text/csv", "application/jsonl", ndjsonType, "application/vnd.apache.arrow.stream"},
	}
	get, post := o, o
	get.method = "get"
	get.params = []object{
		{{"name", "sql"}, {"in", "query"}, {"required", true}, {"schema", text}},
		{{"name", "limit"}, {"in", "query"}, {"required", false}, {"schema", limit}},
	}
	post.method = "post"
	post.body = object{{"type", "object"}, {"required", []string{"sql"}}, {"properties", object{{"sql", text}, {"limit", object{{"type", []string{"integer", "null"}}, {"minimum", 0}, {"description", "rows at most; 0: as many as the gateway allows"}}}}}}
	b.add(get)
	b.add(post)
}
