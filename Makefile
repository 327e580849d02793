# Every command of the project. `make` alone prints this list.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
UV := .uv/bin/uv
COMPILE := $(UV) pip compile pyproject.toml --extra postgres --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --quiet --upgrade

.DEFAULT_GOAL := help
.PHONY: help setup run test check prove bench resilience fuzz lock docs catalogues stylesheets chromium

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## install the locked dependencies into .venv

$(STAMP): requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# Catalogues are compiled where gettext looks for them; the compiled files are not kept in git.
SOURCES_OF_TEXTS := $(wildcard locales/*/LC_MESSAGES/*.po)
COMPILED_TEXTS := $(SOURCES_OF_TEXTS:.po=.mo)

%.mo: %.po $(STAMP)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

setup: $(COMPILED_TEXTS)

run: setup ## serve a demonstration with synthetic people on 127.0.0.1:8000
	$(BIN)/triage serve --demonstration

# Browser tests need Chromium: from apt where we may, and otherwise they are skipped with a plain word (CI insists).
chromium:
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq >/dev/null \
		&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null 2>&1; then \
		echo "Chromium installed for the browser tests."; \
	elif [ "$(CI)" = true ]; then echo "CI needs Chromium for the browser tests, and it could not be installed." >&2; exit 1; \
	else echo "No Chromium here and no right to install it: the browser tests will be SKIPPED."; fi

TESTS ?= tests
test: setup chromium ## run every test, on both databases (TESTS=tests/rules for some, DATABASES=sqlite for one)
	$(BIN)/python -m pytest -q -n 3 --dist worksteal $(TESTS)

check: setup ## style, types, contracts between rooms, catalogues; flows checked, proved, covered
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python locales/catalogues.py check
	$(BIN)/triage check
	$(BIN)/triage prove
	$(BIN)/triage coverage --summary

prove: setup ## prove the safety properties over every flow
	$(BIN)/triage prove

bench: setup ## run every measurement of bench/, as JSON lines
	@for file in bench/*.py; do [ -e "$$file" ] || continue; case $$file in */_*) continue;; esac; \
		echo "# $$file" >&2; $(BIN)/python "$$file" || exit 1; done

resilience: setup ## kill workers, race edits, queue writers, send wild requests; figures as JSON lines
	$(BIN)/python -m tests.resilience.run

REQUESTS ?= 12000
fuzz: setup ## send wild requests to every route as everybody, on both databases (REQUESTS=750, DATABASES=postgresql)
	$(BIN)/python -m tests.fuzz.run $(REQUESTS)

docs: setup ## write the pages that are made from data, and list all pages of documentation
	$(BIN)/triage access > docs/security/access.md
	@for page in README.md docs/*.md docs/security/*.md docs/decisions/*.md; do [ -e "$$page" ] && printf '%-50s %s\n' "$$page" "$$(sed -n 's/^# //p;T;q' "$$page")"; done; true

catalogues: setup ## bring the texts of the screens into locales/*/LC_MESSAGES/messages.po
	$(BIN)/python locales/catalogues.py update
	@$(BIN)/python locales/catalogues.py check || echo "Now translate what is listed above."

stylesheets: ## rebuild static/govuk from static/source (needs Node 20)
	cd static/source && npm ci --silent && npm run --silent build

lock: ## lock the dependencies again, with hashes
	[ -x $(UV) ] || { $(PYTHON) -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check uv; }
	$(COMPILE) -o requirements.txt
	$(COMPILE) --group dev -o requirements-dev.txt
