package config

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// A place is one folder of the search path.
type place struct {
	label string // how its files are called in errors
	files fs.FS
}

// The search path: the first place that has a file wins.
type search []place

// find reads the file NAME.yaml (or .yml) of the first place that has it.
func (s search) find(name string) (label string, data []byte, ok bool) {
	if !fs.ValidPath(name) || name == "." {
		return "", nil, false
	}
	for _, p := range s {
		for _, ending := range []string{".yaml", ".yml"} {
			if data, err := fs.ReadFile(p.files, name+ending); err == nil {
				return path.Join(p.label, name+ending), data, true
			}
		}
	}
	return "", nil, false
}

// isGroup tells whether a place has a folder with the name.
func (s search) isGroup(name string) bool {
	return fs.ValidPath(name) && name != "." && slices.ContainsFunc(s, func(p place) bool {
		info, err := fs.Stat(p.files, name)
		return err == nil && info.IsDir()
	})
}

// options lists the files of a group over all places, without their ending; "." is the top.
func (s search) options(group string) []string {
	if group == "" {
		group = "."
	}
	seen := map[string]bool{}
	for _, p := range s {
		if !fs.ValidPath(group) {
			break
		}
		entries, _ := fs.ReadDir(p.files, group)
		for _, e := range entries {
			name, isYAML := strings.CutSuffix(strings.TrimSuffix(e.Name(), ".yml"), ".yaml")
			if !e.IsDir() && (isYAML || strings.HasSuffix(e.Name(), ".yml")) {
				seen[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

func (s search) labels() string {
	var labels []string
	for _, p := range s {
		labels = append(labels, p.label)
	}
	return strings.Join(labels, ", ")
}
