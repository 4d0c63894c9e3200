package replay

import "bytes"

// value is one JSON object on its way to a channel. When the object had a member "timestamp" that reads as a time, it
// was taken out and stands in stamp: it becomes the value's own timestamp, whatever its form and unit.
type value struct {
	text     []byte
	stamp    int64
	hasStamp bool
	oddStamp bool // there is a "timestamp" that does not read as a time
}

// valueMaker makes values of the objects in a part. It reuses its memory: a value is valid until the next one.
type valueMaker struct {
	members []member
	buf     []byte
	keep    bool // leave "timestamp" where it is: in this channel it is no time
}

const stampKey = "timestamp"

// each calls f with every object of a part in order, as long as f says so. It reports whether the part is a list, and
// false as second result if it is not made of objects only.
func (v *valueMaker) each(p *plan, pt part, f func(value) bool) (list, ok bool) {
	if pt.value[0] == '{' {
		return false, f(v.make(p, pt.value, pt.extras))
	}
	ok = true
	err := elements(pt.value, func(element []byte) bool {
		ok = element[0] == '{' && f(v.make(p, element, pt.extras))
		return ok
	})
	return true, ok && err == nil
}

// make merges the extras of the envelope into an object and takes its timestamp out. An extra whose name the object has
// too is called envelope_NAME.
func (v *valueMaker) make(p *plan, text []byte, extras []member) value {
	if len(extras) == 0 && !bytes.Contains(text, []byte(`"`+stampKey+`"`)) {
		return value{text: text}
	}
	ms, err := object(text, append(v.members[:0], member{})[:0])
	if v.members = ms; err != nil {
		return value{text: text}
	}
	out := value{}
	v.buf = append(v.buf[:0], '{')
	for _, m := range ms {
		if string(m.key) == stampKey && !v.keep && !out.hasStamp && string(m.value) != "null" {
			if out.stamp, out.hasStamp = p.stampClock(m.value).parse(m.value); out.hasStamp {
				continue
			}
			out.oddStamp = true
		}
		v.add("", m)
	}
	for _, m := range extras {
		prefix := ""
		if find(ms, string(unescape(m.key))) != nil {
			prefix = "envelope_"
		}
		v.add(prefix, m)
	}
	v.buf = append(v.buf, '}')
	out.text = v.buf
	return out
}

func (v *valueMaker) add(prefix string, m member) {
	if len(v.buf) > 1 {
		v.buf = append(v.buf, ',')
	}
	v.buf = append(v.buf, '"')
	v.buf = append(v.buf, prefix...)
	v.buf = append(v.buf, m.key...)
	v.buf = append(v.buf, '"', ':')
	v.buf = append(v.buf, m.value...)
}

// stampClock reads a value's timestamp: as the row's time if it is that, else by its own magnitude.
func (p *plan) stampClock(token []byte) clock {
	if !p.time.empty() && p.time.last() == stampKey {
		return p.clock
	}
	return clock{unit: unitOfToken(token)}
}
