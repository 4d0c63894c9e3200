package schema

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// renamed reads old input, whose members had other names.
type renamed struct {
	Struct
	Price int64 `json:"price"`
}

func (*renamed) Normalize(raw json.RawMessage) (json.RawMessage, error) {
	switch {
	case strings.Contains(string(raw), "refuse"):
		return nil, errors.New("refused")
	case strings.Contains(string(raw), "panic"):
		panic("out of order")
	case strings.Contains(string(raw), "list"):
		return json.RawMessage(`[]`), nil
	}
	return json.RawMessage(strings.ReplaceAll(string(raw), `"px"`, `"price"`)), nil
}

func (r *renamed) Validate() error {
	if r.Price < 0 {
		return FieldError{"price", "must not be negative"}
	}
	return nil
}

// inherits has renamed's Normalize.
type inherits struct {
	renamed
	Size int64 `json:"size"`
}

type carries struct {
	Struct
	Inner renamed   `json:"inner"`
	Many  []renamed `json:"many"`
}

func TestNormalizeSeesRawInputFirst(t *testing.T) {
	for in, want := range map[string]string{
		`{"px":5}`:     `{"id":null,"timestamp":null,"price":5}`,
		`{"price":5}`:  `{"id":null,"timestamp":null,"price":5}`,
		`{"px":"x"}`:   `body.price: Input should be a valid integer, unable to parse string as an integer (got "x")`,
		`{"px":-1}`:    `body.price: Value error, must not be negative (got -1)`,
		`{"refuse":1}`: `body: Value error, refused (got {"refuse":1})`,
		`{"panic":1}`:  `body: Value error, out of order (got {"panic":1})`,
		`{"list":1}`:   `body: Value error, Normalize of renamed gave no JSON object (got {"list":1})`,
		`{"px":5`:      `body.7: JSON decode error`,
	} {
		r, problems := mustType[renamed]().Decode([]byte(in), DecodeOptions{Loc: []any{"body"}})
		got := r.String()
		if len(problems) > 0 {
			got = problems.Error()
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestNormalizeIsInheritedAndRunsForNestedValues(t *testing.T) {
	r, problems := mustType[inherits]().Decode([]byte(`{"px":5,"size":2}`), DecodeOptions{})
	if got, want := r.String(), `{"id":null,"timestamp":null,"price":5,"size":2}`; got != want {
		t.Errorf("got %s %v, want %s", got, problems, want)
	}
	r, problems = mustType[carries]().Decode([]byte(`{"inner":{"px":1},"many":[{"px":2},{"px":-3}]}`), DecodeOptions{})
	if got, want := problems.Error(), `many.1.price: Value error, must not be negative (got -3)`; got != want {
		t.Errorf("got %s and %s, want %s", r, got, want)
	}
}

func TestNormalizeRunsForTextCells(t *testing.T) {
	r, problems := mustType[renamed]().DecodeText([]string{"price"}, []string{"-5"}, DecodeOptions{Loc: []any{"row"}})
	if got, want := problems.Error(), `row.price: Value error, must not be negative (got -5)`; got != want {
		t.Errorf("got %s and %s, want %s", r, got, want)
	}
	r, problems = mustType[renamed]().DecodeText([]string{"price"}, []string{"5"}, DecodeOptions{})
	if v, _ := As[renamed](r); problems != nil || v.Price != 5 {
		t.Errorf("got %s %v", r, problems)
	}
}
