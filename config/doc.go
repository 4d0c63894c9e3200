// Package config makes a gateway of YAML: it composes files the way Hydra does, applies overrides, resolves
// interpolations, and builds the modules and channels that the result names.
//
// The way of a configuration: parse.go reads a file into a tree of nodes that know their place; defaults.go and
// compose.go follow the defaults lists and lay the files over each other; override.go reads what the command line says
// and apply.go applies it; interpolate.go replaces ${...}. That is [Load]. Then [Config.Check] turns the tree into
// the things it names (target.go, option.go, channels.go) and reports everything that is wrong at once as
// [Diagnostics], each with file, line and column; it opens no port and no file of a module. [Config.Build] does the
// same and gives the gateway, ready to run.
//
// What can be named is a table that the caller gives, [Target]s; there is no global registry. A module is any value
// that package gateway takes as one: its exported fields are its options, `json:"name"` names them (else the field's
// name in snake case), `default:"..."` is the text of the default, `enum:"a,b"` the words that are taken,
// `secret:"true"` hides the value, `ref:"channel"` says that it names channels of the gateway, and `later:"..."` that
// the option is accepted without effect, and why. A type that has a method Check(*Checking) reports what else is
// wrong with its options.
//
// Everything here runs on the goroutine that calls it, and keeps nothing between calls. Load costs a read of each
// file; it needs no network.
package config
