package cli

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"gw/client"
)

// printer writes values the way --output says. A table and CSV have a line a value, columns in the order in which they
// first came, and what they name decides the header once: of what streams, the first value does.
type printer struct {
	w       io.Writer
	format  string
	safe    bool // for spreadsheets
	columns []string
	rows    [][]cell // of a table, which is as wide as its widest cell
	widths  []int    // of its columns
	csv     *csv.Writer
}

type cell struct{ name, text string }

func newPrinter(w io.Writer, format string, safe bool) (*printer, error) {
	if err := oneOf("--output", format, "table", "json", "jsonl", "csv"); err != nil {
		return nil, err
	}
	return &printer{w: w, format: format, safe: safe, csv: csv.NewWriter(w)}, nil
}

// names prints names, one a line, or as JSON.
func (p *printer) names(names []string) error {
	if p.format == "json" {
		return json.NewEncoder(p.w).Encode(names)
	}
	for _, n := range names {
		fmt.Fprintln(p.w, visible(n))
	}
	return nil
}

// areas prints staging areas: their values with the id of the area in front; empty ones as a line of their own.
func (p *printer) areas(areas []client.Area) error {
	if p.format == "json" {
		var b bytes.Buffer
		b.WriteByte('{')
		for i, a := range areas {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, "%q:%s", a.ID, a.Data)
		}
		_, err := fmt.Fprintf(p.w, "%s}\n", b.Bytes())
		return err
	}
	for _, a := range areas {
		if string(a.Data) == "[]" {
			if err := p.row([]cell{{"area", a.ID}}, fmt.Appendf(nil, `{"area":%q}`, a.ID)); err != nil {
				return err
			}
			continue
		}
		if err := p.values("area", a.ID, a.Data); err != nil {
			return err
		}
	}
	return nil
}

// tick prints a tick of a stream at once.
func (p *printer) tick(m client.Message) error {
	name := m.Channel
	if m.Key != "" {
		name += "/" + m.Key
	}
	if len(m.Data) > 0 && m.Data[0] != '[' {
		m.Data = slices.Concat([]byte(`[{"data":`), m.Data, []byte(`}]`))
	}
	if p.format == "json" {
		_, err := fmt.Fprintf(p.w, "{\"channel\":%q,\"data\":%s}\n", name, m.Data)
		return err
	}
	if err := p.values("channel", name, m.Data); err != nil {
		return err
	}
	return p.end()
}

// values prints a JSON array of values; label and text are a cell in front of each, if label is not "".
func (p *printer) values(label, text string, data json.RawMessage) error {
	if p.format == "json" {
		_, err := fmt.Fprintf(p.w, "%s\n", data)
		return err
	}
	var all []json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return fmt.Errorf("got %q, want an array of values: %w", clip(string(data)), err)
	}
	for _, v := range all {
		var cells []cell
		if label != "" {
			cells = append(cells, cell{label, text})
		}
		cells = append(cells, flatten(v)...)
		if label != "" {
			v = withLabel(v, label, text)
		}
		if err := p.row(cells, v); err != nil {
			return err
		}
	}
	return nil
}

func withLabel(v json.RawMessage, label, text string) json.RawMessage {
	inner, ok := strings.CutPrefix(string(v), "{")
	if !ok {
		return v
	}
	if inner != "}" {
		inner = "," + inner
	}
	return fmt.Appendf(nil, "{%q:%q%s", label, text, inner)
}

// row prints a value, or keeps it until the table ends.
func (p *printer) row(cells []cell, v json.RawMessage) error {
	switch p.format {
	case "jsonl":
		_, err := fmt.Fprintf(p.w, "%s\n", v)
		return err
	case "table":
		p.rows = append(p.rows, cells)
		return nil
	}
	if p.columns == nil {
		p.columns = columnsOf([][]cell{cells})
		if err := p.csv.Write(p.columns); err != nil {
			return err
		}
	}
	return p.csv.Write(line(p.columns, cells, p.spreadsheet))
}

// cellRunes is how much of a cell a table shows; JSON and CSV have all of it.
const cellRunes = 40

// end writes what is still kept. What follows in a later table of the same printer lies under the same columns.
func (p *printer) end() error {
	p.csv.Flush()
	if len(p.rows) == 0 {
		return p.csv.Error()
	}
	var lines [][]string
	if p.columns == nil {
		p.columns = columnsOf(p.rows)
		p.widths = make([]int, len(p.columns))
		lines = append(lines, p.columns)
	}
	for _, cells := range p.rows {
		lines = append(lines, line(p.columns, cells, shortened))
	}
	p.rows = nil
	for _, texts := range lines {
		for i, text := range texts {
			p.widths[i] = max(p.widths[i], utf8.RuneCountInString(text))
		}
	}
	for _, texts := range lines {
		if _, err := fmt.Fprintln(p.w, p.padded(texts)); err != nil {
			return err
		}
	}
	return nil
}

// padded is a line with each text as wide as its column.
func (p *printer) padded(texts []string) string {
	var b strings.Builder
	for i, text := range texts {
		b.WriteString(text)
		b.WriteString(strings.Repeat(" ", p.widths[i]-utf8.RuneCountInString(text)+2))
	}
	return strings.TrimRight(b.String(), " ")
}

// shortened is a cell as a table shows it.
func shortened(text string) string {
	text = visible(text)
	if runes := []rune(text); len(runes) > cellRunes {
		return string(runes[:cellRunes-1]) + "…"
	}
	return text
}

// spreadsheet disarms what a spreadsheet would compute, if that is wanted.
func (p *printer) spreadsheet(text string) string {
	if p.safe && text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

func columnsOf(rows [][]cell) []string {
	var names []string
	for _, cells := range rows {
		for _, c := range cells {
			if !slices.Contains(names, c.name) {
				names = append(names, c.name)
			}
		}
	}
	return names
}

func line(columns []string, cells []cell, show func(string) string) []string {
	texts := make([]string, len(columns))
	for _, c := range cells {
		if i := slices.Index(columns, c.name); i >= 0 {
			texts[i] = show(c.text)
		}
	}
	return texts
}
