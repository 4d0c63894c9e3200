package schema

import (
	"encoding/json"
	"errors"
	"time"
)

// inner is the nested plain model of the API's demo.
type inner struct {
	Z int64 `json:"z" default:"12"`
}

// exampleData is the element struct of the API's demo channels.
type exampleData struct {
	Struct
	X       Opt[int64]       `json:"x"`
	Y       string           `json:"y" default:""`
	Z       string           `json:"z" default:""`
	Inner   inner            `json:"internal_csp_struct"`
	Data    []float64        `json:"data"`
	Mapping map[string]int64 `json:"mapping"`
	DT      time.Time        `json:"dt" default:"now"`
	D       Date             `json:"d" default:"now"`
}

// Validate is the demo's only rule.
func (e *exampleData) Validate() error {
	if x, ok := e.X.Get(); ok && x < 0 {
		return FieldError{Field: "x", Msg: "value must be non-negative."}
	}
	return nil
}

// side is an enum of integer type, venue one of string type.
type (
	side  int8
	venue string
)

const (
	buy  side = 1
	sell side = 2
)

func (side) Members() []Member { return []Member{{Name: "BUY", Value: 1}, {Name: "SELL", Value: 2}} }

func (venue) Members() []Member { return []Member{{Name: "NYSE"}, {Name: "LSE"}} }

// child is a nested value with a base of its own.
type child struct {
	Struct
	A Opt[int64] `json:"a"`
	B string     `json:"b" default:"q"`
}

// full has one field of every kind.
type full struct {
	Struct
	I8     int8                     `json:"i8"`
	U32    uint32                   `json:"u32" default:"7"`
	F      float64                  `json:"f" validate:"le=1e6"`
	F32    float32                  `json:"f32" default:"0.5"`
	Flag   bool                     `json:"flag"`
	Text   string                   `json:"text"`
	At     time.Time                `json:"at"`
	Day    Date                     `json:"day"`
	Wait   time.Duration            `json:"wait"`
	Side   side                     `json:"side" default:"SELL"`
	Venue  Opt[venue]               `json:"venue"`
	Child  child                    `json:"child"`
	Maybe  Opt[inner]               `json:"maybe"`
	Ints   []int64                  `json:"ints"`
	Grid   [][]float64              `json:"grid"`
	Kids   []child                  `json:"kids"`
	Days   map[Date]string          `json:"days"`
	Counts map[int64][]string       `json:"counts"`
	Sides  map[side]float64         `json:"sides"`
	Named  map[string]child         `json:"named"`
	Raw    json.RawMessage          `json:"raw"`
	OptRaw Opt[json.RawMessage]     `json:"opt_raw"`
	Nested map[string]map[int8]bool `json:"nested"`
	OptF   Opt[float64]             `json:"opt_f" default:"null"`
}

var errBad = errors.New("bad")

func mustType[T any]() *Type {
	t, err := Of[T]()
	if err != nil {
		panic(err)
	}
	return t
}
