package schema

// Kind is what a field holds, seen from outside. Every layer (JSON, columns, DuckDB, OpenAPI) branches on it
// and on nothing else.
type Kind uint8

// The kinds. Go types in brackets; named types of the same underlying type count too.
const (
	Invalid  Kind = iota
	Int           // integer within int64 (int, int8 to int64, uint8 to uint32)
	Float         // (float32, float64)
	Bool          // (bool)
	String        // (string)
	Time          // point in time, with, in UTC or without an offset (time.Time; see Naive)
	Day           // (Date)
	Duration      // float seconds on the wire (time.Duration)
	Enum          // written by member name (an integer or string type with Members)
	Object        // nested value (struct)
	List          // (slice)
	Map           // (map from string, integer, Date or enum)
	Any           // raw JSON (json.RawMessage)
	Ident         // the id of the base (ID)
	Stamp         // the timestamp of the base: written in UTC, without offset (Opt[time.Time])
)

// String returns the name of the kind as the API's field lists show it.
func (k Kind) String() string {
	switch k {
	case Int:
		return "integer"
	case Float:
		return "float"
	case Bool:
		return "boolean"
	case String, Ident:
		return "string"
	case Time, Stamp:
		return "datetime"
	case Day:
		return "date"
	case Duration:
		return "duration"
	case Enum:
		return "enum"
	case Object:
		return "struct"
	case List:
		return "list"
	case Map:
		return "map"
	case Any:
		return "any"
	}
	return "invalid"
}

// IsScalar reports whether a value of the kind is one cell: neither nested, list, map nor raw JSON.
func (k Kind) IsScalar() bool {
	switch k {
	case Invalid, Object, List, Map, Any:
		return false
	}
	return true
}
