package modules

import (
	"embed"
	"strings"

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
		target[MountControls]("MountControls", mounted("controls.MountControls")...),
		target[MountProcessMonitor]("MountProcessMonitor", mounted("controls.MountProcessMonitor")...),
		target[MountRestRoutes]("MountRestRoutes", mounted("web.MountRestRoutes")...),
		target[MountWebSocketRoutes]("MountWebSocketRoutes", mounted("web.MountWebSocketRoutes")...),
		target[MountFieldRestRoutes]("MountFieldRestRoutes", mounted("web.MountFieldRestRoutes")...),
		target[MountPerspectiveTables]("MountPerspectiveTables", mounted("web.MountPerspectiveTables")...),
		target[MountChannelsGraph]("MountChannelsGraph", mounted("web.MountChannelsGraph")...),
		target[MountOutputsFolder]("MountOutputsFolder", mounted("web.MountOutputsFolder")...),
		target[MountSendForm]("MountSendForm", mounted("web.MountSendForm")...),
		target[MountStagingPanel]("MountStagingPanel", mounted("web.MountStagingPanel")...),
		target[MountAPIKeyMiddleware]("MountAPIKeyMiddleware", middleware("api_key.MountAPIKeyMiddleware")...),
		target[MountExternalAPIKeyMiddleware]("MountExternalAPIKeyMiddleware", middleware("api_key_external.MountExternalAPIKeyMiddleware")...),
		target[MountSimpleAuthMiddleware]("MountSimpleAuthMiddleware", middleware("simple.MountSimpleAuthMiddleware")...),
		target[MountOAuth2Middleware]("MountOAuth2Middleware", middleware("oauth.MountOAuth2Middleware")...),
		target[AuthFilter]("AuthFilter", middleware("auth_filter.AuthFilterMiddleware")...),
	}
}

// mounted are the names of what csp-gateway has in server.modules.FOLDER, and further up.
func mounted(name string) []string {
	_, short, _ := strings.Cut(name, ".")
	return []string{short, "server." + short, "server.modules." + short, "server.modules." + name}
}

// middleware are the names of what csp-gateway has in server.middleware.FILE, and further up.
func middleware(name string) []string {
	_, short, _ := strings.Cut(name, ".")
	return []string{short, "server." + short, "server.middleware." + short, "server.middleware." + name}
}

// target names a module gw.NAME, with csp-gateway's names as aliases.
func target[T any](name string, peers ...string) config.Target {
	t := config.Target{Name: "gw." + name, New: func() any { return new(T) }, Source: source}
	for _, p := range peers {
		t.Aliases = append(t.Aliases, "csp_gateway."+p)
	}
	return t
}
