# make run: a fresh machine → the page on http://127.0.0.1:7860. make test: a fresh machine → all tests.
HOST ?= 127.0.0.1
PORT ?= 7860
PYTHON ?= python3
BIN := .venv/bin
export HOST PORT

.PHONY: run train test check setup gold ablate bench docs screenshots lock hashes audit sbom clean

# Every model that search/ loads, from train/data and tests/data, one seed; docs/training.md has what it printed. CHECK=1: prints, writes nothing.
train: setup
	$(BIN)/python -W ignore -m train $(if $(CHECK),--check)

run: setup
	$(BIN)/wenbao build --if-changed
	$(BIN)/wenbao serve

# Two processes, each with its share of the files; threads of their own would only stand in each other's way.
test: setup
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# Every gold question against its stored level; ACCEPT=1 stores a new one, in a commit of its own. PART=1: what CI runs. SETS="asks multi"
gold: setup
	$(BIN)/python -m gold $(if $(ACCEPT),--accept) $(if $(PART),--part) $(SETS)

# What each rule, pattern, constant, feature and word is worth, into gold/ablation.tsv; PARTS="search.match.fits everyday": some of it; PART=1: by
# the questions that CI runs.
ablate: setup
	$(BIN)/python -m gold.ablate $(if $(PART),--part) $(PARTS)

# All sections, or some: make bench SECTIONS="ask process"
bench: setup
	$(BIN)/python -m bench $(SECTIONS)

# docs/cli.md, from the commands themselves.
docs: setup
	$(BIN)/python -m tests.docs.cli_help

screenshots: setup
	$(BIN)/python -m bench.screenshots

setup: .venv/.done

# --no-deps: the lock names every package, so nothing else may come in; and only with the hashes in it. torch comes first, without
# one: its CPU build differs by machine.
TORCH := $(shell sed -n 's/.*"\(torch==[^"]*\)".*/\1/p' pyproject.toml)
PIP := pip install --quiet --disable-pip-version-check
.venv/.done: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/$(PIP) --no-deps $(TORCH)
	$(BIN)/$(PIP) --no-deps --require-hashes -r requirements.lock
	$(BIN)/$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

# What looks after the packages lives in an environment of its own.
TOOLS := uv==0.13.9 pip-audit==2.10.1 cyclonedx-bom==7.5.0
.venv-tools/.done: Makefile
	test -x .venv-tools/bin/python || $(PYTHON) -m venv .venv-tools
	.venv-tools/bin/$(PIP) $(TOOLS)
	touch $@

# Renew the lock from pyproject.toml's ranges, in an environment of its own.
lock: .venv-tools/.done
	rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock
	.venv-lock/bin/$(PIP) $(TORCH) setuptools wheel
	.venv-lock/bin/$(PIP) ".[test,mcp,milvus,ocr]"
	(sed -n '/^#/p' requirements.lock; .venv-lock/bin/pip freeze --all --exclude pip --exclude wenbao) > requirements.new
	mv requirements.new requirements.lock && rm -rf .venv-lock
	$(MAKE) hashes

# The lock's hashes, for every file of each version in it: after a line `name==version` was put in or changed by hand.
PINNED := sed -n 's/^\([A-Za-z0-9._-]*==[^ \\;]*\).*/\1/p' requirements.lock
hashes: .venv-tools/.done
	(sed -n '/^#/p' requirements.lock; $(PINNED) | grep -v '^torch==' > requirements.new; \
	 .venv-tools/bin/uv pip compile --quiet --no-deps --generate-hashes --no-header --no-annotate requirements.new) > requirements.hashed
	mv requirements.hashed requirements.lock && rm requirements.new

# Known weaknesses of what is locked; where the data about them cannot be reached, that is said, and nothing passes as checked.
audit: .venv-tools/.done
	@mkdir -p var && (echo $(TORCH); $(PINNED)) > var/audit.in
	@.venv-tools/bin/pip-audit --no-deps --disable-pip --strict --progress-spinner off -r var/audit.in > var/audit.txt 2>&1; status=$$?; \
	 if grep -qE 'could not be audited|onnection|timed out|HTTPError' var/audit.txt; then \
	   echo "make audit: the vulnerability data cannot be reached from here, NOTHING was checked ($$(tail -1 var/audit.txt | cut -c1-100))"; exit 2; \
	 fi; cat var/audit.txt; exit $$status

# The bill of materials, CycloneDX: what .venv holds, with versions and licences.
sbom: setup .venv-tools/.done
	@mkdir -p var && .venv-tools/bin/cyclonedx-py environment --output-reproducible --pyproject pyproject.toml -o var/sbom.json $(BIN)/python
	@echo var/sbom.json

clean:
	rm -rf .venv .venv-tools .venv-lock var .mypy_cache .ruff_cache .pytest_cache
