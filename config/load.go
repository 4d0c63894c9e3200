package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Source says where a configuration comes from.
type Source struct {
	// Name is the configuration: a file, a folder with a config.yaml or to be searched (then an override such as
	// +config=NAME chooses), or the name of a built-in one. "" is none: the overrides choose.
	Name string
	// Dirs are further folders to search, each before its own folder config/, and all before what is built in.
	Dirs []string
	// Overrides are the arguments that change it: key=value, +key=value, ++key=value, ~key, group=option.
	Overrides []string
	// Environ looks a variable up for ${oc.env:...}; nil is the process's environment.
	Environ func(string) (string, bool)
	// Now is the time of ${now:...}.
	Now time.Time
	// Job is ${hydra.job.name}; "" means "gw".
	Job string
	// Dry reads nothing but the configuration itself: ${gw.file:...} gets a stand-in.
	Dry bool
	// Targets are what _target_ may name.
	Targets []Target
}

// Config is a composed configuration: everything in its place, with nothing left to replace. It does not change.
type Config struct {
	root    *node
	gone    map[string]bool // what overrides took out
	targets targets
	unset   Diagnostics // interpolations that have no value
}

// Load composes a configuration. The error is Diagnostics, all there are; or one that says that Name or a folder
// cannot be read.
func Load(s Source) (*Config, error) {
	t, err := newTargets(s.Targets)
	if err != nil {
		return nil, err
	}
	c := &composer{fixed: map[string][]string{}, gone: map[string]bool{}}
	label, data, err := c.open0(s)
	if err != nil {
		return nil, err
	}
	groups, values := ofGroups(c.overrides(s.Overrides), c.search)
	c.resolve = s.optionResolver()
	c.chooseAll(groups)
	tree := c.compose(label, data)
	c.unusedGroups(groups)
	c.standard(tree)
	gone := c.apply(tree, values)
	s.settings(tree)
	if err := c.found.err(); err != nil {
		return nil, err
	}
	ip := &interpolator{root: tree, env: s.environ(), now: s.Now}
	if !s.Dry {
		ip.readFile = os.ReadFile
	}
	ip.resolveAll()
	return &Config{root: tree, gone: gone, targets: t, unset: problemsOf(tree)}, nil
}

// open0 finds the primary file and makes the search path.
func (c *composer) open0(s Source) (label string, data []byte, err error) {
	label, data = "the command line", nil
	var dirs []string
	switch info, err := os.Stat(s.Name); {
	case s.Name == "":
	case err == nil && info.IsDir():
		dirs = append(dirs, s.Name)
	case err == nil:
		if data, err = os.ReadFile(s.Name); err != nil {
			return "", nil, fmt.Errorf("%s: %w", s.Name, cause(err))
		}
		label = s.Name
		dirs = append(dirs, filepath.Dir(s.Name))
	case strings.ContainsAny(s.Name, "/.\\") || !errors.Is(err, fs.ErrNotExist):
		return "", nil, fmt.Errorf("%s: %w", s.Name, cause(err))
	default:
		c.extra = append(c.extra, choice{pos: Pos{File: "argument " + s.Name}, group: "config", relative: "config", options: []string{s.Name}})
	}
	for _, d := range append(dirs, s.Dirs...) {
		if info, err := os.Stat(d); err != nil || !info.IsDir() {
			return "", nil, fmt.Errorf("--config-dir %s: is no folder", d)
		}
		c.search = append(c.search, place{filepath.ToSlash(d), os.DirFS(d)}, place{filepath.ToSlash(filepath.Join(d, "config")), os.DirFS(filepath.Join(d, "config"))})
	}
	c.search = append(c.search, builtin())
	if label == "the command line" && len(dirs) > 0 && !chooses(s.Overrides) {
		label, data, err = c.folder(s.Name)
	}
	return label, data, err
}

// folder is the primary file of a folder that no override chooses from.
func (c *composer) folder(dir string) (string, []byte, error) {
	if label, data, ok := (search{c.search[0]}).find("config"); ok {
		return label, data, nil
	}
	names := append((search{c.search[0]}).options("config"), (search{c.search[0]}).options("")...)
	return "", nil, fmt.Errorf("%s: no config.yaml in it, and no +config=NAME (NAMEs there: %s)", dir, strings.Join(names, ", "))
}

// chooses tells whether an override names a configuration.
func chooses(overrides []string) bool {
	for _, o := range overrides {
		if strings.HasPrefix(strings.TrimLeft(o, "+"), "config=") {
			return true
		}
	}
	return false
}

func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func (s Source) environ() func(string) (string, bool) {
	if s.Environ != nil {
		return s.Environ
	}
	return os.LookupEnv
}

// optionResolver replaces ${...} in an option of a defaults list, where only other choices are known.
func (s Source) optionResolver() func(string, map[string]string) (string, error) {
	return func(text string, chosen map[string]string) (string, error) {
		root := newDict(Pos{})
		for group, option := range chosen {
			root.set(group, Pos{}, newText(Pos{}, option))
		}
		ip := &interpolator{root: root, env: s.environ(), now: s.Now}
		v, err := ip.text(text, []string{"defaults"}, Pos{})
		if err != nil {
			return "", err
		}
		return v.text, nil
	}
}

// problemsOf lists the interpolations that have no value, but for what gw does not look at.
func problemsOf(tree *node) Diagnostics {
	var ds Diagnostics
	tree.walk(nil, func(path []string, n *node) {
		if n.problem != nil && !n.stock && path[0] != "hydra" {
			ds = append(ds, *n.problem)
		}
	})
	return ds
}
