package schema

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// inputSchemas is a document of what is read as the types, for a validator.
func inputSchemas(t *testing.T, types ...*Type) *openapi3.T {
	t.Helper()
	var c Components
	for _, typ := range types {
		c.InputRef(typ)
	}
	all := map[string]json.RawMessage{}
	for _, name := range c.Names() {
		all[name] = c.Schema(name)
	}
	text, err := json.Marshal(map[string]any{
		"openapi": "3.1.0", "info": map[string]any{"title": "t", "version": "1"}, "paths": map[string]any{},
		"components": map[string]any{"schemas": all},
	})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return doc
}

// seldom are inputs that are read although the schema does not say so: forms that nobody writes, which would make the
// patterns longer than they help.
var seldom = map[string]bool{
	`int "9223372036854775807"`: true, `int "-9223372036854775808"`: true, `int "5\u00a0"`: true, `int "0000000000000000000000000000005"`: true,
	`float "1_.5"`: true, `float "1e_3"`: true, `float "1e1_0"`: true,
	`datetime "2020-01-01T00:00:00.1234567899999"`: true, `datetime "2020-01-01T00:00:00,5"`: true, `datetime "1577836800123"`: true,
	`date "1577923200"`: true,
	`timedelta "P1Y"`:   true, `timedelta "P1M"`: true, `timedelta "PT1M"`: true, `timedelta "1 day,"`: true, `timedelta "1:00:00"`: true,
	`timedelta "P1DT"`: true, `timedelta "PT3S1H"`: true, `timedelta "P1.5D"`: true, `timedelta "1 Day"`: true,
	`timedelta "P1Y2M3W4DT5H6M7S"`: true, `timedelta "P2Y"`: true, `timedelta "P0.5Y"`: true, `timedelta "PT1,5S"`: true,
}

// tooFine is what the validator of this test cannot tell, since its bounds are float64.
const tooFine = `int 9223372036854775808`

// TestInputSchemaSaysWhatIsRead asks the schema about each input that pydantic was asked: it is valid if, and only if,
// it is read.
func TestInputSchemaSaysWhatIsRead(t *testing.T) {
	file, err := os.Open("testdata/pydantic.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	typ := mustType[oneOf]()
	schema := inputSchemas(t, typ).Components.Schemas["oneOfInput"].Value
	lines := bufio.NewScanner(file)
	asked := 0
	for lines.Scan() {
		question, _, _ := strings.Cut(lines.Text(), " => ")
		name, raw, _ := strings.Cut(question, " ")
		body := []byte(`{"` + name + `":` + raw + `}`)
		var v any
		if json.Unmarshal(body, &v) != nil {
			continue // NaN and 1e400, which are no JSON for the validator
		}
		asked++
		_, problems := typ.Decode(body, DecodeOptions{})
		problem := schema.VisitJSON(v, openapi3.EnableJSONSchema2020())
		switch {
		case question == tooFine:
		case problems != nil && problem == nil:
			t.Errorf("%s: valid, but not read: %v", question, problems)
		case problems == nil && (problem != nil) != seldom[question]:
			t.Errorf("%s: read, valid: %v, seldom: %v", question, problem == nil, seldom[question])
		}
	}
	if asked < 300 {
		t.Errorf("asked %d questions, want over 300", asked)
	}
}
