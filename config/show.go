package config

import (
	"bufio"
	"encoding/json"
	"io"
	"regexp"
	"strings"
)

// bareText is text that YAML reads as text without quotes.
var bareText = regexp.MustCompile(`^[A-Za-z_/$][\w./@+%-]*( [\w./@+%-]+)*$`)

// Show writes the configuration as YAML, each value with the place that it comes from. Secrets are hidden; standard
// modules that nothing refers to are left out.
func (c *Config) Show(w io.Writer) error {
	_, _ = c.App() // which knows the options that are secret; what is wrong is not asked here
	out := &shower{Writer: bufio.NewWriter(w), used: map[string]bool{}}
	c.root.walk(nil, func(_ []string, n *node) {
		if s, ok := n.value.(string); ok && strings.HasPrefix(s, "/") {
			out.used[s] = true
		}
	})
	out.dict(c.root, "", "")
	return out.Flush()
}

type shower struct {
	*bufio.Writer
	used map[string]bool // references
}

func (s *shower) dict(n *node, path, indent string) {
	for _, f := range n.fields {
		at := path + "/" + f.key
		if f.value.stock && !s.concerns(at) {
			continue
		}
		s.WriteString(indent + shownText(f.key) + ":")
		v := *f.value
		if secretName(f.key) && v.kind == scalar && v.value != nil {
			v.secret = true
		}
		s.value(&v, at, indent+"  ")
	}
}

// concerns tells whether a reference is to what is at the place, to something in it, or to what it is in.
func (s *shower) concerns(at string) bool {
	for ref := range s.used {
		if strings.HasPrefix(ref+"/", at+"/") || strings.HasPrefix(at+"/", ref+"/") {
			return true
		}
	}
	return false
}

// value writes what stands behind a key or a dash.
func (s *shower) value(n *node, path, indent string) {
	switch {
	case n.secret && n.kind != scalar:
		s.WriteString(" \"" + hidden + "\"  # " + n.pos.String() + "\n")
	case n.kind == dict && len(n.fields) > 0:
		s.WriteString("\n")
		s.dict(n, path, indent)
	case n.kind == list && len(n.items) > 0:
		s.WriteString("\n")
		for _, item := range n.items {
			s.WriteString(indent + "-")
			s.value(item, path, indent+"  ")
		}
	default:
		s.WriteString(" " + n.yaml() + "  # " + n.pos.String() + "\n")
	}
}

// yaml is a value without members, on one line.
func (n *node) yaml() string {
	switch {
	case n.secret:
		return `"` + hidden + `"`
	case n.kind == dict:
		return "{}"
	case n.kind == list:
		return "[]"
	}
	if s, ok := n.value.(string); ok {
		return shownText(s)
	}
	if n.value == nil {
		return "null"
	}
	return n.text
}

// shownText is text as YAML reads it back.
func shownText(s string) string {
	if _, same := plain(s).(string); same && (bareText.MatchString(s) || s == missing) {
		return s
	}
	text, _ := json.Marshal(s) // text always has a form
	return string(text)
}
