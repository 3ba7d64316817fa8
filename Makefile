# The commands of this project. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
DORSI_HOME ?= $(CURDIR)/var
export DORSI_HOME
PY := .venv/bin/python
WEB := web/.venv/bin/python

.PHONY: help setup train run chat test test-services test-browser lint types lint-content accuracy coach-accuracy safety red-flags coverage baseline

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## install both environments from their lock files
	@deploy/setup

train: setup ## train the model if data or configuration changed
	@$(PY) -m deploy.train

run: train ## start everything; Ctrl-C stops it
	@$(WEB) -m deploy.run

chat: train ## talk to Dorsi in the terminal
	@$(WEB) -m deploy.chat

test: train ## every test that needs no outside server
	@$(PY) -m pytest --cov --cov-report=term:skip-covered
	@cd web && .venv/bin/python -m pytest
	@$(PY) -m pytest -m stack tests

test-services: export DORSI_TEST_POSTGRES ?= postgresql://postgres@127.0.0.1:5432/test
test-services: setup ## the tests against PostgreSQL
	@cd web && .venv/bin/python -m pytest -m postgres
	@$(PY) -m pytest tests/unit/diary

test-browser: train ## the page in Chromium (CHROMIUM names another path)
	@$(PY) -m pytest -m browser tests/browser

lint: setup ## ruff on both parts
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .
	@cd web && .venv/bin/ruff check . && .venv/bin/ruff format --check .

types: setup ## mypy strict on both parts
	@.venv/bin/mypy
	@cd web && .venv/bin/mypy

lint-content: setup ## check data/: names file, line and mend
	@$(PY) -m content.lint

accuracy: train ## measure on held-out messages; writes docs/accuracy.md
	@$(PY) -m tests.accuracy.measure

coach-accuracy: train ## how well the coach hears; writes docs/coach.md
	@$(PY) -m tests.coach.measure

safety: setup ## measure red flags on held-out messages; writes docs/safety.md
	@$(PY) -m tests.safety.measure

red-flags: setup ## what the rules miss or raise without need, and idle patterns
	@$(PY) -m triage.check

coverage: train ## which facts a patient's question reaches; writes docs/coverage.md
	@$(PY) -m tests.accuracy.coverage

baseline: setup ## the same measurement of `rasa init`'s default pipeline (about half an hour)
	@$(PY) -m tests.accuracy.baseline
