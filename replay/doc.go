// Package replay opens a recording that nobody prepared and runs it as a gateway.
//
// The way of a row: a file is decompressed (input), cut into rows (lines, values, table), read by the file's plan (time,
// route, payload), merged with the rows of other files (merge), put into an engine cycle (framer), handed to the engine by
// a pull adapter (player), ticks its channel, and is added to the digest.
//
// Open reads the files once in full to learn formats, times, routing, channels and types, then Recording.Gateway streams
// them again. Memory does not depend on the length of a recording: one row a file (at most 64 MiB), the batches read
// ahead, and what the gateway keeps of each channel.
//
// What to call:
//
//	rec, err := replay.Open(ctx, paths, replay.Options{})  // one pass over the files
//	fmt.Print(rec.Mapping())                               // how they are read
//	rec.Gateway().Run(ctx, gateway.RunConfig{Start: rec.Start, End: rec.End})
//	rec.Summary()                                          // what happened
//
// A Recording may be read from any goroutine; its gateway runs once. The same files and options give the same ticks, in
// the same cycles, with the same digest, at any speed and on any number of processors.
//
// Formats, inference, lateness, skipped rows and the digest are told in docs/replay.md. The package does not record, and
// it does not read Parquet or Arrow.
package replay
