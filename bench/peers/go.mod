module gw/bench/peers

go 1.26.0

require (
	github.com/samber/ro v0.3.0
	gw v0.0.0
)

require (
	github.com/samber/lo v1.52.0 // indirect
	golang.org/x/exp v0.0.0-20260112195511-716be5621a96 // indirect
	golang.org/x/text v0.44.0 // indirect
)

replace gw => ../..
