// Package memnet is a network inside one process: a [Listener] that an http.Server serves like any other, and whose
// Dial gives the other end of each connection. No port is opened, so nothing outside the process can connect.
//
// A connection is two byte buffers of 64 KiB, one a direction. Write copies and returns as soon as everything fits;
// when the reader is slow it waits for room, as TCP does. Deadlines, half-close on Close (what was written is still
// read, then io.EOF) and concurrent use follow net.Conn. Waiting is done on sync.Cond and timers only, so connections
// work inside a testing/synctest bubble.
package memnet
