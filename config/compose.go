package config

import (
	"path"
	"slices"
	"strings"
)

// A composer follows defaults lists from the primary file and lays what it finds over each other.
type composer struct {
	report
	search  search
	resolve func(text string, choices map[string]string) (string, error) // of ${...} in an option

	extra  []choice            // of +group=option
	fixed  map[string][]string // of group=option on the command line, by choice.id
	gone   map[string]bool     // of ~group
	used   map[string]bool     // ids of fixed and gone that met an entry
	over   map[string][]string // of "override" entries
	chosen map[string]string   // what was chosen last, for ${group} in an option
	parsed map[string]*yamlFile
	tree   *node
	dry    bool // only looks for overrides
}

type yamlFile struct {
	label, pkg string
	packaged   bool
	root       *node
	wrong      Diagnostics
}

// compose returns the tree of a primary file. An empty data is a primary without a word.
func (c *composer) compose(label string, data []byte) *node {
	c.parsed, c.used = map[string]*yamlFile{}, map[string]bool{}
	c.over, c.chosen = map[string][]string{}, map[string]string{}
	primary := c.parse(label, data)
	for c.dry = true; ; { // overrides may lead to files with further overrides
		before := len(c.over)
		kept := c.found
		c.primary(primary)
		c.found = kept
		if len(c.over) == before {
			break
		}
	}
	c.dry = false
	c.tree = newDict(primary.root.pos)
	c.primary(primary)
	return c.tree
}

func (c *composer) primary(f *yamlFile) {
	c.file(f, "", "", []string{f.label})
	for _, e := range c.extra {
		c.include(e, "", []string{f.label})
	}
}

func (c *composer) parse(label string, data []byte) *yamlFile {
	if f, ok := c.parsed[label]; ok {
		return f
	}
	f := &yamlFile{label: label}
	f.root, f.wrong = parse(label, data)
	f.pkg, f.packaged = packageOf(data)
	c.parsed[label] = f
	return f
}

// file lays a file with what it builds on into the tree. home is its group, pkg its package, stack the files that led
// here.
func (c *composer) file(f *yamlFile, home, pkg string, stack []string) {
	c.found = append(c.found, f.wrong...)
	all := c.choices(f.root, home)
	for _, e := range all {
		if e.override {
			if id := e.id(); c.over[id] == nil {
				c.over[id] = append([]string{}, e.options...)
			}
		}
	}
	for _, e := range all {
		switch {
		case e.override:
		case e.self:
			c.lay(f, pkg)
		default:
			c.include(e, pkg, stack)
		}
	}
}

// lay puts the file itself into its package.
func (c *composer) lay(f *yamlFile, pkg string) {
	if c.dry {
		return
	}
	body := f.root.clone()
	body.remove("defaults")
	for _, part := range slices.Backward(splitPath(pkg)) {
		outer := newDict(body.pos)
		outer.set(part, body.pos, body)
		body = outer
	}
	c.tree.merge(body)
}

// include follows one entry of a defaults list.
func (c *composer) include(e choice, parent string, stack []string) {
	if strings.HasPrefix(e.group, "hydra/") || e.group == "hydra" {
		return // how Hydra logs and launches is not gw's business
	}
	for _, option := range c.options(e) {
		if strings.Contains(option, "${") {
			text, err := c.resolve(option, c.chosen)
			if err != nil {
				c.at(e.pos, "defaults", "", "%v", err)
				continue
			}
			option = text
		}
		c.chosen[strings.ReplaceAll(e.group, "/", ".")] = option
		c.open(e, path.Clean(e.file(option)), parent, stack)
	}
}

// options is what is chosen in the end: by the command line, by an override, or by the entry itself.
func (c *composer) options(e choice) []string {
	id := e.id()
	if fixed, ok := c.fixed[id]; ok && e.group != "" {
		c.used[id] = true
		return fixed
	}
	if c.gone[id] && e.group != "" {
		c.used[id] = true
		return nil
	}
	if over, ok := c.over[id]; ok && e.group != "" {
		return over
	}
	if e.unset {
		c.at(e.pos, "defaults", "choose with "+e.group+"=OPTION; there are "+strings.Join(c.search.options(e.group), ", "),
			"an option of %s must be given", e.group)
	}
	return e.options
}

func (c *composer) open(e choice, name, parent string, stack []string) {
	label, data, ok := c.search.find(name)
	if !ok {
		if !e.optional {
			c.notFound(e, name)
		}
		return
	}
	if slices.Contains(stack, label) {
		c.at(e.pos, "defaults", "", "goes in a circle: %s", strings.Join(append(slices.Clone(stack), label), " -> "))
		return
	}
	f := c.parse(label, data)
	group := path.Dir(name)
	if group == "." {
		group = ""
	}
	own := f.pkg
	switch {
	case e.pkg != "":
		own = e.pkg
	case !f.packaged:
		own = strings.ReplaceAll(e.relative, "/", ".")
	}
	c.file(f, group, packageIn(parent, own, group), append(slices.Clone(stack), label))
}

func (c *composer) notFound(e choice, name string) {
	there := c.search.options(e.group)
	hint := didYouMean(path.Base(name), there)
	if hint == "" {
		hint = "searched in " + c.search.labels()
	}
	c.at(e.pos, "defaults", hint, "no file %s.yaml", name)
}

// packageIn is where a file lands whose package is pkg, included by one whose package is parent.
func packageIn(parent, pkg, group string) string {
	switch {
	case pkg == "_global_":
		return ""
	case strings.HasPrefix(pkg, "_global_."):
		return strings.TrimPrefix(pkg, "_global_.")
	case pkg == "_here_" || pkg == "":
		return parent
	case pkg == "_group_":
		pkg = strings.ReplaceAll(group, "/", ".")
	}
	if parent == "" {
		return pkg
	}
	return parent + "." + pkg
}

// splitPath takes a dotted package apart.
func splitPath(pkg string) []string {
	if pkg == "" {
		return nil
	}
	return strings.Split(pkg, ".")
}
