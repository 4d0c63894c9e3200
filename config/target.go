package config

import (
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Target is something that a configuration can name with _target_: a module, or a model of channels.
type Target struct {
	// Name is what _target_ says, such as "gw.Filter".
	Name string
	// Aliases are further names, such as those of csp-gateway.
	Aliases []string
	// New returns a pointer to a new value with none of its options set.
	New func() any
	// Model says that it is a model of channels and no module.
	Model bool
	// Source holds the Go files of the type's package, for the descriptions of its options; it may be nil.
	Source fs.FS
}

// targets is the table of what can be named.
type targets struct {
	byName map[string]*Target
	names  []string // without aliases, in order
}

func newTargets(all []Target) (targets, error) {
	t := targets{byName: map[string]*Target{}}
	for i := range all {
		one := &all[i]
		for _, name := range append([]string{one.Name}, one.Aliases...) {
			if name == "" || one.New == nil || t.byName[name] != nil {
				return t, fmt.Errorf("target %q: has no name, no New, or a name that another one has", name)
			}
			t.byName[name] = one
		}
		if err := checkOptions(one.typ()); err != nil {
			return t, fmt.Errorf("target %q: %w", one.Name, err)
		}
		t.names = append(t.names, one.Name)
	}
	return t, nil
}

// typ is the struct that holds the options.
func (t *Target) typ() reflect.Type { return reflect.TypeOf(t.New()).Elem() }

// suggest is the hint for a name that is none: the one whose last word is nearest, of the same package if there is one.
func (t targets) suggest(name string) string {
	var shorts []string
	for _, k := range slices.Sorted(maps.Keys(t.byName)) {
		shorts = append(shorts, short(k))
	}
	near := short(name)
	if !slices.Contains(shorts, near) {
		near = nearest(near, shorts)
	}
	if near == "" {
		return "`gw config schema` lists the targets"
	}
	if same := strings.TrimSuffix(name, short(name)) + near; t.byName[same] != nil {
		return fmt.Sprintf("did you mean %q?", same)
	}
	for _, k := range slices.Backward(slices.Sorted(maps.Keys(t.byName))) {
		if short(k) == near {
			return fmt.Sprintf("did you mean %q?", k)
		}
	}
	return ""
}

// short is a name without its package.
func short(name string) string {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '.' {
			return name[i+1:]
		}
	}
	return name
}
