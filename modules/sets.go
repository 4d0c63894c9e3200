package modules

// Sets returns those of the gateway's channels that the module sets: none, unless it has a Sets of its own. With it a
// configuration is checked before anything is connected.
func (*Base) Sets([]string) []string { return nil }

// Sets returns To.
func (m *Filter) Sets([]string) []string { return channelOf(m.To) }

// Sets returns To.
func (m *Map) Sets([]string) []string { return channelOf(m.To) }

// Sets returns To.
func (m *Merge) Sets([]string) []string { return channelOf(m.To) }

// Sets returns To.
func (m *Unroll) Sets([]string) []string { return channelOf(m.To) }

// Sets returns To.
func (m *Window) Sets([]string) []string { return channelOf(m.To) }

// Sets returns Channel.
func (m *File) Sets([]string) []string { return channelOf(m.Channel) }

// Sets returns Channel.
func (m *Generate) Sets([]string) []string { return channelOf(m.Channel) }

// Sets returns Channel, if there is a value for it.
func (m *Initialize) Sets([]string) []string {
	if m.isNull() {
		return nil
	}
	return channelOf(m.Channel)
}

// Sets returns the channel of each folder.
func (m *ReadFileDrop) Sets([]string) []string {
	var names []string
	for _, d := range m.Configs {
		names = append(names, d.ChannelName)
	}
	return names
}

// Sets returns the channels that are replayed.
func (m *ReplayEngineJSON) Sets(channels []string) []string {
	if m.ReadWriteMode == "WRITE" {
		return nil
	}
	return orElse(m.DecodeSelection, m.Selection).From(channels)
}

// Sets returns the channels that are fed.
func (m *Mirror) Sets(channels []string) []string {
	return orElse(m.DecodeSelection, m.Selection).From(channels)
}

// channelOf returns the channel that NAME or NAME/KEY means.
func channelOf(text string) []string { return []string{parseLane(text).name} }

var _ interface{ Sets([]string) []string } = (*Base)(nil)
