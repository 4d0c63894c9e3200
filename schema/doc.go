// Package schema describes value types.
package schema
