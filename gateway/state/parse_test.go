package state

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"gw/schema"
)

func TestQueryOfAnotherShapeIsRefused(t *testing.T) {
	cases := []struct{ query, want string }{
		{`[]`, "400 model_type []"},
		{`5`, "400 model_type []"},
		{`"x"`, "400 model_type []"},
		{`{"filters":5}`, "400 list_type [filters]"},
		{`{"filters":null}`, "400 list_type [filters]"},
		{`{"filters":[5]}`, "400 model_type [filters 0]"},
		{`{"filters":[{"attr":"x"}]}`, "400 missing [filters 0 by]"},
		{`{"filters":[{"attr":5,"by":{"value":1}}]}`, "400 string_type [filters 0 attr]"},
		{`{"filters":[{"attr":"x","by":5}]}`, "400 model_type [filters 0 by]"},
		{`{"filters":[{"attr":"x","by":{"where":"~","value":1}}]}`, "400 literal_error [filters 0 by where]"},
		{`{"filters":[{"attr":"x","by":{"when":"bad"}}]}`, "400 datetime_from_date_parsing [filters 0 by when]"},
		{`{"filters":[{"attr":"x","by":{"value":[1]}},{"attr":"x"}]}`, "400 string_type [filters 0 by value]; missing [filters 1 by]"},
		{`notjson`, "422 json_invalid [query query]"},
		{` `, "422 json_invalid [query query]"},
		{`{} x`, "422 json_invalid [query query]"},
	}
	for _, tc := range cases {
		t.Run(tc.query, func(t *testing.T) {
			_, err := ParseQuery(tc.query)
			if got := shape(err); got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}

// shape renders what is wrong with a query, after the status it becomes.
func shape(err error) string {
	var problems schema.Problems
	status := "422 "
	if q, ok := errors.AsType[*QueryError](err); ok {
		problems, status = q.Problems, "400 "
	} else if !errors.As(err, &problems) {
		return fmt.Sprint(err)
	}
	var all []string
	for _, p := range problems {
		all = append(all, fmt.Sprintf("%s %v", p.Type, p.Loc))
	}
	return status + strings.Join(all, "; ")
}

func FuzzQuery(f *testing.F) {
	for _, seed := range []string{
		`{"filters":[{"attr":"x","by":{"value":1,"when":null,"attr":"","where":"=="}}]}`, `null`, `{"filters":[{"by":{"when":1e400}}]}`,
		`{"filters":[{"attr":"x","by":{"value":"` + strings.Repeat("9", 400) + `"}}]}`, `{"filters":[{"attr":"t","by":{"value":-1e18}}]}`,
	} {
		f.Add(seed)
	}
	table := tableOf(f, "y", `{"y":"a","x":1}`)
	f.Fuzz(func(t *testing.T, text string) {
		q, err := ParseQuery(text)
		if err != nil {
			return
		}
		var refused *QueryError
		if _, err := table.Query(t.Context(), q, nil); err != nil && !errors.As(err, &refused) {
			t.Errorf("query %s: got %v, want an answer or a QueryError", text, err)
		}
	})
}
