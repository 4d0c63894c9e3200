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
//	density.go                       how busy each part of a replay was
//	standard.go, polling.go          a gateway with csp-gateway's API only, asked for its values again and again
//	keys.go                          every key, once: dispatch, bottom line, help and docs/tui.md read it
//	frame.go, topline.go, panel.go, replaybar.go, footer.go      what is around a page
//	overlay.go, help.go, prompt.go   what is over it
//	channels.go, table.go, graph.go, drawing.go, inspector.go    the pages
//	theme.go                         every look, as lipgloss styles resolved once for the terminal
//	bar.go, painter.go, text.go      lines and cells: cut and padded by display width; nothing from outside reaches
//	                                 the terminal as a control character
//
// # Rules
//
// All text from the gateway passes clean, which shows control characters, bidirectional overrides and invisible
// characters as pictures or numbers. Colours are readable on their ground (a test computes the contrast); NO_COLOR
// leaves only bold, faint and reverse. Columns are dropped by priority, lines never wrap. A screen of 200 x 50 over
// 100,000 rows takes 0.1 ms.
//
// What it does not do: it starts and stops no gateway, keeps ticks only in bounded memory, reads no files.
package tui
