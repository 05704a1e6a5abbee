# The commands of this house; each one prepares what it needs.
# Everything runs in .venv, which the locks in requirements/ fill.

PORT ?= 8000
SCALE ?= 1
WORKERS ?= 2
PYTHON := .venv/bin/python
LOCK = $(PYTHON) -m uv pip compile --quiet --universal --generate-hashes --no-annotate \
	--python-version 3.11 --custom-compile-command "make lock" pyproject.toml

.PHONY: demo test audit-http fuzz chaos check format migrate seed schema bench bench-live lock clean demo-venv development-venv

demo: demo-venv ## a living neighbourhood on http://127.0.0.1:8000/graphql
	@$(PYTHON) -m server demo --port $(PORT)

test: development-venv ## every test, on real engines
	$(PYTHON) -m pytest -n $(WORKERS) --dist worksteal

audit-http: development-venv ## the audits of graphql-http and the clients of docs/clients; needs Node
	$(PYTHON) -m pytest tests/http -p no:xdist

fuzz: development-venv ## 5,000 valid and 5,000 spoilt documents, by plans and without, and schemathesis
	$(PYTHON) -m pytest tests/attacks/test_fuzz.py tests/attacks/test_schemathesis.py \
		tests/schema/test_plan.py -p no:xdist --documents=5000

chaos: development-venv ## the long form of the faults, and its table; about ten minutes
	$(PYTHON) -m pytest tests/faults -m faults --faults=long -p no:xdist

check: development-venv ## whatever can be said without running a test
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	$(PYTHON) -m server schema --check
	$(PYTHON) -m server migrate --check
	@if [ -f .ci/lint ]; then sh .ci/lint; fi
	@sh .ci/audit

format: development-venv
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

migrate: development-venv ## DATABASE_URL up to date; NAME=what_changes writes the migration
	$(PYTHON) -m server migrate $(if $(NAME),--make $(NAME))

seed: development-venv ## DATABASE_URL filled with SCALE times Deinze
	$(PYTHON) -m server seed --scale $(SCALE)

schema: development-venv ## schema/schema.graphql
	$(PYTHON) -m server schema

bench: development-venv
	$(PYTHON) -m bench

bench-live: development-venv ## the live feed before crowds, beside a bare loop and the ordinary way
	$(PYTHON) -m bench.contest

lock: development-venv ## requirements/, from pyproject.toml
	$(LOCK) --extra embedded --extra otel --extra dev --output-file requirements/development.txt
	$(LOCK) --extra embedded --constraint requirements/development.txt \
		--output-file requirements/demo.txt
	$(LOCK) --constraint requirements/development.txt --output-file requirements/production.txt
	$(LOCK) --extra otel --constraint requirements/development.txt \
		--output-file requirements/otel.txt

clean: ## all but the data of the demo
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

demo-venv development-venv:
	@sh .ci/install $(@:-venv=)
