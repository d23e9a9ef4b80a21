# Each verb makes its own environment when it is missing; nothing needs to be installed but Python 3.11, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export NO_MKDOCS_2_WARNING := 1

.PHONY: demo test explore test-browser test-oracles lint format docs docs-offline accounts pdf bench package clean

demo: $(VENV)/.site  ## lint the sample account, then build the runbook site
	$(BIN)/baselint lint --as-of 2026-11-23 --fail-on never examples/111122223333
	@$(MAKE) --no-print-directory docs-offline
	@echo "the runbook lies in build/offline: open build/offline/index.html"

docs: $(VENV)/.site  ## render the runbook and build the site
	$(BIN)/baselint render --output build/docs --overwrite
	$(BIN)/mkdocs build --strict --quiet

docs-offline: docs  ## the same pages for reading from a disk, without a server
	$(BIN)/mkdocs build --strict --quiet -f mkdocs-offline.yaml

accounts: $(VENV)/.site  ## the site with the pages of the sample account, and what changed in it; such a site is for internal readers
	mkdir -p build
	$(BIN)/baselint lint --as-of 2026-11-23T12:00:00Z --fail-on never --output json=build/accounts-earlier.json examples/111122223333/credential-report.json
	$(BIN)/baselint lint --as-of 2026-11-23 --fail-on never --output json=build/accounts-report.json examples/111122223333
	$(BIN)/baselint render --output build/accounts-docs --report build/accounts-report.json --earlier-report build/accounts-earlier.json --overwrite
	sed 's|build/docs|build/accounts-docs|; s|build/site|build/accounts|' mkdocs.yml | $(BIN)/mkdocs build --strict --quiet -f -

pdf: .venv-browser/.ready docs  ## the whole runbook on paper; needs Debian's chromium
	.venv-browser/bin/python tests/browser/paper.py build/runbook.pdf

test: $(VENV)/.dev  ## the whole pure-Python suite on every core, with branch coverage
	$(BIN)/python -m pytest -q -n auto --cov --cov-report=term

explore: $(VENV)/.dev  ## property tests with many examples that no run has tried before
	BASELINT_HYPOTHESIS=exploring $(BIN)/python -m pytest -q -n auto -m "not slow"

test-browser: .venv-browser/.ready docs-offline accounts  ## the site in a real browser; needs Debian's chromium and npm
	.venv-browser/bin/python -m pytest -q -n auto -c tests/browser/pytest.ini tests/browser

test-oracles: .venv-oracles/.ready .venv-oscal/.ready tests/oracles/node_modules/.ready  ## outside judges, each of them shown a mistake as well
	.venv-oracles/bin/python -m pip install -q --no-deps --force-reinstall .
	.venv-oracles/bin/python -m pytest -q -c tests/oracles/pytest.ini tests/oracles
	.venv-oscal/bin/python -m pip install -q --no-deps --force-reinstall .
	.venv-oscal/bin/python -m pytest -q -c tests/oracles/oscal/pytest.ini tests/oracles/oscal

lint: $(VENV)/.dev  ## style, types, and our own policy files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/baselint validate

format: $(VENV)/.dev  ## mend the style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv-oracles/.ready  ## wall time of validate against check-jsonschema, CPU of all report formats against JSON
	.venv-oracles/bin/python -m pip install -q --no-deps --force-reinstall .
	.venv-oracles/bin/python bench/validate_against_check_jsonschema.py
	.venv-oracles/bin/python bench/formats_against_json.py

package: $(VENV)/.dev  ## source archive, and the wheel made from it
	rm -rf dist
	$(BIN)/python -m build

clean:
	rm -rf build dist $(VENV) .venv-browser .venv-oracles .venv-oscal tests/oracles/node_modules

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade pip

$(VENV)/.site: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q -e '.[site]'
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q -e '.[site]' --group test --group lint
	@touch $@ $(VENV)/.site

.venv-browser/.ready: tests/browser/requirements.txt tests/browser/package.json
	$(PYTHON) -m venv .venv-browser
	.venv-browser/bin/python -m pip install -q -r tests/browser/requirements.txt
	cp tests/browser/package.json .venv-browser/
	npm install --prefix .venv-browser --no-package-lock --no-audit --no-fund --silent
	@touch $@

.venv-oracles/.ready: tests/oracles/requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv-oracles
	.venv-oracles/bin/python -m pip install -q -r tests/oracles/requirements.txt .
	@touch $@

# trestle asks for exact versions that suit nobody else, so the judges of OSCAL live apart.
.venv-oscal/.ready: tests/oracles/oscal/requirements.txt tests/oracles/oscal/requirements-without-dependencies.txt pyproject.toml
	$(PYTHON) -m venv .venv-oscal
	.venv-oscal/bin/python -m pip install -q -r tests/oracles/oscal/requirements.txt .
	.venv-oscal/bin/python -m pip install -q --no-deps --ignore-requires-python -r tests/oracles/oscal/requirements-without-dependencies.txt
	@touch $@

tests/oracles/node_modules/.ready: tests/oracles/package.json
	npm install --silent --ignore-scripts --no-package-lock --no-audit --no-fund --prefix tests/oracles
	@touch $@
