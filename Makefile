# make demo   sets up and shows the sample course
# make test   sets up and runs every check
# make matrix runs the tests on every Python from 3.11 on that it finds, or on PYTHONS="python3.12 /a/python3.14"
# The environment is .venv; it is made again when the lock or pyproject.toml changes.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/installed
# One more than there are cores, as tests wait for servers and browsers.
JOBS   ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

.PHONY: install demo test matrix transcripts lint lint-js format bench soak docs screenshots lock clean

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: $(STAMP)
	@$(BIN)/conceptmap demo

test: lint
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

# The tests on each Python, in environments of their own; make matrix QUICK=1 leaves out what takes long.
matrix: $(STAMP)
	$(BIN)/python tests/matrix.py $(if $(QUICK),--quick) $(if $(OTHERS),--others)

# Writes anew what the documentation and the tests show of the command line; look at the difference.
transcripts: $(STAMP)
	$(BIN)/python -m pytest --rewrite-transcripts tests/test_cli_docs.py tests/test_cli_transcripts.py

lint: $(STAMP) lint-js
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The JavaScript of the web page: Biome lints it, TypeScript checks the types in its comments. The product needs
# neither, so a machine without npm (18 or newer of node) skips this check; in CI that is a failure.
NODE_TOOLS := node_modules/.package-lock.json

lint-js:
	@if command -v npm >/dev/null && $(MAKE) --silent $(NODE_TOOLS); then npm run --silent lint; \
	elif [ -n "$$CI" ]; then echo "lint-js: npm or its tools are missing, and in CI the JavaScript is checked" >&2; exit 1; \
	else echo "lint-js: skipped, as npm or its tools are missing (Debian: apt install npm)"; fi

$(NODE_TOOLS): package-lock.json
	npm ci --silent --ignore-scripts --no-audit --no-fund
	touch $@

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@if [ -e $(NODE_TOOLS) ]; then npm run --silent format; fi

# What is measured on large maps takes an hour; make bench QUICK=1 takes smaller ones.
bench: $(STAMP)
	$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

# Long trials of a running service: killed, power cuts, a full disk, many writers, ten minutes of mixed load,
# PgBouncer, a primary that dies, a replica that falls behind; and every property with twenty times as many examples.
soak: $(STAMP)
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --hypothesis-profile=thorough -m hypothesis
	$(BIN)/python tests/soak.py

# The documentation as a site, in build/docs; a warning is an error.
docs: $(STAMP)
	$(BIN)/python tests/docs_site.py build/docs

# Pictures of the web page, in build/screenshots.
screenshots: $(STAMP)
	$(BIN)/python tests/screenshots.py

# Renews every pin, for all platforms and Python versions that the package allows.
lock:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --upgrade --all-extras --no-annotate --no-emit-package conceptmap \
	    --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) node_modules build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
