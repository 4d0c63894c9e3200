package schema

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
)

// InputRef returns a reference to the schema of what is read as t, and adds it: the name of t with Input behind it. It
// says what Decode takes, which is more than what is written: numbers as text, times in other forms, no member at all.
func (c *Components) InputRef(t *Type) json.RawMessage {
	name, ok := c.inputs[t]
	if !ok {
		name = c.addInput(t)
	}
	return json.RawMessage(`{"$ref":"#/components/schemas/` + name + `"}`)
}

func (c *Components) addInput(t *Type) string {
	if c.inputs == nil {
		c.inputs = map[*Type]string{}
	}
	return c.place(componentName(t.Name)+"Input", func(name string) { c.inputs[t] = name }, func() json.RawMessage { return t.inputSchema(c) })
}

func (t *Type) inputSchema(c *Components) json.RawMessage {
	dst := []byte(`{"type":"object","properties":{`)
	for i := range t.Fields {
		if i > 0 {
			dst = append(dst, ',')
		}
		f := &t.Fields[i]
		dst = append(append(dst, f.key...), f.inputSchema(c)...)
	}
	dst = append(dst, '}')
	if t.HasBase {
		dst = append(dst, `,"additionalProperties":false`...)
	}
	return append(dst, '}')
}

func (f *Field) inputSchema(c *Components) []byte {
	v := f.Value
	s := []byte(v.inputSchema(c, f.neverNegative()))
	for _, r := range f.bounds() {
		s = appendMember(s, r.keyword(), []byte(strconv.FormatFloat(r.limit, 'f', -1, 64)))
	}
	if f.takesNull() && string(s) != "{}" {
		s = []byte(oneOfThese(string(s), `{"type":"null"}`))
	}
	return s
}

// neverNegative reports whether a bound keeps the field from being negative, which can be said of numbers in texts, too.
func (f *Field) neverNegative() bool {
	for _, r := range f.bounds() {
		if (r.kind == ruleGE || r.kind == ruleGT) && r.limit >= 0 {
			return true
		}
	}
	return false
}

// bounds are those that the decoder keeps and those that Validate does.
func (f *Field) bounds() []rule { return append(f.rules[:len(f.rules):len(f.rules)], f.told...) }

// inputSchema returns the schema of what is read as v.
func (v *Value) inputSchema(c *Components, positive bool) string {
	switch v.Kind {
	case Int:
		return intInput(v, positive)
	case Float:
		return oneOfThese(`{"type":"number"}`, `{"type":"boolean"}`, pattern(signed(positive)+floatText), pattern(`^\s*[+-]?(?:[nN][aA][nN]|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?)\s*$`))
	case Bool:
		return oneOfThese(`{"type":"boolean"}`, `{"type":"number","enum":[0,1]}`, pattern(boolText))
	case String, Ident:
		return `{"type":["string","number"]}`
	case Time, Stamp:
		return timeInput
	case Day:
		return dayInput
	case Duration:
		return oneOfThese(`{"type":"number","exclusiveMinimum":-9223372036,"exclusiveMaximum":9223372036}`, `{"type":"boolean"}`, pattern(isoDuration), pattern(clockDurationText))
	case Enum:
		return v.enumInput()
	case Object:
		return string(c.InputRef(v.Type))
	case List:
		return `{"type":"array","items":` + v.elementInput(c) + `}`
	case Map:
		return v.mapInput(c)
	}
	return `{}`
}

// elementInput is what a list takes: numeric arrays take null for NaN, but no text.
func (v *Value) elementInput(c *Components) string {
	switch {
	case !v.array:
		return v.Elem.inputSchema(c, false)
	case v.Elem.Kind == List:
		return `{"type":"array","items":` + v.Elem.elementInput(c) + `}`
	}
	return `{"type":["number","boolean","null"]}`
}

func (v *Value) mapInput(c *Components) string {
	value := v.Elem.inputSchema(c, false)
	if v.Elem.Kind == Float {
		value = oneOfThese(value, `{"type":"null"}`)
	}
	names := ""
	if v.Key.Kind != String {
		names = `,"propertyNames":` + v.Key.inputSchema(c, false)
	}
	return `{"type":"object","additionalProperties":` + value + names + `}`
}

func (v *Value) enumInput() string {
	var all []any
	for _, m := range v.Members {
		all = append(all, m.Name)
	}
	if v.base != reflect.String {
		for _, m := range v.Members {
			all = append(all, m.Value, strconv.FormatInt(m.Value, 10))
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		return `{}`
	}
	return `{"enum":` + string(text) + `}`
}

func intInput(v *Value, positive bool) string {
	lo, hi := intRange(v.base)
	if positive {
		lo = max(lo, 0)
	}
	number := `{"type":"integer","minimum":` + strconv.FormatInt(lo, 10) + `,"maximum":` + strconv.FormatInt(hi, 10) + `}`
	return oneOfThese(number, `{"type":"boolean"}`, pattern(signed(positive || lo == 0)+intText(hi)))
}

// intText is an integer in a text with as many digits as surely fit.
func intText(hi int64) string {
	digits := len(strconv.FormatInt(hi, 10)) - 2
	return `(?:[0-9](?:_?[0-9]){0,` + strconv.Itoa(digits) + `})(?:\.0+)?\s*$`
}

// The texts that are read as other things. What they leave out is read, too, but seldom written: more digits, a
// comma for a point.
const (
	floatText = `(?:[0-9](?:_?[0-9])*(?:\.(?:[0-9](?:_?[0-9])*)?)?|\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9]{1,3})?\s*$`
	boolText  = `^(?:[tT][rR][uU][eE]|[yY][eE][sS]|[oO][nN]|1|[tT]|[yY]|[fF][aA][lL][sS][eE]|[nN][oO]|[oO][fF][fF]|0|[fF]|[nN])$`

	yearText  = `(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])`
	leapYears = `(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)`
	dateText  = `(?:` + yearText + `-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|` + leapYears + `-02-29)`
	zoneText  = `(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?`
	clockText = `[Tt _](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?` + zoneText
	midnight  = `[Tt _]00:00(?::00(?:\.0{1,9})?)?` + zoneText

	isoDuration       = `^[+-]?P(?:[0-9]{1,4}[WD](?:T[0-9]{1,4}[HMS])?|T(?:[0-9]{1,4}H)?(?:[0-9]{1,4}M)?[0-9]{1,4}(?:\.[0-9]{1,6})?S)$`
	clockDurationText = `^[+-]?(?:[0-9]{1,5} ?(?:d|days?)(?:,? ?[0-9]{2}:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?)?|[0-9]{2}:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?)$`

	// seconds or milliseconds since 1970, in texts seconds; whole numbers beyond are micro- and nanoseconds
	fineNumbers = `{"type":"integer","minimum":253402300800000,"maximum":9223372036854775807},` +
		`{"type":"integer","minimum":-62135596800000000,"maximum":-253402300800000},` +
		`{"type":"integer","minimum":-9223372036854775808,"maximum":-253402300800000000}`
	epochText = `^[+-]?[0-9]{1,10}(?:\.[0-9]{0,9})?$`
)

var (
	timeInput = oneOfThese(pattern(`^`+dateText+`(?:`+clockText+`)?$`), pattern(epochText),
		`{"type":"number","minimum":-62135596800000,"maximum":253402300799999}`, fineNumbers)
	dayInput = oneOfThese(pattern(`^`+dateText+`(?:`+midnight+`)?$`),
		`{"type":"integer","minimum":-20000000000,"maximum":20000000000,"multipleOf":86400}`,
		`{"type":"integer","minimum":-62135596800000,"maximum":253402300799999,"multipleOf":86400000}`)
)

// signed is the beginning of a number in a text.
func signed(positive bool) string {
	if positive {
		return `^\s*\+?`
	}
	return `^\s*[+-]?`
}

// pattern is the schema of the texts that a regular expression matches.
func pattern(expression string) string {
	return `{"type":"string","pattern":` + string(appendString(nil, expression)) + `}`
}

func oneOfThese(schemas ...string) string { return `{"anyOf":[` + strings.Join(schemas, ",") + `]}` }
