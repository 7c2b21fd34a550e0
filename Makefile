# make          install what is needed and build every brief into build/
# make help     list all targets

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
JOBS ?=
TESTS ?=
PARALLEL := --numprocesses $(or $(JOBS),logical) --dist loadfile

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: all build check test test-gate test-security test-stress coverage mutants lint bench docs docs-site pictures lock clean distclean help packages packages-test packages-gate

all: packages build ## install what is needed, then build every brief (the default)

build: $(VENV)/.ready ## build the briefs that have changed
	@$(BIN)/brief build $(if $(JOBS),--jobs $(JOBS))

check: $(VENV)/.ready ## check every brief without building
	@$(BIN)/brief check

test: packages-test $(VENV)/.ready-test ## install what the tests need, then run all tests, on all processors (JOBS=1 for one)
	@$(BIN)/python -m pytest $(PARALLEL) $(TESTS)

test-gate: packages-gate $(VENV)/.ready-test ## test the quotation gate with more than 100,000 false and harmless quotations (minutes)
	@$(BIN)/python -m tests.adversary --manuals

test-security: packages-test $(VENV)/.ready-test ## try attacks with tens of thousands of inputs (at most ten minutes)
	@BRIEF_FUZZ=full $(BIN)/python -m pytest $(PARALLEL) tests/security

coverage: packages-test $(VENV)/.ready-test ## measure test coverage of engine, gate, reading and provenance (ten minutes)
	@rm -rf .coverage && mkdir .coverage
	@$(BIN)/coverage run -m pytest -q tests/engine tests/evidence tests/read tests/provenance tests/pipeline tests/cite tests/syntax \
	  tests/security/test_cache.py tests/security/test_database.py tests/security/test_envelope.py tests/commands/test_fixing.py tests/commands/test_quote.py
	@-$(BIN)/coverage combine --quiet  # a busy worker that a test killed leaves an incomplete file
	@$(BIN)/coverage report

mutants: packages-test $(VENV)/.ready-test ## change these modules in small ways, and list the changes that no test notices (hours; ARGS="MODULE --number 3")
	@$(BIN)/python -m scripts.mutation $(ARGS)

test-stress: $(VENV)/.ready-test ## print difficult briefs in every page design
	@BRIEF_STRESS=full $(BIN)/python -m pytest $(PARALLEL) --dist worksteal tests/render/test_stress.py

lint: $(VENV)/.ready-test ## check formatting, types, unused names and layers
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/vulture
	$(BIN)/lint-imports

bench: $(VENV)/.ready-test ## run the benchmarks, also of other tools, into docs/benchmarks.md (an hour; QUICK=1: minutes, into benchmarks/results/)
	@$(PIP) install --require-hashes -r requirements-bench.lock
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

docs: $(VENV)/.ready ## write the pages of docs/ that are made from the code, and the schemas for editors
	$(BIN)/brief explain --markdown > docs/problems.md
	$(BIN)/brief schema --markdown > docs/fields.md
	$(BIN)/python -m scripts.documents.language_page > docs/languages.md
	$(BIN)/python -m scripts.documents.imports_picture > docs/imports.svg
	$(BIN)/brief schema --write schemas

docs-site: $(VENV)/.ready-test ## make a site of the documentation in .docs-site/pages/; a link that leads nowhere is an error
	@$(BIN)/python -m scripts.documents.documentation_site
	@$(BIN)/zensical build --strict --clean

pictures: all ## draw the pages that the README shows
	pdftoppm -r 96 -f 1 -l 2 -png build/chip-controls.pdf docs/page

LOCKING := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate

lock: $(VENV)/.ready-test ## update the pinned versions of dependencies
	$(BIN)/uv pip compile $(LOCKING) --upgrade --extra setup pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile $(LOCKING) --constraint requirements.lock --extra setup --extra test --extra dev --extra docs pyproject.toml \
	  -o requirements-test.lock
	echo 'typst>=0.13' | $(BIN)/uv pip compile $(LOCKING) --upgrade - -o requirements-bench.lock

clean: ## remove everything that was built; keep the virtual environment
	rm -rf build

distclean: clean ## remove everything that make made
	rm -rf $(VENV) .docs-site .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

packages:
	@PYTHON=$(PYTHON) scripts/system-packages build

packages-gate:
	@PYTHON=$(PYTHON) scripts/system-packages gate

packages-test:
	@PYTHON=$(PYTHON) scripts/system-packages test

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with make PYTHON=python3.12")'
	@PYTHON=$(PYTHON) scripts/system-packages build
	@echo "creating $(VENV)"
	@$(PYTHON) -m venv $(VENV)

# --no-deps, --no-build-isolation: nothing comes in that the lock does not pin
$(VENV)/.ready: requirements.lock pyproject.toml generator/__init__.py | $(VENV)/bin/python
	@echo "installing pinned dependencies (once)"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-test: requirements-test.lock $(VENV)/.ready
	@echo "installing what the tests need (once)"
	@$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@
