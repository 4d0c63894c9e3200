package tui

import (
	"strconv"
	"strings"

	"github.com/valyala/fastjson"
)

// previewBytes is where a preview stops: wider than any screen.
const previewBytes = 512

// preview writes a tick's data in one line: {b:2677.60 a:2677.61 …}, without id and timestamp; a list says its length first.
func preview(data []byte) string {
	v, err := fastjson.ParseBytes(data)
	if err != nil {
		return head(string(data), previewBytes)
	}
	var b strings.Builder
	items, err := v.Array()
	switch {
	case err != nil:
		writeValue(&b, v, 0)
	case len(items) == 1:
		writeValue(&b, items[0], 0)
	default:
		b.WriteString("[" + strconv.Itoa(len(items)) + "]")
		if len(items) > 0 {
			b.WriteByte(' ')
			writeValue(&b, items[len(items)-1], 0)
		}
	}
	return b.String()
}

// writeValue writes v short; containers below the first level only say what they hold.
func writeValue(b *strings.Builder, v *fastjson.Value, depth int) {
	if b.Len() > previewBytes {
		return
	}
	switch v.Type() {
	case fastjson.TypeObject:
		o, _ := v.Object()
		if depth > 0 && o.Len() > 0 {
			b.WriteString("{…" + strconv.Itoa(o.Len()) + "}")
			return
		}
		writeObject(b, o, depth)
	case fastjson.TypeArray:
		items, _ := v.Array()
		if len(items) == 0 {
			b.WriteString("[]")
			return
		}
		b.WriteString("[…" + strconv.Itoa(len(items)) + "]")
	default:
		b.WriteString(scalar(v))
	}
}

func writeObject(b *strings.Builder, o *fastjson.Object, depth int) {
	b.WriteByte('{')
	first := true
	o.Visit(func(key []byte, v *fastjson.Value) {
		if isBase(string(key)) || b.Len() > previewBytes {
			return
		}
		if !first {
			b.WriteByte(' ')
		}
		first = false
		b.Write(key)
		b.WriteByte(':')
		writeValue(b, v, depth+1)
	})
	b.WriteByte('}')
}

// isBase names the fields that every struct has.
func isBase(field string) bool { return field == "id" || field == "timestamp" }

// scalar writes a value as a cell shows it: text without quotes, containers as JSON.
func scalar(v *fastjson.Value) string {
	if v.Type() == fastjson.TypeString {
		s, _ := v.StringBytes()
		return string(s)
	}
	return string(v.MarshalTo(nil))
}
