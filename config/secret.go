package config

import "strings"

// hidden stands for a secret wherever a configuration is shown.
const hidden = "********"

// secretName tells whether a key or a variable of that name holds what nobody else should see.
func secretName(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{"password", "passwd", "secret", "token", "api_key", "apikey", "access_key", "private_key", "credential"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}
