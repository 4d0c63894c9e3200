package config

import (
	"path"
	"regexp"
	"strings"
)

// A choice is one entry of a defaults list, or what a command line made of it.
type choice struct {
	pos      Pos
	self     bool   // _self_: the file itself
	group    string // absolute, without the first slash; "" for a file named alone
	options  []string
	pkg      string // what stands behind @; "" if nothing does
	relative string // the group as it was written, of a file named alone its folder; the package if nothing else says it
	optional bool
	override bool // it changes an entry elsewhere and adds none
	unset    bool // option ??? : somebody must choose
}

// id is what an override must name.
func (c choice) id() string {
	if c.pkg == "" {
		return c.group
	}
	return c.group + "@" + c.pkg
}

// file is the path of one of the options.
func (c choice) file(option string) string {
	if c.group == "" {
		return option
	}
	return c.group + "/" + option
}

// header is a file's own package, from a comment before its first value.
var header = regexp.MustCompile(`^#\s*@package\s*(\S*)\s*$`)

// packageOf returns the package that a file's header names.
func packageOf(data []byte) (string, bool) {
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if m := header.FindStringSubmatch(line); m != nil {
			return m[1], true
		}
		if line != "" && line != "---" && !strings.HasPrefix(line, "#") {
			break
		}
	}
	return "", false
}

// choices reads the defaults list of a file whose group is home. A list that does not say where the file itself stands
// has it last, so that it overrides what it builds on.
func (r *report) choices(root *node, home string) []choice {
	l := root.get("defaults")
	var all []choice
	selves := 0
	switch {
	case l.isNull():
	case l.kind != list:
		r.add(l, "defaults", "write - group: option, one a line", "got %s, want a list", l.shown())
	default:
		for _, item := range l.items {
			c, ok := r.choice(item, home)
			if ok {
				all = append(all, c)
			}
			if ok && c.self {
				if selves++; selves == 2 {
					r.add(item, "defaults", "", "_self_ stands here twice")
				}
			}
		}
	}
	if selves == 0 {
		all = append(all, choice{pos: root.pos, self: true})
	}
	return all
}

func (r *report) choice(item *node, home string) (choice, bool) {
	c := choice{pos: item.pos}
	if s, ok := item.value.(string); ok && item.kind == scalar {
		if s == "_self_" {
			c.self = true
			return c, true
		}
		var name string
		name, c.pkg, _ = strings.Cut(s, "@")
		c.options = []string{absolute(home, name)}
		if folder := path.Dir(strings.TrimPrefix(name, "/")); folder != "." {
			c.relative = folder
		}
		return c, c.named(r, item)
	}
	if item.kind != dict || len(item.fields) != 1 {
		r.add(item, "defaults", "write - group: option, - file or - _self_", "got %s, want one group with its option", item.shown())
		return c, false
	}
	f := item.fields[0]
	words := strings.Fields(f.key)
	for len(words) > 1 {
		switch words[0] {
		case "optional":
			c.optional = true
		case "override":
			c.override = true
		default:
			r.at(f.pos, "defaults", "optional and override can stand before a group", "got %q before the group", clip(words[0]))
			return c, false
		}
		words = words[1:]
	}
	if len(words) == 0 {
		r.at(f.pos, "defaults", "", "the group has no name")
		return c, false
	}
	name, pkg, _ := strings.Cut(words[0], "@")
	c.group, c.pkg, c.pos = absolute(home, name), pkg, f.pos
	c.relative = strings.TrimPrefix(name, "/")
	return c, c.named(r, item) && c.chosen(r, f.value)
}

// named refuses what only Hydra's plugins know.
func (c choice) named(r *report, item *node) bool {
	for _, s := range append([]string{c.group}, c.options...) {
		if strings.Contains(s, "://") {
			r.add(item, "defaults", "name the folder with --config-dir", "%q: pkg:// and other plugins of Hydra are not supported", clip(s))
			return false
		}
	}
	return true
}

// chosen takes the option, or options, of a group; null means none.
func (c *choice) chosen(r *report, v *node) bool {
	values := []*node{v}
	if v.kind == list {
		values = v.items
	}
	for _, o := range values {
		switch {
		case o.isNull():
		case o.isMissing():
			c.unset = true
		case o.kind != scalar:
			r.add(o, "defaults", "", "got %s, want the name of an option of %s", o.shown(), c.group)
			return false
		default:
			c.options = append(c.options, strings.TrimSuffix(strings.TrimSuffix(o.text, ".yaml"), ".yml"))
		}
	}
	return true
}

// absolute is a name as seen from the group home.
func absolute(home, name string) string {
	if rest, ok := strings.CutPrefix(name, "/"); ok || home == "" {
		return rest
	}
	return home + "/" + name
}
