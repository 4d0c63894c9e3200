package omnibus

import (
	"time"

	"gw/engine"
	"gw/gateway"
	"gw/schema"
)

// ExampleData is what most channels of the example carry. The embedded Struct gives it the id and the timestamp that a
// value gets when it enters a channel; json tags are the names on the wire.
type ExampleData struct {
	gateway.Struct
	// X has no default: a value sent without it has no x at all. Validate has its rule; describe tells of it in /openapi.json.
	X        gateway.Opt[int64] `json:"x" describe:"ge=0"`
	Y        string             `json:"y"`
	Z        string             `json:"z"`
	Internal ExampleInternal    `json:"internal_csp_struct"`
	Data     []float64          `json:"data"`
	Mapping  map[string]int64   `json:"mapping"`
	DT       time.Time          `json:"dt" default:"now"`
	D        schema.Date        `json:"d" default:"now"`
}

var _ schema.Validator = (*ExampleData)(nil)

// Validate is the rule that every value from outside must keep; those who send another get it as the answer.
func (d *ExampleData) Validate() error {
	if x, ok := d.X.Get(); ok && x < 0 {
		return schema.FieldError{Field: "x", Msg: "value must be non-negative."}
	}
	return nil
}

// PythonType names the class that csp-gateway's own client makes of these values; without the method it has only dicts.
func (ExampleData) PythonType() string { return "csp_gateway.server.demo.omnibus.ExampleData" }

// ExampleInternal is a struct inside a struct; on the web and in tables its field is internal_csp_struct.z.
type ExampleInternal struct {
	Z int64 `json:"z" default:"12"`
}

// newExample returns a value with the defaults that the tags declare, for values that are made in the graph.
func newExample(now engine.Time, x int64, y string) ExampleData {
	return ExampleData{
		X:        schema.Some(x),
		Y:        y,
		Internal: ExampleInternal{Z: 12},
		DT:       now.Std(),
		D:        schema.DateOf(now.Std()),
	}
}

// ExampleEnum are the keys of the basket.
type ExampleEnum int64

var _ schema.Enumeration = ExampleEnum(0)

// The members of ExampleEnum.
const (
	A ExampleEnum = 1 + iota
	B
	C
)

// Members gives the enum its names, which is what the wire carries.
func (ExampleEnum) Members() []schema.Member {
	return []schema.Member{{Name: "A", Value: int64(A)}, {Name: "B", Value: int64(B)}, {Name: "C", Value: int64(C)}}
}
