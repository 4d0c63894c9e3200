package config

import (
	"strings"
)

// resolver gives ${name:argument}.
func (ip *interpolator) resolver(name, argument string, pos Pos) (*node, *interpolationError) {
	switch name {
	case "oc.env":
		return ip.environment(argument, pos)
	case "oc.decode":
		v, err := parseValue(unquote(argument), pos)
		if err != nil {
			return nil, noValue(err.hint, "${oc.decode:...}: %s", err.msg)
		}
		return v, nil
	case "now":
		text, err := strftime(ip.now, argument)
		if err != "" {
			return nil, noValue("there are %Y %m %d %H %M %S %f %j %y %b %B %a %A %p %I %z %Z %s %%", "${now:%s}: %s", clip(argument), err)
		}
		return textual(text, pos, false), nil
	case "hydra":
		return ip.lookup("hydra."+strings.TrimSpace(argument), nil)
	case "gw.file":
		return ip.file(strings.TrimSpace(argument), pos)
	}
	return nil, noValue(didYouMean(name, []string{"oc.env", "oc.decode", "now", "hydra", "gw.file"}), "no resolver %q", clip(name))
}

// environment gives a variable, or the default behind the comma. Variables that are named like secrets hold one.
func (ip *interpolator) environment(argument string, pos Pos) (*node, *interpolationError) {
	name, fallback, hasFallback := strings.Cut(argument, ",")
	name = strings.TrimSpace(name)
	if v, ok := ip.env(name); ok {
		return textual(v, pos, secretName(name)), nil
	}
	if !hasFallback {
		return nil, noValue("set it, or give a default: ${oc.env:"+clip(name)+",DEFAULT}", "the environment has no %s", clip(name))
	}
	fallback = strings.TrimSpace(fallback)
	if fallback == "null" {
		return &node{pos: pos, text: "null"}, nil
	}
	return textual(unquote(fallback), pos, secretName(name)), nil
}

// file gives what a file holds, without the line break at its end. It counts as a secret.
func (ip *interpolator) file(name string, pos Pos) (*node, *interpolationError) {
	name = unquote(name)
	if name == "" {
		return nil, noValue("write ${gw.file:/run/secrets/NAME}", "${gw.file:} names no file")
	}
	if ip.readFile == nil {
		return textual("from "+name, pos, true), nil
	}
	data, err := ip.readFile(name)
	if err != nil {
		return nil, noValue("", "${gw.file:...}: %v", err)
	}
	return textual(strings.TrimRight(string(data), "\r\n"), pos, true), nil
}

// unquote takes the quotes off text that has them.
func unquote(s string) string {
	if len(s) > 1 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}
