package state

import (
	"encoding/json"
	"math"
	"time"

	"gw/schema"
)

// probe converts one JSON value to each kind of attribute by the same rules by which values are decoded.
type probe struct {
	Whole    schema.Opt[int64]         `json:"whole"`
	Fraction schema.Opt[float64]       `json:"fraction"`
	Flag     schema.Opt[bool]          `json:"flag"`
	Text     schema.Opt[string]        `json:"text"`
	When     schema.Opt[time.Time]     `json:"when"`
	Span     schema.Opt[time.Duration] `json:"span"`
}

// probeAs converts raw to one member of probe.
func probeAs(member string, raw json.RawMessage) (probe, schema.Problems) {
	typ, err := schema.Of[probe]()
	if err != nil {
		return probe{}, schema.Problems{{Type: "value_error", Msg: err.Error()}}
	}
	body := append(append([]byte(`{"`+member+`":`), raw...), '}')
	r, problems := typ.Decode(body, schema.DecodeOptions{})
	if len(problems) > 0 {
		return probe{}, problems
	}
	return *(*probe)(r.Pointer()), nil
}

// number converts raw to an integer if it is one, otherwise to a float.
func number(raw json.RawMessage) (n int64, x float64, isWhole, ok bool) {
	if p, bad := probeAs("whole", raw); bad == nil {
		n, ok = p.Whole.Get()
		return n, float64(n), ok, ok
	}
	p, bad := probeAs("fraction", raw)
	if bad != nil {
		return 0, 0, false, false
	}
	x, ok = p.Fraction.Get()
	return 0, x, false, ok
}

// moments converts raw to microseconds since 1970 UTC.
func microseconds(raw json.RawMessage) (int64, bool) {
	p, bad := probeAs("when", raw)
	if bad != nil {
		return 0, false
	}
	t, ok := p.When.Get()
	return t.UnixMicro(), ok
}

// enumText returns the name that raw means for an enum: a name, or the value of a member.
func enumText(f *schema.Field, raw json.RawMessage) (string, bool) {
	if raw[0] == '"' {
		return plainText(raw)
	}
	n, _, isWhole, ok := number(raw)
	for _, m := range f.Value.Members {
		if ok && isWhole && m.Value == n {
			return m.Name, true
		}
	}
	return "", false
}

func plainText(raw json.RawMessage) (string, bool) {
	p, bad := probeAs("text", raw)
	if bad != nil {
		return "", false
	}
	return p.Text.Get()
}

// A bound is what an integer column is compared with instead of a float, so that nothing is rounded.
type bound struct {
	op    string
	n     int64
	fixed bool // the comparison is always as verdict says
	truth bool
}

// boundOf turns COLUMN op x into a comparison with an integer that is true for the same integers.
func boundOf(op string, x float64) bound {
	switch {
	case x != x:
		return bound{fixed: true, truth: op == "!=" || op == "<" || op == "<="} // NaN is above all numbers
	case x >= math.MaxInt64 || x < math.MinInt64:
		return bound{fixed: true, truth: op == "!=" || (x > 0) == (op == "<" || op == "<=") && op != "=="}
	case x == math.Trunc(x):
		return bound{op: op, n: int64(x)}
	}
	switch op {
	case "==":
		return bound{fixed: true}
	case "!=":
		return bound{fixed: true, truth: true}
	case "<", "<=":
		return bound{op: "<=", n: int64(math.Floor(x))}
	}
	return bound{op: ">=", n: int64(math.Ceil(x))}
}
