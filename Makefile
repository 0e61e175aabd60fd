# `make` alone lists the targets. Every command of the project stands here.
PYTHON ?= python3.11
BIN    := .venv/bin
PY     := $(BIN)/python
STAMP  := .venv/.installed
BENCH  := .venv/bench/.installed

.DEFAULT_GOAL := help
.PHONY: help install demo test check format lint types imports e2e e2e-kafka quality bench bench-all pictures schemas lock all clean

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

install: $(STAMP) ## make .venv with what requirements-dev.lock pins

$(STAMP): requirements-dev.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "needs Python 3.11: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: $(STAMP) ## the whole job on the seeds: broker, workers, feeder, live alerts
	$(BIN)/newsmon demo seeds

test: $(STAMP) ## every test that needs no JVM, the embedded broker's included
	$(PY) -m pytest -n 2 --dist loadfile -m "not kafka and not slow"

check: $(STAMP) ## format, lint, types, imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## let ruff mend what it can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

e2e-kafka: $(STAMP) ## the tests on a real Apache Kafka (a JVM, or NEWSMON_TEST_KAFKA)
	$(PY) -m pytest -m "kafka and not slow"

quality: $(STAMP) ## the scoreboard of what is read and alerted
	$(PY) -m tests.quality.scoreboard
	$(PY) -m tests.quality.score_pages
	$(PY) -m tests.quality.score_intake
	$(PY) -m tests.quality.score_topics
	$(PY) -m tests.quality.score_entities

$(BENCH): tests/bench/requirements.txt $(STAMP)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --upgrade \
	  --target .venv/bench -r tests/bench/requirements.txt
	@touch $(BENCH)

SIZE ?= 200

bench: $(BENCH) ## newsmon beside what people would use instead: one table (SIZE=200 articles)
	$(PY) -m tests.bench.compare $(SIZE)

bench-all: $(BENCH) ## every bench, figures into docs/performance.md (an hour; the machine to itself)
	$(PY) -m tests.bench.all

pictures: $(STAMP) ## docs/pictures from the desk of a demo (needs chromium and tmux)
	$(PY) -m tools.pictures

schemas: $(STAMP) ## write schemas/json from the models
	$(PY) -m schemas.export

LOCK := uv pip compile pyproject.toml --python-version 3.11 --universal --quiet \
        --generate-hashes --no-emit-index-url --no-header

lock: ## pin what pyproject.toml asks for, with hashes and without addresses (needs uv)
	$(LOCK) -o requirements.lock
	$(LOCK) --extra dev -c requirements.lock -o requirements-dev.lock
