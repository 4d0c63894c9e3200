// Package tidy keeps the house rules that a reader would otherwise have to enforce in review: how long files and
// functions may be, how many names a package may export, that each of them is explained, and which calls have a better
// replacement here, and that the rooms of the engine show each of their names in an example.
//
// It holds no code that runs in gw. Rules are functions from a read source tree to findings; the test runs all of them
// over the repository and each of them over a planted offence. An exception is a line in exceptions.go with its reason.
package tidy
