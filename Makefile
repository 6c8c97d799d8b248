# Everything that can be done with this project. Each target sets up first what it needs: `make setup` is run by the
# others and does nothing when .venv/ is already up to date.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.set-up

CODE := $(wildcard conftest.py rdlib scripts benchmarks tests)
NOTEBOOKS := $(wildcard workbooks templates)
# Templates that cannot run with the parameters they come with: named here, they are left out of the comparison.
NEED_PARAMETERS :=
COMPARED := $(filter-out $(NEED_PARAMETERS),$(wildcard workbooks/*.ipynb templates/*.ipynb))
WORKERS ?= 2
PYTEST := $(BIN)/python -m pytest

.PHONY: help setup reports test test-unit test-notebooks test-browser chromium pango docs lab lint lint-code lint-types \
	lint-notebooks format bench lock clean

help: ## Say what can be done (this list)
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-16s %s\n", $$1, $$2 }'

setup: $(READY) ## Make .venv/ with the exact packages of requirements.lock (needs only Python 3.11+)

$(READY): requirements.lock pyproject.toml
	@scripts/setup.sh

reports: setup pango ## Make the reports of the worked cases
	$(BIN)/python scripts/build_reports.py

test: chromium pango lint test-unit test-notebooks test-browser ## Check everything: lint, tests, notebooks, browser

test-unit: setup ## Run the tests that need no browser
	$(PYTEST) -n $(WORKERS) -m "not browser" tests rdlib

test-notebooks: setup ## Run every workbook and template again and compare with its stored outputs
ifeq ($(COMPARED),)
	@echo "There is no notebook yet in workbooks/ or templates/."
else
	RDLIB_STATIC=1 $(PYTEST) -n $(WORKERS) --dist loadfile -p no:cacheprovider --nbval \
		--nbval-sanitize-with tests/workbooks/nbval_sanitize.cfg $(COMPARED)
endif

test-browser: setup chromium ## Run the tests that need Chromium
	@if ! compgen -G 'tests/browser/test_*.py' >/dev/null; then echo "There is no browser test yet in tests/browser/."; \
	elif scripts/get_chromium.sh --find >/dev/null; then \
		set -x; $(PYTEST) -n $(WORKERS) --dist loadfile -m browser tests/browser || \
			{ echo "What failed beside other work, once more by itself:"; \
			$(PYTEST) -m browser --last-failed --last-failed-no-failures=none tests/browser; }; \
	else \
		echo "Left out, because there is no Chromium:"; \
		$(PYTEST) -m browser --collect-only -q tests | grep '::' | sed 's/^/  /'; \
	fi

chromium:
	@scripts/get_chromium.sh

pango: setup
	@scripts/get_pango.sh

docs: setup ## Write docs/tools.md anew: every tool, what it asks, and its findings
	$(BIN)/python scripts/document.py

lab: setup ## Open the workbooks in JupyterLab
	$(BIN)/rdlib lab

lint: lint-code lint-types lint-notebooks ## Check style, types and the cleanness of the notebooks

lint-code: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lint-types: setup
	$(BIN)/mypy $(CODE)

lint-notebooks: setup
	$(BIN)/python scripts/notebooks.py check $(NOTEBOOKS)

format: setup ## Put the code into the agreed format and mend what ruff can mend by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## Measure how fast batches of reports are made
	$(BIN)/python benchmarks/batch.py

lock: ## Renew requirements.lock from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: python3 -m pip install uv"; exit 1; }
	uv pip compile pyproject.toml --quiet --upgrade --extra dev --extra cluster --universal --python-version 3.11 --fork-strategy fewest \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file requirements.lock
	@if grep -nE '^ *--(index|extra-index|find-links)|[a-z]+://' requirements.lock; then \
		echo "The lock names an address (above); it must not."; exit 1; fi

clean: ## Remove .venv/, caches and builds; plans and their earlier versions stay
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
