package schema

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var at = time.Date(2026, 11, 23, 8, 59, 27, 986501000, time.UTC)

// TestSendVectors runs the conformance vectors of appendix A.3 that concern one struct or a list of them.
func TestSendVectors(t *testing.T) {
	const rest = `"y":"","z":"","internal_csp_struct":{"z":12},"data":[],"mapping":{},"dt":"2026-11-23T08:59:27.986501Z","d":"2026-11-23"`
	for _, tc := range []struct{ name, in, want string }{
		{"numbers for text", `{"x":"5","y":7,"z":1.5}`, `{"id":null,"timestamp":null,"x":5,` + strings.NewReplacer(`"y":""`, `"y":"7"`, `"z":""`, `"z":"1.5"`).Replace(rest) + `}`},
		{"defaults", `{}`, `{"id":null,"timestamp":null,` + rest + `}`},
		{"null where there is no default", `{"x":null}`, `{"id":null,"timestamp":null,"x":null,` + rest + `}`},
		{"nested", `{"x":999,"internal_csp_struct":{"z":15}}`, `{"id":null,"timestamp":null,"x":999,` + strings.Replace(rest, `"z":12`, `"z":15`, 1) + `}`},
		{"id and timestamp are kept", `{"id":123,"timestamp":1577836800,"x":1}`, `{"id":"123","timestamp":"2020-01-01T00:00:00","x":1,` + rest + `}`},
		{"id of a float", `{"id":1.5,"x":1}`, `{"id":"1.5","timestamp":null,"x":1,` + rest + `}`},
		{"null id", `{"id":null,"timestamp":null,"x":1}`, `{"id":null,"timestamp":null,"x":1,` + rest + `}`},
		{"offsets", `{"x":1,"timestamp":"2020-01-01T00:00:00+05:00","dt":"2020-01-01T00:00:00+05:00","d":"2020-02-03"}`,
			`{"id":null,"timestamp":"2019-12-31T19:00:00","x":1,` + strings.NewReplacer("2026-11-23T08:59:27.986501Z", "2020-01-01T00:00:00+05:00", "2026-11-23", "2020-02-03").Replace(rest) + `}`},
		{"naive", `{"x":1,"dt":"2020-01-01T00:00:00","d":"2020-02-03T00:00:00","timestamp":"2020-01-01"}`,
			`{"id":null,"timestamp":"2020-01-01T00:00:00","x":1,` + strings.NewReplacer("2026-11-23T08:59:27.986501Z", "2020-01-01T00:00:00", "2026-11-23", "2020-02-03").Replace(rest) + `}`},
		{"containers", `{"x":1,"data":[1,2,3.5],"mapping":{"b":"2","a":1},"internal_csp_struct":{}}`,
			`{"id":null,"timestamp":null,"x":1,` + strings.NewReplacer(`[]`, `[1.0,2.0,3.5]`, `{}`, `{"a":1,"b":2}`).Replace(rest) + `}`},
		{"null element", `{"x":1,"data":[null,1]}`, `{"id":null,"timestamp":null,"x":1,` + strings.Replace(rest, `[]`, `[null,1.0]`, 1) + `}`},
		{"no numbers", `{"x":1,"data":[1e400,NaN,Infinity]}`, `{"id":null,"timestamp":null,"x":1,` + strings.Replace(rest, `[]`, `[null,null,null]`, 1) + `}`},
		{"extras of a plain model", `{"x":1,"internal_csp_struct":{"z":"7","q":1}}`, `{"id":null,"timestamp":null,"x":1,` + strings.Replace(rest, `"z":12`, `"z":7`, 1) + `}`},
		{"duplicates: last wins", `{"x":"a","x":[1],"x":2,"data":[1],"data":[]}`, `{"id":null,"timestamp":null,"x":2,` + rest + `}`},
		{"empty list", `[]`, ``},
		{"list", ` [ {"x":1} , {"x":2,"y":"é<&>\u2028\ud83d\ude00\/\u0001"} ] `, `{"id":null,"timestamp":null,"x":1,` + rest + `}` + "\n" +
			`{"id":null,"timestamp":null,"x":2,` + strings.Replace(rest, `"y":""`, "\"y\":\"é<&>\u2028😀/\\u0001\"", 1) + `}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			recs, wasList, problems := mustType[exampleData]().DecodeAll([]byte(tc.in), DecodeOptions{At: at})
			if problems != nil {
				t.Fatalf("DecodeAll(%s): %v", tc.in, problems)
			}
			if want := strings.HasPrefix(strings.TrimSpace(tc.in), "["); wasList != want {
				t.Errorf("wasList: got %v, want %v", wasList, want)
			}
			var lines []string
			for _, r := range recs {
				lines = append(lines, r.String())
			}
			if diff := cmp.Diff(tc.want, strings.Join(lines, "\n")); diff != "" {
				t.Errorf("DecodeAll(%s) -want +got:\n%s", tc.in, diff)
			}
		})
	}
}

// TestSendProblems runs the vectors that are refused; want is the whole "detail".
func TestSendProblems(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"null", `null`, `[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]`},
		{"empty", ` `, `[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]`},
		{"broken", `{bad`, `[{"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting property name enclosed in double quotes"}}]`},
		{"trailing data", `{} x`, `[{"type":"json_invalid","loc":["body",3],"msg":"JSON decode error","input":{},"ctx":{"error":"Extra data"}}]`},
		{"broken after a wrong value", `{"x":"a"`, `[{"type":"json_invalid","loc":["body",8],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting ',' delimiter"}}]`},
		{"lone surrogate", `{"y":"\ud800"}`, `[{"type":"json_invalid","loc":["body",6],"msg":"JSON decode error","input":{},"ctx":{"error":"Lone surrogate"}}]`},
		{"invalid UTF-8", "{\"y\":\"a\xff\"}", `[{"type":"json_invalid","loc":["body",7],"msg":"JSON decode error","input":{},"ctx":{"error":"Invalid UTF-8"}}]`},
		{"byte order mark", "\ufeff{}", `[{"type":"json_invalid","loc":["body",0],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting value"}}]`},
		{"too deep", `{"nope":` + strings.Repeat("[", 64) + strings.Repeat("]", 64) + `}`, `[{"type":"json_invalid","loc":["body",71],"msg":"JSON decode error","input":{},"ctx":{"error":"Nested deeper than 64"}}]`},
		{"number", `5`, `[{"type":"list_type","loc":["body"],"msg":"Input should be a valid list","input":5},{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":5}]`},
		{"number in a list", `[5,{}]`, `[{"type":"model_attributes_type","loc":["body",0],"msg":"Input should be a valid dictionary or object to extract fields from","input":5}]`},
		{"fraction", `{"x":5.5}`, `[{"type":"int_from_float","loc":["body","x"],"msg":"Input should be a valid integer, got a number with a fractional part","input":5.5}]`},
		{"null text", `{"x":1,"y":null}`, `[{"type":"string_type","loc":["body","y"],"msg":"Input should be a valid string","input":null}]`},
		{"extra", `{"x":1,"nope":1}`, `[{"type":"extra_forbidden","loc":["body","nope"],"msg":"Extra inputs are not permitted","input":1}]`},
		{"validator", `{"x":-11,"y":"9"}`, `[{"type":"value_error","loc":["body","x"],"msg":"Value error, value must be non-negative.","input":-11,"ctx":{"error":{}}}]`},
		{"validator in a list", `[{"x":1},{"x":-11}]`, `[{"type":"value_error","loc":["body",1,"x"],"msg":"Value error, value must be non-negative.","input":-11,"ctx":{"error":{}}}]`},
		{"inexact date", `{"x":1,"d":"2020-02-03T01:00:00"}`, `[{"type":"date_from_datetime_inexact","loc":["body","d"],"msg":"Datetimes provided to dates should have zero time - e.g. be exact dates","input":"2020-02-03T01:00:00"}]`},
		{"text in an array", `{"x":1,"data":["x"]}`, `[{"type":"value_error","loc":["body","data",0],"msg":"Value error, array element should be a number","input":"x","ctx":{"error":{}}}]`},
		{"null array", `{"data":null}`, `[{"type":"value_error","loc":["body","data"],"msg":"Value error, array should be a list of numbers","input":null,"ctx":{"error":{}}}]`},
		{"null struct", `{"x":1,"internal_csp_struct":null}`, `[{"type":"model_type","loc":["body","internal_csp_struct"],"msg":"Input should be a valid dictionary or instance of inner","input":null,"ctx":{"class_name":"inner"}}]`},
		{"map", `{"mapping":{"a":"q","b":1,"a":"r"}}`, `[{"type":"int_parsing","loc":["body","mapping","a"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"r"}]`},
		{"all problems", `{"x":"a","y":null,"nope":[NaN, 1e3],"internal_csp_struct":{"z":null}}`, `[` +
			`{"type":"int_parsing","loc":["body","x"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"a"},` +
			`{"type":"string_type","loc":["body","y"],"msg":"Input should be a valid string","input":null},` +
			`{"type":"extra_forbidden","loc":["body","nope"],"msg":"Extra inputs are not permitted","input":[null,1000.0]},` +
			`{"type":"int_type","loc":["body","internal_csp_struct","z"],"msg":"Input should be a valid integer","input":null}]`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			recs, _, problems := mustType[exampleData]().DecodeAll([]byte(tc.in), DecodeOptions{At: at, Loc: []any{"body"}})
			if recs != nil || problems == nil {
				t.Fatalf("DecodeAll(%s): got %v, want problems", tc.in, recs)
			}
			got, err := json.Marshal(problems)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, string(got)); diff != "" {
				t.Errorf("DecodeAll(%s) -want +got:\n%s", tc.in, diff)
			}
		})
	}
}
