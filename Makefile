# `make help` says what there is. Each target sets up .venv by itself the first time.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev

POST ?= examples/showcase/index.md
OUT ?= build
FENCEPOST := $(BIN)/fencepost
FENCEPOST_READY := $(READY)

.DEFAULT_GOAL := posts
include fencepost.mk

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(READY_DEV): $(READY)
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

.PHONY: help setup check format test test-corpus accept fuzz ask pandocs hostile bench compare gallery clean
help: ## say what there is
	@echo "make                  the example in all three formats, into $(OUT)"
	@echo "make html POST=path   one post as html (pdf, epub), into OUT=$(OUT)"
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /make \1|/' | awk -F'|' '{printf "%-21s %s\n", $$1, $$2}'

setup: $(READY_DEV) ## install fencepost and what its tests need into .venv

check: $(READY_DEV) ## format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(READY_DEV) ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: $(READY_DEV) ## all tests, a process a core
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

test-corpus: $(READY_DEV) ## the tests that measure against the corpora in FENCEPOST_CORPUS
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m corpus

accept: $(READY_DEV) ## rewrite the expected halves of tests/cases
	FENCEPOST_ACCEPT=1 $(BIN)/python -m pytest tests/test_cases.py

fuzz: $(READY_DEV) ## write posts at random, as many as FENCEPOST_FUZZ=2000, and look for lost words, wrong places, tracebacks
	HYPOTHESIS_PROFILE=search FENCEPOST_FUZZ=$(or $(FENCEPOST_FUZZ),2000) $(BIN)/python -m pytest tests/test_nothing_lost.py tests/test_random_posts.py

pandocs: $(READY_DEV) ## install the pandocs that our users have, into .pandocs, and run what must work with each
	$(BIN)/python tests/tools/pandocs.py .pandocs
	$(BIN)/python -m pytest tests/test_pandocs.py

ask: $(READY_DEV) ## write fences at random and compare with the tools whose dialects we read
	npm ci --prefix tests/tools/dialects --silent --no-audit --no-fund --ignore-scripts
	$(BIN)/python tests/dialect_cases.py --search $(or $(SEED),1)
	$(BIN)/python tests/dialect_documents.py --search $(or $(SEED),1)

hostile: $(READY_DEV) ## convert small, hard posts as a stranger's, and say what each cost
	$(BIN)/python tests/hostile.py

bench: $(READY_DEV) ## time and memory beside pandoc alone
	$(BIN)/python tests/bench.py

compare: $(READY_DEV) ## print one post by four ways, as a table
	$(BIN)/python tests/compare.py

gallery: $(READY_DEV) ## draw the pictures of the manual anew, into docs/pictures
	$(BIN)/python tests/gallery.py

clean: ## remove what was built
	rm -rf $(OUT) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
