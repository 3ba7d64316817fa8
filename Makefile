# The commands of this project. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
DORSI_HOME ?= $(CURDIR)/var
export DORSI_HOME
PY := .venv/bin/python
WEB := web/.venv/bin/python
# Two test files at a time; of one file all by the same process, which prepares what they share.
SIDE_BY_SIDE ?= -n 2 --dist loadfile

.PHONY: help gate setup train run desk-admin desk-reset chat test test-coverage test-services test-widget test-channels test-browser test-publishing test-faults storm overhead load switching switch release-model turns start-time demo-data audit lint types lint-content accuracy coach-accuracy safety red-flags masking coverage baseline lab bench

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## install what the lock files name and build the widget
	@deploy/setup

train: setup ## train the model if data or configuration changed
	@$(PY) -m deploy.train

run: train ## start everything; Ctrl-C stops it
	@$(WEB) -m deploy.run

desk-admin: setup ## make an administrator of the staff's desk (NAME=ann, or it asks)
	@cd web && .venv/bin/python -m gateway migrate
	@cd web && .venv/bin/python -m desk admin $(if $(NAME),--name "$(NAME)") $(OPTIONS)

desk-reset: setup ## give a user of the desk a new password and no second factor (NAME=ann)
	@cd web && .venv/bin/python -m desk reset $(if $(NAME),--name "$(NAME)") $(OPTIONS)

chat: train ## talk to Dorsi in the terminal
	@$(WEB) -m deploy.chat

demo-data: train ## a few hundred invented conversations, for the desk (OPTIONS="--help" lists more)
	@PYTHONPATH=web $(WEB) -m demo $(OPTIONS)

test: train ## every test that needs no outside server
	@failed=; \
	$(PY) -m pytest $(SIDE_BY_SIDE) || failed=1; \
	(cd web && .venv/bin/python -m pytest $(SIDE_BY_SIDE)) || failed=1; \
	$(PY) -m pytest $(SIDE_BY_SIDE) -m stack tests || failed=1; \
	test -z "$$failed"

test-coverage: train ## which lines the unit tests reach; tracing makes the measured floors half as fast
	@$(PY) -m pytest --cov --cov-report=term:skip-covered tests/unit

test-services: export DORSI_TEST_POSTGRES ?= postgresql://postgres@127.0.0.1:5432/test
test-services: export DORSI_TEST_REDIS ?= redis://127.0.0.1:6379
test-services: setup ## the tests against PostgreSQL and Redis
	@cd web && .venv/bin/python -m pytest $(SIDE_BY_SIDE) -m 'postgres or redis'
	@$(PY) -m pytest tests/unit/diary tests/unit/tracking

test-widget: setup ## the widget: types, tests, and its weight
	@cd widget && npm run --silent check && npm run --silent test && npm run --silent budget

test-channels: setup ## the other chat protocols, with a real socket.io client
	@deploy/packages web/tests/channels
	@cd web && DORSI_TEST_NODE=1 .venv/bin/python -m pytest -m node

test-publishing: train ## a topic's whole way to patients, and switching with real processes (a quarter of an hour)
	@deploy/packages tests/browser
	@$(PY) -m pytest -m publishing tests/browser/desk/test_publishing.py tests/test_releases.py

test-faults: train ## kill every process at every point of a turn
	@$(PY) -m pytest -m faults tests/faults/test_kill_matrix.py

storm: train ## 200 random kills under load (about a quarter of an hour)
	@$(PY) -m tests.faults.storm --kills 200

overhead: train ## what the gateway adds to Rasa's answer
	@$(PY) -m tests.load.overhead

load: train ## 300 idle streams and 50 patients chatting
	@$(PY) -m tests.load.streams
	@$(PY) -m tests.load.chatting

start-time: train ## how long a start takes, beside what importing Rasa alone takes
	@$(PY) -m tests.load.start

desk-bench: setup ## the desk's pages with 100,000 conversations; writes docs/desk_speed.md (OPTIONS="--help" lists more)
	@cd web && .venv/bin/python -m tests.desk_load $(OPTIONS)

switching: train ## publish and go back while 20 patients chat on two replicas (OPTIONS="--help" lists more)
	@$(PY) -m tests.load.switching $(OPTIONS)

switch: setup ## serve another release, or go back to one (RELEASE=3)
	@cd web && DORSI_CODE="$$(cd .. && $(PY) -m deploy.train --code)" .venv/bin/python -m releases switch "$(RELEASE)"

release-model: setup ## train the model of a release anew, with the present code (RELEASE=3)
	@$(PY) -m deploy.train --release "$(RELEASE)"

turns: train ## what a turn costs as a conversation grows
	@TF_CPP_MIN_LOG_LEVEL=3 PYTHONWARNINGS=ignore SQLALCHEMY_SILENCE_UBER_WARNING=1 $(PY) -m tests.load.turns

test-browser: train ## the pages and the chat in Chromium (CHROMIUM names another path)
	@deploy/packages tests/browser
	@$(PY) -m pytest -m browser tests/browser

audit: setup ## look for packages with known vulnerabilities
	@deploy/packages tests/browser
	@$(WEB) -m deploy.audit

lint: setup ## ruff on both parts
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .
	@cd web && .venv/bin/ruff check . && .venv/bin/ruff format --check .

types: setup ## mypy strict on both parts
	@.venv/bin/mypy
	@cd web && .venv/bin/mypy

lint-content: setup ## check data/: names file, line and mend
	@$(PY) -m content.lint

gate: setup ## all that a change of data/ must pass before patients get it (OPTIONS="--help" lists more)
	@$(PY) -m gate --plain --out $(DORSI_HOME)/gate/last $(OPTIONS)

accuracy: train ## measure on held-out messages; writes docs/accuracy.md
	@$(PY) -m tests.accuracy.measure

coach-accuracy: train ## how well the coach hears; writes docs/coach.md
	@$(PY) -m tests.coach.measure

safety: setup ## measure red flags on held-out messages; writes docs/safety.md
	@$(PY) -m tests.safety.measure

masking: setup ## measure what the desk masks; writes docs/masking.md
	@cd web && .venv/bin/python -m tests.masking.measure

red-flags: setup ## what the rules miss or raise without need, and idle patterns
	@$(PY) -m triage.check

coverage: train ## which facts a patient's question reaches; writes docs/coverage.md
	@$(PY) -m tests.accuracy.coverage

baseline: setup ## the same measurement of `rasa init`'s default pipeline (about half an hour)
	@$(PY) -m tests.accuracy.baseline

lab: setup ## train and score candidate pipelines; writes docs/lab.md (OPTIONS="--help" lists more)
	@OMP_NUM_THREADS=1 RASA_TELEMETRY_ENABLED=false $(PY) -W ignore -m lab.understanding $(OPTIONS)

bench: train ## Dorsi beside `rasa init`'s default, on an idle machine; writes docs/bench.md (OPTIONS="--help" lists more)
	@$(PY) -m tests.bench $(OPTIONS)
