package config

import "strings"

// chooseAll notes the overrides that choose an option of a group.
func (c *composer) chooseAll(groups []override) {
	for _, o := range groups {
		e := o.choice()
		switch o.verb {
		case add, put:
			c.extra = append(c.extra, e)
		case remove:
			c.gone[e.id()] = true
		default:
			c.fixed[e.id()] = append([]string{}, e.options...)
		}
	}
}

// unusedGroups notes those that no defaults list has an entry for.
func (c *composer) unusedGroups(groups []override) {
	for _, o := range groups {
		e := o.choice()
		if o.verb == add || o.verb == put || c.used[e.id()] {
			continue
		}
		hint := "+" + e.id() + "=" + strings.Join(e.options, ",") + " adds it"
		if o.verb == remove {
			hint = ""
		}
		c.at(o.pos, "", hint, "no defaults list has the group %s", e.id())
	}
}
