package modules

import (
	"embed"

	"gw/config"
)

// source is where the descriptions of options come from.
//
//go:embed *.go
var source embed.FS

// Targets returns the catalogue as _target_ names it.
func Targets() []config.Target {
	return []config.Target{
		target[Generate]("Generate"),
		target[File]("File"),
		target[Initialize]("Initialize", "Initialize", "server.Initialize", "server.modules.Initialize"),
		target[ReadFileDrop]("ReadFileDrop", "ReadFileDrop", "server.modules.ReadFileDrop"),
		target[ReplayEngineJSON]("ReplayEngineJSON", "ReplayEngineJSON", "server.modules.ReplayEngineJSON"),
		target[Mirror]("Mirror", "Mirror", "server.modules.Mirror"),
		target[Map]("Map"),
		target[Filter]("Filter"),
		target[Merge]("Merge"),
		target[Unroll]("Unroll"),
		target[Window]("Window"),
		target[PrintChannels]("Print", "PrintChannels", "server.modules.PrintChannels"),
		target[LogChannels]("Log", "LogChannels", "server.modules.LogChannels", "server.modules.logging.stdlib.LogChannels"),
		target[WriteFile]("WriteFile"),
		target[AddChannelsToGraphOutput]("AddChannelsToGraphOutput", "AddChannelsToGraphOutput", "server.modules.AddChannelsToGraphOutput"),
		target[Logging]("Logging", "Logging", "StdlibLogging", "server.modules.logging.stdlib.Logging"),
		target[MountControls]("MountControls", "MountControls"),
		target[MountProcessMonitor]("MountProcessMonitor", "MountProcessMonitor"),
		target[MountRestRoutes]("MountRestRoutes", "MountRestRoutes"),
		target[MountWebSocketRoutes]("MountWebSocketRoutes", "MountWebSocketRoutes"),
		target[MountFieldRestRoutes]("MountFieldRestRoutes", "MountFieldRestRoutes"),
		target[MountPerspectiveTables]("MountPerspectiveTables", "MountPerspectiveTables"),
		target[MountChannelsGraph]("MountChannelsGraph", "MountChannelsGraph"),
		target[MountOutputsFolder]("MountOutputsFolder", "MountOutputsFolder"),
		target[MountSendForm]("MountSendForm", "MountSendForm"),
		target[MountStagingPanel]("MountStagingPanel", "MountStagingPanel"),
		target[MountAPIKeyMiddleware]("MountAPIKeyMiddleware", "MountAPIKeyMiddleware"),
	}
}

// target names a module gw.NAME, with csp-gateway's names as aliases.
func target[T any](name string, peers ...string) config.Target {
	t := config.Target{Name: "gw." + name, New: func() any { return new(T) }, Source: source}
	for _, p := range peers {
		t.Aliases = append(t.Aliases, "csp_gateway."+p)
	}
	return t
}
