package modules

import "gw/gateway"

// MountChannelsGraph shows who sets and reads what. gw's page, workbench and `gw graph` do so by themselves; this module is
// there for configurations of csp-gateway.
type MountChannelsGraph struct {
	Base
	// Route is the page's path.
	Route string `later:"it is part of the page"`
}

// Connect does nothing.
func (m *MountChannelsGraph) Connect(*gateway.Bus) error { return nil }

// MountOutputsFolder lets the files of a folder be browsed. It is not served yet, so nothing can be read.
type MountOutputsFolder struct {
	Base
	// Dir is the folder.
	Dir string `later:"no folder is served"`
	// ChunkBytes is how much of a file is sent at once.
	ChunkBytes int `later:"no folder is served"`
	// MaxEntries is the most names in a listing.
	MaxEntries int `later:"no folder is served"`
}

// Connect does nothing.
func (m *MountOutputsFolder) Connect(*gateway.Bus) error { return nil }

// MountSendForm shows a form to send values with. gw's page and workbench have one by themselves; this module is there for
// configurations of csp-gateway.
type MountSendForm struct {
	Base
	// MountSend names the channels that have a form.
	MountSend gateway.Selection `ref:"channel" later:"every channel that takes values has one"`
	// FormOverrides change single fields of forms: CHANNEL.FIELD to options.
	FormOverrides map[string]map[string]any `later:"forms follow the schema"`
}

// Connect does nothing.
func (m *MountSendForm) Connect(*gateway.Bus) error { return nil }

// MountStagingPanel shows staging areas. gw's windows do so by themselves; this module is there for configurations of
// csp-gateway.
type MountStagingPanel struct {
	Base
	// MountStaging names the channels that are shown.
	MountStaging gateway.Selection `ref:"channel" later:"every staged channel is shown"`
	// MaxRecords is the most values of an area that are shown.
	MaxRecords int `later:"all of them are shown"`
	// ExcludedColumns are the fields that are left out.
	ExcludedColumns []string `later:"every field is shown"`
}

// Connect does nothing.
func (m *MountStagingPanel) Connect(*gateway.Bus) error { return nil }
