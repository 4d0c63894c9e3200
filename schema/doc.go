// Package schema describes the value types that travel on channels, once for all layers: JSON in and out, columns,
// defaults, validation, JSON Schema. A type known to the Go compiler (Of) and one made at run time (Build, Inference)
// have the same description, and nobody above asks which of the two it is.
//
// # The way of one value
//
// The bytes of a send, or a line of a recording, go into Type.Decode. It makes a new value with its defaults (a copy
// of a template), scans the text once, finds each member's field (the next one in order is tried first), coerces the
// scalar (coerce_*.go) and stores it by offset. Then the Validate methods run. What is wrong is collected as Problems,
// all of it. The Record that comes out is two words: the Type and a pointer to the value. Layers that serve any
// channel work on Records: Record.AppendJSON writes one by a walk over offsets, a Column reads one cell of it,
// Record.Base reaches id and timestamp at offset 0. A compiled value becomes a Record with RecordOf, and As goes back.
//
// # Fields
//
// Embed Struct first: such a type has id and timestamp and refuses unknown members; other structs are plain nested
// models and ignore them. The wire name is the tag `name:"..."` (any text) or `json:"..."`, else the Go name. A plain
// Go field always has a value: its `default:"..."` (text as in a CSV cell, JSON for lists and maps, "now" for a time or
// date) or its zero. An Opt field may be unset (left out) or null. `validate:"gt=0,le=100"` bounds a number; a type's
// own rules are its Validate method, and `describe:"ge=0"` tells of a bound that it keeps. Enums are integer or string types with Members, written by name. A float's NaN is
// written as null, so null is read as NaN; []float64 and [][]float64 are numeric arrays (null is NaN, text is
// refused). Raw JSON (json.RawMessage) is kept as the API would write it. Not described, with an error that names the
// field: pointers, interfaces, uint64, a list of Opts.
//
// # What to call, and what it costs
//
//	Of, TypeOf, Build           once a type; a map look-up afterwards; types are never freed
//	Type.Decode, DecodeAll      one allocation, and one a text, list or map member
//	Type.DecodeText             the same from CSV cells
//	Record.AppendJSON           no allocation, a third of Decode's time; keep the bytes, they do not change
//	Record.Clone                a copy; lists, maps and raw JSON are copied too
//	Column.Float64 and friends  some nanoseconds; Column.Value and String may allocate
//	Inference.Observe           about a Decode; the whole recording is to be observed before Type
//
// # Goroutines
//
// Types and Columns are immutable and for any goroutine. A Record is as safe as the value it points to: read by many
// as long as nobody writes. Inference and Components belong to one goroutine at a time.
//
// # What differs from the reference
//
// Coercion is that of csp-gateway's pydantic models; the tests compare with its answers. Beyond it: durations keep
// nanoseconds, whole numbers too big to be milliseconds are micro- or nanoseconds since 1970, and integers beyond int64
// are refused. Text that is no UTF-8, lone surrogates and nesting beyond 64 are broken JSON.
//
// The package does not know channels, does not mint ids (EachBase is where that is done), and reads no clock: the time
// that "now" stands for is DecodeOptions.At.
package schema
