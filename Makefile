# Every target sets up what it needs: system libraries where it can, .venv, the pinned packages, the compiled forms.
# A second run of the set-up takes a fraction of a second.

PYTHON := .venv/bin/python
PACKAGES := cocivic_desktop installer scripts tests

.DEFAULT_GOAL := help
.PHONY: help run demo test check bench screenshots forms translations package format setup setup-dev clean distclean

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

run: setup ## open the window on the sample workspace (without a display: make demo)
	@sh scripts/run.sh

demo: setup ## write the sample's agreement, schedule, hours and page pictures to build/demo/
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m scripts.demo

test: setup-dev ## run every test, with branch coverage below the window
	@sh scripts/test.sh

check: setup-dev ## lint, format, types, layers, dead and doubled code
	@sh scripts/check.sh $(PACKAGES)

bench: setup-dev ## measure against the goals; figures go to build/bench.json
	@$(PYTHON) -m tests.benchmarks

screenshots: setup ## render every page, light and dark, to build/screenshots/
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m scripts.screenshots

forms: setup ## compile forms, resources and translations again
	@$(PYTHON) installer/build_hook.py

translations: setup-dev ## bring resources/i18n/*.ts up to date with the sources
	@$(PYTHON) -m scripts.translations

package: setup-dev ## build the wheel and the source archive into dist/
	@$(PYTHON) -m build --no-isolation --outdir dist .

format: setup-dev ## put the sources into shape
	@.venv/bin/ruff check --fix $(PACKAGES)
	@.venv/bin/ruff format $(PACKAGES)

setup:
	@sh scripts/setup.sh run

setup-dev:
	@sh scripts/setup.sh dev

clean: ## remove everything that was built
	rm -rf build dist cocivic_desktop/_generated .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(PACKAGES) -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## remove .venv as well
	rm -rf .venv
