# The commands of this project; `make help` lists them. Set-up is part of each: see packaging/bootstrap.py.
.DEFAULT_GOAL := help
.PHONY: help run test test-long bench lint format written screenshots lock wheel package reproducible clean setup-run setup-test

# The first Python that is new enough; name another with `make PYTHON=/usr/bin/python3.12 ...`.
PYTHON ?= $(shell sh packaging/find-python.sh)
BIN := .venv/bin

# One shell word, whatever spaces or quotes the folder's name has.
quote = '$(subst ','\'',$(1))'

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

run: setup-run ## Back photos up to a demo server on this computer: make run PHOTOS=DIR (or samples)
	@IMMICH_TRAY_HOME=$(call quote,$(CURDIR)/.run) $(BIN)/python -m tray_app demo $(if $(PHOTOS),$(call quote,$(value PHOTOS)))

test: lint wheel ## Check everything: style, types, layers, wheel, tests
	$(BIN)/python -m pytest -n 3 --dist loadfile --ignore tests/scale
	$(BIN)/python -m pytest tests/scale

test-long: setup-test ## The large tests (hours are possible); writes docs/results-long.md
	$(BIN)/python -m pytest -m long --results docs/results-long.md

bench: setup-test ## Measure beside the limits; writes docs/bench.md (make bench SCALE=0.1 STRICT=1)
	$(BIN)/python -m tests.bench --scale $(or $(SCALE),1) $(if $(STRICT),--strict)

lint: setup-test ## Style, types and layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup-test ## Let the formatter have its way
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

wheel: setup-test ## Build the wheel, install it elsewhere with Debian's pip, try it
	$(BIN)/python packaging/smoke.py

written: setup-test ## Write anew what is made from the code: pages, manual, catalogues of texts
	$(BIN)/python packaging/settings_doc.py
	$(BIN)/python packaging/cli_docs.py
	$(BIN)/python packaging/messages_doc.py
	$(BIN)/python packaging/translations.py

screenshots: setup-test ## Take the pictures of the README anew (resources/screenshots)
	$(BIN)/python -m tests.ui.shots

package: setup-test ## Build what people install on Linux: folder, archive, .deb (into dist/)
	$(BIN)/python packaging/package.py

reproducible: setup-test ## Build everything twice and compare byte for byte
	$(BIN)/python packaging/reproducible.py

lock: ## Solve the requirements anew (needs uv: make lock UV=/path/to/uv)
	UV=$(call quote,$(UV)) $(call quote,$(PYTHON)) packaging/lock.py

clean: ## Remove what the commands here made, except the demo's photos in .run
	rm -rf .venv .build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

setup-run:
	@$(call quote,$(PYTHON)) packaging/bootstrap.py run

setup-test:
	@$(call quote,$(PYTHON)) packaging/bootstrap.py test
