package cli

// ballastBytes of reserved memory that nobody touches, so none of it is resident, count for the collector as memory in
// use: it runs after as much has been thrown away. A gateway keeps few megabytes alive, of which the collector would
// otherwise go round every four megabytes, ten times a second and more under load.
const ballastBytes = 24 << 20

// ballast is to be kept alive as long as the process runs.
func ballast() []byte { return make([]byte, ballastBytes) }
