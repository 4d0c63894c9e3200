package schema

// token is one scalar as it was given: of JSON, or a text cell (which is a tokString).
type token struct {
	kind tokenKind
	text []byte // the number as written, or the string without quotes and escapes
	raw  []byte // as written
}

type tokenKind uint8

const (
	tokNull tokenKind = iota
	tokTrue
	tokFalse
	tokInt   // a number without point and exponent
	tokFloat // any other number, NaN and the infinities
	tokString
	tokObject
	tokArray
)

// fault is what is wrong with one token: a Problem without place and input.
type fault struct {
	kind, msg string
	ctx       map[string]any
}

// because returns a fault that names the reason in message and context, as parsing faults do.
func because(kind, msg, reason string) *fault {
	return &fault{kind: kind, msg: msg + ", " + reason, ctx: map[string]any{"error": reason}}
}

// valueFault is the fault of a rule beyond mere types.
func valueFault(msg string) *fault {
	return &fault{kind: "value_error", msg: "Value error, " + msg, ctx: map[string]any{"error": map[string]any{}}}
}
