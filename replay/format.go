package replay

import (
	"bufio"
	"bytes"
)

// format is how the rows of a file are written.
type format uint8

const (
	formatPrefix format = iota + 1 // TIME {json}
	formatLines                    // {json}
	formatCycles                   // {json} of csp-gateway, a line an engine cycle
	formatValues                   // one JSON array, or objects over several lines
	formatCSV
)

// String returns what the mapping calls the format.
func (f format) String() string {
	switch f {
	case formatPrefix:
		return "TIME {json} lines"
	case formatLines:
		return "JSON Lines"
	case formatCycles:
		return "csp-gateway engine cycles, one JSON line each"
	case formatValues:
		return "JSON array"
	default:
		return "CSV"
	}
}

// cycleTime is the member that csp-gateway puts on every line.
const cycleTime = "csp_engine_timestamp"

// census counts the kinds of lines at the start of a file.
type census struct {
	lines, objects, cycles, prefixed, blank int
	first                                   byte // of the first line that is not blank
}

// take counts one line.
func (c *census) take(line []byte) {
	line = trimBlanks(line)
	if len(line) == 0 {
		c.blank++
		return
	}
	if c.lines++; c.lines == 1 {
		c.first = line[0]
	}
	if line[0] == '{' {
		ms, err := object(line, []member{})
		if text, ok := finite(line); err != nil && ok {
			ms, err = object(text, ms[:0])
		}
		if err == nil {
			c.objects++
		}
		if err == nil && find(ms, cycleTime) != nil {
			c.cycles++
		}
		return
	}
	if _, _, ok := splitPrefix(line); ok {
		c.prefixed++
	}
}

// maxPrefix bounds how far into a line the time before the JSON reaches.
const maxPrefix = 64

// splitPrefix takes a line `TIME {json}` apart.
func splitPrefix(line []byte) (at, text []byte, ok bool) {
	i := bytes.IndexByte(line[:min(len(line), maxPrefix)], '{')
	if i <= 0 {
		return nil, nil, false
	}
	at = bytes.Trim(bytes.TrimRight(line[:i], " \t,;|:"), "[]()")
	_, ok = clock{unit: unitOfToken(at)}.parse(at)
	return at, line[i:], ok
}

func unitOfToken(token []byte) unit {
	whole, ok := decimal(unquote(token), 0)
	if !ok {
		return nanoseconds
	}
	return unitOf(whole)
}

// detect tells the format of a file by its first lines: what most of them are decides, so that a torn or foreign line
// does not. For CSV it also returns the separator.
func detect(path string, head []byte) (format, byte, error) {
	if isBinary(head) {
		return 0, 0, unknownFormat(path, "is not text")
	}
	var c census
	lines := newLineReader(bufio.NewReader(bytes.NewReader(head)))
	for c.lines < 400 {
		var r row
		if lines.next(&r) != nil {
			break
		}
		c.take(r.text)
	}
	switch {
	case c.lines == 0:
		return 0, 0, &InputError{Path: path, What: "has no rows", Do: "name a recording with at least one row"}
	case c.prefixed > c.objects && 2*c.prefixed >= c.lines:
		return formatPrefix, 0, nil
	case c.cycles > 0 && 2*c.cycles > c.objects:
		return formatCycles, 0, nil
	case c.objects > 0 && (c.first != '[' && 2*c.objects >= c.lines || c.first != '[' && c.first != '{' && c.objects > c.lines/4):
		return formatLines, 0, nil
	case c.first == '[' || c.first == '{':
		return formatValues, 0, nil
	}
	if sep, ok := separator(head); ok {
		return formatCSV, sep, nil
	}
	return 0, 0, unknownFormat(path, "is no kind of recording known here")
}

// isBinary reports whether a file holds bytes that text has not, or has seldom.
func isBinary(head []byte) bool {
	controls := 0
	start := head[:min(len(head), 4096)]
	for _, b := range start {
		if b < ' ' && bytes.IndexByte([]byte("\t\n\r\f\x1b\x1e"), b) < 0 {
			controls++
		}
	}
	return bytes.IndexByte(head, 0) >= 0 || 20*controls > len(start)
}

func unknownFormat(path, what string) error {
	return &InputError{
		Path: path, Line: 1, What: what,
		Do: "give JSON Lines, `TIME {json}` lines, a JSON array or CSV with a header, plain, gzip or zstd",
	}
}

// separator finds what separates the cells: that of which most lines have as many as the first line.
func separator(head []byte) (byte, bool) {
	var best byte
	score := 0
	for _, sep := range []byte(",;\t|") {
		rows := newCSVReader(bufio.NewReader(bytes.NewReader(head)), sep)
		width, same, all := 0, 0, 0
		for all < 50 {
			var r row
			if rows.next(&r) != nil {
				break
			}
			if r.bad != "" {
				continue
			}
			if all++; all == 1 {
				width = len(r.cells)
			}
			if len(r.cells) == width {
				same++
			}
		}
		if width > 1 && 2*same > all && same*1000+width > score {
			best, score = sep, same*1000+width
		}
	}
	return best, score > 0
}
