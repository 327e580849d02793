# Every command of the project. `make` alone prints this list.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
UV := .uv/bin/uv
COMPILE := $(UV) pip compile pyproject.toml --extra postgres --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --quiet --upgrade

.DEFAULT_GOAL := help
.PHONY: help setup run test check prove bench lock docs catalogues stylesheets chromium

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## install the locked dependencies into .venv

$(STAMP): requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
