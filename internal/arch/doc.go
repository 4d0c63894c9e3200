// Package arch keeps the plan of the house true: which room may import which, and that the picture in
// docs/architecture.md shows the imports there are.
//
// It holds no code that runs in gw; its tests read the source tree. A room is a folder with Go files, named by its path
// below the module root. Imports of test files do not count: a test may reach down to anything.
package arch
