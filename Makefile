# Needs Python >= 3.11, Node >= 20.19 and make; everything else is installed into .venv and node_modules.
PYTHON ?= python3
DEMO ?= 1
HOST ?= 127.0.0.1
PORT ?= 8765
DATA_DIR ?= .groove-data

BIN := .venv/bin
APP := backend/groove_dashboard/web/static/index.html
APP_SOURCES := $(shell find web-ui -type f -not -path '*/node_modules/*' -not -path 'web-ui/dist/*' 2>/dev/null)

.PHONY: help run test bench bench-live bench-data bench-client mutation lint lint-python lint-web schema schema-check schema-compat build clean
.DEFAULT_GOAL := build

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

run: build ## Start the dashboard with its own PostgreSQL; DEMO=0 starts without the demo pipeline, PORT=N elsewhere
	$(BIN)/groove-dashboard serve --host $(HOST) --port $(PORT) --data-dir $(DATA_DIR) $(if $(filter-out 0,$(DEMO)),--demo)

# What needs one core goes side by side: first what is installed, then what is checked and built.
test: ## Run every check and test
	@$(MAKE) --no-print-directory --jobs=2 .venv/.dev node_modules/.installed
	@$(MAKE) --no-print-directory --jobs=2 lint schema-compat build .venv/.json-schema-test-suite
	@failed=; \
	npm test || failed="$$failed vitest"; \
	npm run --silent coverage --workspace web-ui || failed="$$failed web-coverage"; \
	$(BIN)/python -m pytest -n auto --maxprocesses=4 --dist=worksteal || failed="$$failed pytest"; \
	$(BIN)/coverage run -m pytest backend/tests/live --hypothesis-profile=brief && $(BIN)/coverage report \
	  || failed="$$failed coverage"; \
	npm run --silent e2e || failed="$$failed e2e"; \
	if [ -n "$$failed" ]; then echo "failed:$$failed" >&2; exit 1; fi

bench: ## Measure what can be measured, beside baselines in the same run; JSON=FILE writes the figures down
	$(MAKE) bench-live JSON=$(if $(JSON),$(basename $(JSON))-live.json)
	$(MAKE) bench-data JSON=$(if $(JSON),$(basename $(JSON))-data.json)
	$(MAKE) bench-client JSON=$(if $(JSON),$(basename $(JSON))-client.json)

bench-live: .venv/.installed
	cd backend && ../$(BIN)/python -m benchmarks.live $(if $(JSON),--json $(abspath $(JSON)))

bench-data: .venv/.installed
	cd backend && ../$(BIN)/python -m benchmarks.data $(if $(SIZES),--sizes $(SIZES)) $(if $(JSON),--json $(abspath $(JSON)))

bench-client: node_modules/.installed
	npm run --silent bench --workspace web-ui -- $(if $(JSON),--json $(abspath $(JSON)))

mutation: .venv/.dev ## Change the live core in every small way; its tests must notice (takes long, no part of test)
	cd backend && ../$(BIN)/python -m tests.live.mutation

lint: schema-check lint-python lint-web ## Check style, types and walls in both languages

lint-python: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lint-web: node_modules/.installed
	npm run --silent typecheck
	npm run --silent lint

schema: .venv/.dev node_modules/.installed ## Write everything that is generated from shared-schema
	cd shared-schema && ../$(BIN)/python -m generator

schema-check: .venv/.dev node_modules/.installed ## Fail when a generated file is out of date
	cd shared-schema && ../$(BIN)/python -m generator --check

schema-compat: .venv/.dev node_modules/.installed ## Fail when the schema breaks what the last release promised, or the tag or commit AGAINST=REF
	cd shared-schema && ../$(BIN)/python -m generator.compatibility $(AGAINST)

build: .venv/.installed $(APP) ## Install what running needs and build the app

clean: ## Remove everything that make made, but not the data
	rm -rf .venv .mutation node_modules web-ui/node_modules web-ui/dist backend/groove_dashboard/web/static

.venv/.created:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; set PYTHON=/path/to/it") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: .venv/.created pyproject.toml requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e .
	@touch $@

.venv/.dev: .venv/.created pyproject.toml requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[dev]'
	@touch $@ .venv/.installed

# Other people's tests are fetched, not copied into this repository.
.venv/.json-schema-test-suite: .venv/.created backend/tests/messages/json-schema-test-suite.txt
	rm -rf .venv/json-schema-test-suite
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary jsonschema --require-hashes \
	  -r backend/tests/messages/json-schema-test-suite.txt -d .venv/json-schema-test-suite
	tar -xzf .venv/json-schema-test-suite/jsonschema-*.tar.gz -C .venv/json-schema-test-suite --strip-components=1
	@touch $@

node_modules/.installed: package.json package-lock.json web-ui/package.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(APP): node_modules/.installed $(APP_SOURCES)
	npm run --silent build
	@touch $@
