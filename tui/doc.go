// Package tui is the terminal workbench: it shows what a gateway is doing and drives a replay. It sees the gateway
// only through a client, so the same screen serves the gateway of this process and one on another machine.
//
// # The path of a tick
//
// The feed goroutine takes frames from the one watch that the page on screen needs and puts them into data, which
// lives outside Bubble Tea's Update. data raises a flag; the program sees the flag at most every 33 ms and draws
// only the rows in sight, cell by cell, into one buffer. There is no message a tick and no timer while nothing changes.
//
// # Files
//
//	run.go, model.go, feed.go        the program, its state on screen, its subscription
//	data.go, channel.go, rows.go     what the gateway sent: status, channels with their rates, ticks of one channel
//	keys.go                          every key, once: dispatch, bottom line, help and docs/tui.md read it
//	frame.go, topline.go, replaybar.go, footer.go, help.go       what is around a page
//	channels.go, table.go, graph.go, drawing.go, inspector.go    the pages
//	painter.go, theme.go, text.go    cells: cut and padded by display width, styles resolved once, nothing from
//	                                 outside reaches the terminal as a control character
//
// # Rules
//
// All text from the gateway passes painter, which shows control characters, bidirectional overrides and invisible
// characters as pictures or numbers. Colours are readable on light and dark ground (a test computes the contrast);
// NO_COLOR leaves only bold, faint and reverse. Columns are dropped by priority, lines never wrap.
//
// What it does not do: it starts and stops no gateway, keeps ticks only in bounded memory, reads no files.
package tui
