# make serve   everything from a fresh clone: environment, install, start, print the address
# make test    everything from a fresh clone: environment, install, tests
# make timing everything that measures time; nothing else may run beside it
# make speed   the server under load, beside a bare Flask one; it needs wrk, and nothing else may run beside it
# make check   style, format and types
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: serve test timing speed check clean

serve: $(VENV)/runtime
	$(BIN)/faqbot serve --host $(HOST) --port $(PORT)

test: $(VENV)/development
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not timing" --cov --cov-report=term

timing: $(VENV)/development
	$(BIN)/python -m pytest -m timing -rP

speed: $(VENV)/development
	$(BIN)/python -m tests.load

check: $(VENV)/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/development: pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[development]'
	@touch $@ $(VENV)/runtime
