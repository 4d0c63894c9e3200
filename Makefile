# gw: `make help` lists what there is. Each target installs and builds what it needs and nothing twice.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

NODE    := $(shell command -v npm 2>/dev/null)
UI      := $(if $(NODE),web/dist/index.html)
WEB_SRC := $(shell find web/src web/public web/index.html web/*.json web/*.ts 2>/dev/null -type f -not -name '*.test.*')
BENCH   ?= .

PART    ?=

.PHONY: help run test build ui lint test-go test-web bench bench-peers bench-api clean node chromium interop schemathesis

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo '  make run ARGS="replay FILE" passes arguments on; make bench BENCH=Chain chooses'

# On a terminal, gw is a job of its own: Ctrl-C then reaches gw and not make, which would report an error of its own.
run: build ## start the omnibus example, or what ARGS says
	@if [ -t 0 ]; then set -m; bin/gw $(or $(ARGS),run); else exec bin/gw $(or $(ARGS),run); fi

build: ui ## build bin/gw, with the web page if Node is there
	@[ -e bin/gw ] || echo 'make: building bin/gw; the first time takes some minutes' >&2
	@go build -o bin/gw ./cmd/gw

ui: $(UI) ## build the web page that the binary embeds
ifeq ($(NODE),)
	@echo 'make: no npm here: the web page is skipped, everything else works' >&2
endif

web/dist/index.html: web/node_modules/.installed $(WEB_SRC)
	@cd web && npm run --silent build && touch dist/index.html

web/node_modules/.installed: web/package.json web/package-lock.json
	@echo 'make: installing the packages of the page' >&2
	@cd web && npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.installed

test: lint test-web test-go ## install what the tests need and run all of them

lint: ## formatting, vet, staticcheck
	@unformatted=$$(find . -name node_modules -prune -o -name '*.go' -print0 | xargs -0 gofmt -l); \
	if [ -n "$$unformatted" ]; then echo "gofmt would change:" $$unformatted >&2; exit 1; fi
	go vet ./...
	go tool staticcheck ./...

test-go: ui ## the Go tests with the race detector, fuzz seeds included
	go test -race -timeout 20m ./...

test-web: node chromium ui ## types, unit tests, and the page in Chromium
	cd web && npm run --silent typecheck
	cd web && npm run --silent test
	cd web && npm run --silent e2e

# PYTHON may point to an interpreter that has csp-gateway already. What else the client and the demo need and it has not
# is put beside it.
PYTHON  ?= bin/interop/bin/python
INTEROP := httpapi/testdata/interop
PAGE    := $(if $(WRITE),docs,bin)/compatibility.md
NEEDS   := pandas polars aiohttp aiostream transports

interop: export PYTHONPATH := $(CURDIR)/bin/interop-beside
interop: build $(filter bin/interop/bin/python,$(PYTHON)) ## csp-gateway's own client against gw and against csp-gateway
	@for p in $(NEEDS); do $(PYTHON) -c "import $$p" 2>/dev/null || $(PYTHON) -m pip install -q --target bin/interop-beside $$p; done
	@$(PYTHON) $(INTEROP)/interop.py 18400 bin/gw.json $(CURDIR)/bin/gw run --headless --port 18400
	@$(PYTHON) $(INTEROP)/interop.py 18410 bin/peer.json $(abspath $(PYTHON)) $(CURDIR)/$(INTEROP)/peer.py 18410
	@$(PYTHON) $(INTEROP)/compare.py bin/gw.json bin/peer.json $(PAGE)

# Not part of make test: it takes an hour. CASES=50 takes minutes, GROUPS="send keys" only what is named (see run.py).
CASES ?= 2000

schemathesis: build bin/schemathesis/bin/schemathesis ## look for requests that /openapi.json describes wrongly
	@go build -o bin/guarded ./httpapi/testdata/schemathesis
	@bin/schemathesis/bin/python httpapi/testdata/schemathesis/run.py bin/gw bin/guarded 18420 $(CASES) $(GROUPS)

bin/schemathesis/bin/schemathesis:
	@python3 -m venv bin/schemathesis && bin/schemathesis/bin/pip install -q 'schemathesis==4.32.5'

bin/interop/bin/python:
	@python3 -m venv bin/interop && bin/interop/bin/pip install -q 'csp-gateway==3.0.0' $(NEEDS)

node:
	@if [ -z "$(NODE)" ]; then echo 'make: the tests of the web page need Node 20 or newer with npm' >&2; exit 1; fi

# Chromium is the one thing that no package manager of the project can install.
chromium:
	@if command -v chromium chromium-browser google-chrome >/dev/null || [ -n "$${GW_CHROMIUM:-}" ]; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		echo 'make: the tests of the web page need Chromium: install it, or set GW_CHROMIUM to its path' >&2; exit 1; fi; \
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null

bench: ## run the benchmarks with allocations
	go test -run '^$$' -bench '$(BENCH)' -benchmem ./...

bench-peers: ## the same graphs in other Go libraries; with PYTHON=python that has csp, in csp too
	cd bench/peers && go test -run Peers -bench 'Peers/$(BENCH)' -benchmem .
ifneq ($(PYTHON),)
	$(PYTHON) engine/testdata/csp/bench.py
endif

bench-api: build $(filter bin/interop/bin/python,$(PYTHON)) ## the API under wrk and WebSockets, beside csp-gateway; PART=last chooses
	@go build -o bin/load ./httpapi/testdata/load
	@$(PYTHON) httpapi/testdata/load/bench.py bin/gw bin/load $(PART)

clean: ## remove what was built and installed
	rm -rf bin web/node_modules
	find web/dist -mindepth 1 -not -name .keep -delete
