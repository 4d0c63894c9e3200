package schema

import "time"

// Naive is the location of a datetime that was given without an offset: it is read as UTC and written back
// without an offset. Compare with t.Location() == Naive.
var Naive = time.FixedZone("naive", 0)
