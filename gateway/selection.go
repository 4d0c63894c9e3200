package gateway

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Selection names what a module means, usually channels. The zero value means everything. In configuration it is a list
// of names, or {include: [...], exclude: [...]}.
type Selection struct {
	// Include are the names meant, in the order they are wanted; nil means all.
	Include []string `json:"include,omitempty"`
	// Exclude are names not meant, even if included.
	Exclude []string `json:"exclude,omitempty"`
}

// From returns the selected ones of names: in the order of Include, or in theirs. Names that there are not are left out.
func (s Selection) From(names []string) []string {
	wanted := names
	if s.Include != nil {
		wanted = s.Include
	}
	selected := []string{}
	for _, name := range wanted {
		if slices.Contains(names, name) && !slices.Contains(s.Exclude, name) && !slices.Contains(selected, name) {
			selected = append(selected, name)
		}
	}
	return selected
}

// Check says which names of the selection there are not.
func (s Selection) Check(names []string) error {
	for _, name := range slices.Concat(s.Include, s.Exclude) {
		if !slices.Contains(names, name) {
			return fmt.Errorf("selects %q, which there is not (has: %s)", name, list(names))
		}
	}
	return nil
}

// UnmarshalJSON reads a list of names or an object.
func (s *Selection) UnmarshalJSON(data []byte) error {
	return s.read(func(v any) error { return json.Unmarshal(data, v) })
}

// UnmarshalYAML reads a list of names or a mapping.
func (s *Selection) UnmarshalYAML(read func(any) error) error { return s.read(read) }

func (s *Selection) read(read func(any) error) error {
	var names []string
	if read(&names) == nil {
		*s = Selection{Include: names}
		return nil
	}
	type plain Selection // without the methods
	var p plain
	if err := read(&p); err != nil {
		return fmt.Errorf("want a list of names, or include and exclude: %w", err)
	}
	*s = Selection(p)
	return nil
}
