# make run: a fresh machine → the page on http://127.0.0.1:7860. make test: a fresh machine → all tests.
HOST ?= 127.0.0.1
PORT ?= 7860
PYTHON ?= python3
BIN := .venv/bin
export HOST PORT

.PHONY: run test check setup bench docs screenshots lock clean

run: setup
	$(BIN)/wenbao build --if-changed
	$(BIN)/wenbao serve

test: setup
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# All sections, or some: make bench SECTIONS="ask process"
bench: setup
	$(BIN)/python -m bench $(SECTIONS)

# docs/cli.md, from the commands themselves.
docs: setup
	$(BIN)/python -m tests.docs.cli_help

screenshots: setup
	$(BIN)/python -m bench.screenshots

setup: .venv/.done

# --no-deps: the lock names every package, so nothing else may come in.
.venv/.done: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# Renew the lock from pyproject.toml's ranges, in an environment of its own.
lock:
	rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet torch==2.13.0 setuptools wheel
	.venv-lock/bin/pip install --quiet ".[test]"
	(head -4 requirements.lock; .venv-lock/bin/pip freeze --all --exclude pip --exclude wenbao | sed 's/+cpu$$//') > requirements.new
	mv requirements.new requirements.lock && rm -rf .venv-lock

clean:
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache
