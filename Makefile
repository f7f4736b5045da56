# make serve   everything from a fresh clone: environment, install, start, print the address
# make test    everything from a fresh clone: environment, install, tests
# make timing everything that measures time; nothing else may run beside it
# make fuzz   fuzzes each target for so many SECONDS, and the API with so many CONTRACT_EXAMPLES an operation
# make soak   serves at half load with edits for so many MINUTES; nothing else may run beside it
# make speed   the server under load, beside a bare Flask one; it needs wrk, and nothing else may run beside it
# make check   style, format and types
# make lock    pins, with hashes, what pyproject.toml asks for; UPGRADE=--upgrade takes the newest of everything
# make sbom    writes the bill of materials of what a server runs, sbom.cdx.json
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
SECONDS ?= 600
CONTRACT_EXAMPLES ?= 200
MINUTES ?= 10
PIP := $(BIN)/pip --quiet --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(UPGRADE)

.PHONY: serve test timing fuzz soak speed check lock sbom clean

serve: $(VENV)/runtime
	$(BIN)/faqbot serve --host $(HOST) --port $(PORT)

test: $(VENV)/development
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not timing" --cov --cov-report=term

timing: $(VENV)/development
	$(BIN)/python -m pytest -m timing -rP

fuzz: $(VENV)/fuzz
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS)
	CONTRACT_EXAMPLES=$(CONTRACT_EXAMPLES) $(BIN)/python -m pytest -q tests/web/test_contract.py

soak: $(VENV)/runtime
	$(BIN)/python -m tests.soak --minutes $(MINUTES)

speed: $(VENV)/development
	$(BIN)/python -m tests.load

check: $(VENV)/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lock: $(VENV)/development
	$(LOCK) pyproject.toml --output-file requirements/runtime.txt
	$(LOCK) requirements/build.in --constraint requirements/runtime.txt --output-file requirements/build.txt
	$(LOCK) requirements/bill.in --constraint requirements/build.txt --constraint requirements/runtime.txt \
		--output-file requirements/bill.txt
	$(LOCK) pyproject.toml --extra development --constraint requirements/runtime.txt \
		--constraint requirements/build.txt --constraint requirements/bill.txt --output-file requirements/development.txt
	$(LOCK) pyproject.toml --extra fuzz --constraint requirements/development.txt --output-file requirements/fuzz.txt

sbom: $(VENV)/development
	$(PYTHON) -m venv --clear --without-pip build/runtime
	$(PIP) --python build/runtime install --require-hashes -r requirements/runtime.txt
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --output-file sbom.cdx.json \
		build/runtime/bin/python

clean:
	rm -rf $(VENV) build dist sbom.cdx.json *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: pyproject.toml requirements/runtime.txt requirements/build.txt | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/development: pyproject.toml requirements/development.txt requirements/build.txt | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/development.txt -r requirements/build.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/runtime

$(VENV)/fuzz: $(VENV)/development requirements/fuzz.txt
	$(PIP) install --require-hashes -r requirements/fuzz.txt
	@touch $@
