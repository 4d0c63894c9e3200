package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// An interpolator replaces every ${...} of a tree by what it stands for.
type interpolator struct {
	root     *node
	env      func(string) (string, bool)
	readFile func(string) ([]byte, error) // of ${gw.file:...}; nil gives a stand-in
	now      time.Time
	made     int     // nodes that were copied
	busy     []*node // those whose text is being replaced, outermost first
	paths    []string
}

// An interpolationError is why a ${...} has no value.
type interpolationError struct {
	msg, hint string
	unset     *unset
	cause     *Diagnostic // of a value that it refers to
}

func (e *interpolationError) Error() string { return e.msg }

func noValue(hint, format string, args ...any) *interpolationError {
	return &interpolationError{msg: fmt.Sprintf(format, args...), hint: hint}
}

// resolveAll replaces what stands in the tree. What cannot be replaced keeps its text and says why.
func (ip *interpolator) resolveAll() {
	ip.root.walk(nil, func(path []string, n *node) { ip.settle(path, n) })
}

// settle makes n, which stands at path, free of interpolations of its own.
func (ip *interpolator) settle(path []string, n *node) {
	text, isText := n.value.(string)
	if n.kind != scalar || !isText || !strings.Contains(text, "${") || n.problem != nil || n.unset != nil {
		return
	}
	ip.busy, ip.paths = append(ip.busy, n), append(ip.paths, dotted(path))
	got, err := ip.text(text, path, n.pos)
	ip.busy, ip.paths = ip.busy[:len(ip.busy)-1], ip.paths[:len(ip.paths)-1]
	switch {
	case err != nil && err.unset != nil:
		n.unset = err.unset
	case err != nil && err.cause != nil:
		n.problem = err.cause
	case err != nil:
		n.problem = &Diagnostic{Pos: n.pos, Path: dotted(path), Msg: err.msg, Hint: err.hint}
	case ip.count(got) > maxNodes:
		n.problem = &Diagnostic{Pos: n.pos, Path: dotted(path), Msg: "makes the configuration too big"}
	default:
		pos, secret := n.pos, n.secret
		*n = *got.clone()
		n.pos, n.secret = pos, secret || got.secret
	}
}

// count adds what is in n to what was copied so far.
func (ip *interpolator) count(n *node) int {
	if ip.made <= maxNodes {
		n.walk(nil, func([]string, *node) { ip.made++ })
	}
	return ip.made
}

// text replaces the interpolations in s. If s is one and nothing else it keeps the type of what it stands for.
func (ip *interpolator) text(s string, path []string, pos Pos) (*node, *interpolationError) {
	var b strings.Builder
	secret := false
	for {
		start := strings.Index(s, "${")
		if start < 0 {
			b.WriteString(s)
			return textual(b.String(), pos, secret), nil
		}
		if start > 0 && s[start-1] == '\\' {
			b.WriteString(s[:start-1] + "${")
			s = s[start+2:]
			continue
		}
		end := closing(s, start)
		if end < 0 {
			return nil, noValue(`close it, or write \${ for the text`, "${ has no }")
		}
		v, err := ip.expression(s[start+2:end], path, pos)
		if err != nil {
			return nil, err
		}
		if start == 0 && end == len(s)-1 && b.Len() == 0 {
			return v, nil
		}
		if v.kind != scalar {
			return nil, noValue("", "${%s} is %s, which cannot stand within text", clip(s[start+2:end]), v.shown())
		}
		b.WriteString(s[:start] + v.text)
		secret = secret || v.secret
		if b.Len() > maxBytes {
			return nil, noValue("", "the text becomes too long")
		}
		s = s[end+1:]
	}
}

func textual(s string, pos Pos, secret bool) *node {
	n := newText(pos, s)
	n.secret, n.quoted = secret, true
	return n
}

// expression gives what stands between ${ and }: a path, or a resolver with its argument.
func (ip *interpolator) expression(s string, path []string, pos Pos) (*node, *interpolationError) {
	if strings.Contains(s, "${") {
		inner, err := ip.text(s, path, pos)
		if err != nil {
			return nil, err
		}
		s = inner.text
	}
	name, argument, isResolver := strings.Cut(s, ":")
	if isResolver {
		return ip.resolver(strings.TrimSpace(name), argument, pos)
	}
	return ip.lookup(strings.TrimSpace(s), path)
}

// lookup follows a path: from the root, or with leading dots from the map that the interpolation stands in.
func (ip *interpolator) lookup(s string, path []string) (*node, *interpolationError) {
	rest := strings.TrimLeft(s, ".")
	up := len(s) - len(rest)
	keys, ok := keyPath(rest)
	if !ok {
		return nil, noValue("write ${a.b}, ${.sibling} or ${oc.env:NAME}", "${%s} is no path", clip(s))
	}
	from := []string{}
	if up > 0 {
		if up > len(path) {
			return nil, noValue("", "${%s} leads out of the configuration", clip(s))
		}
		from = path[:len(path)-up]
	}
	return ip.descend(append(append([]string{}, from...), keys...), s)
}

// descend walks to a node; interpolations on the way, and in what is found, are replaced first.
func (ip *interpolator) descend(path []string, written string) (*node, *interpolationError) {
	n := ip.root
	for i, key := range path {
		next := n.at([]string{key})
		if next == nil {
			var known []string
			if n.kind == dict {
				known = n.keys()
			}
			return nil, noValue(didYouMean(key, known), "${%s}: no key %s", clip(written), dotted(path[:i+1]))
		}
		n = next
		if err := ip.settled(path[:i+1], n); err != nil {
			return nil, err
		}
	}
	var failed *interpolationError
	n.walk(path, func(at []string, in *node) {
		if err := ip.settled(at, in); err != nil && failed == nil {
			failed = err
		}
	})
	return n, failed
}

// settled is settle for a node that another one refers to.
func (ip *interpolator) settled(path []string, n *node) *interpolationError {
	for i, b := range ip.busy {
		if b == n {
			return noValue("", "goes in a circle: %s", strings.Join(append(ip.paths[i:len(ip.paths):len(ip.paths)], dotted(path)), " -> "))
		}
	}
	ip.settle(path, n)
	switch {
	case n.isMissing():
		return &interpolationError{unset: &unset{dotted(path), n.pos}}
	case n.unset != nil:
		return &interpolationError{unset: n.unset}
	case n.problem != nil:
		return &interpolationError{msg: n.problem.Msg, hint: n.problem.Hint, cause: n.problem}
	}
	return nil
}

// indexed is used by messages about elements of lists.
func indexed(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }
