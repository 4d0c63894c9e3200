package config

import (
	"strconv"
	"strings"
	"time"
)

// directives are those of strftime that a layout of package time can write.
var directives = map[byte]string{
	'Y': "2006", 'y': "06", 'm': "01", 'd': "02", 'H': "15", 'I': "03", 'M': "04", 'S': "05", 'f': "000000",
	'b': "Jan", 'B': "January", 'a': "Mon", 'A': "Monday", 'p': "PM", 'j': "002", 'z': "-0700", 'Z': "MST",
}

// strftime writes t by a format of C's strftime. wrong says which directive it does not know.
func strftime(t time.Time, format string) (text, wrong string) {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			b.WriteByte(format[i])
			continue
		}
		if i++; i == len(format) {
			return "", "ends with %"
		}
		switch c := format[i]; {
		case c == '%':
			b.WriteByte('%')
		case c == 's':
			b.WriteString(strconv.FormatInt(t.Unix(), 10))
		case c == 'f':
			b.WriteString(t.Format(".000000")[1:])
		case directives[c] != "":
			b.WriteString(t.Format(directives[c]))
		default:
			return "", "no directive %" + string(rune(c))
		}
	}
	return b.String(), ""
}
