# make study   the four cities, from the yearbook series to out/index.html
# make test    the fast tests (make test SLOW=1: all of them, with more examples for each property)
# make browser pages looked at in Chromium: rules of access, widths, folds, print (PAGES=out: those of finished studies)
# make numbers the numerical tests; CI runs them on another linear-algebra kernel and for a plain processor
# make lint    format, lint, types and the import contracts
# make check   lint, the fast tests and the site: what a pull request needs
# make docs    the site, in site/; a broken link, anchor or reference is an error
# make pages   the pages of docs/ that the code writes, and the drawings
# make lock    requirements/tested.txt: the versions that .venv has
# Each makes .venv itself; PYTHON=python3.13 chooses the interpreter it is made from.

PYTHON ?= python3
VENV ?= .venv
WORKERS ?= 2
CITIES = jixi hegang shuangyashan qitaihe
# Linear algebra runs in one thread: the matrices are small, and the threads of two workers wait for one another.
ONE_THREAD = OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1
# The tests of a file run in one worker, which makes the model or result that they share once.
PYTEST = $(ONE_THREAD) $(VENV)/bin/python -m pytest -n $(WORKERS) --dist loadfile
FAST = -m "not slow and not notebook and not browser"
NUMERICAL = tests/analysis tests/simulation/engine tests/study

.DELETE_ON_ERROR:
.PHONY: study test browser numbers lint clean

study: $(VENV)/.ready
	$(VENV)/bin/rcsd study $(CITIES) --out out --workers $(WORKERS)

test: $(VENV)/.ready
	$(PYTEST) $(if $(SLOW),--hypothesis-profile=thorough,$(FAST))

# One browser, and the pages are made once: no workers.
browser: $(VENV)/.ready
	$(ONE_THREAD) RCSD_PAGES=$(PAGES) $(VENV)/bin/python -m pytest -m browser tests/browser

numbers: $(VENV)/.ready
	$(PYTEST) -m "not slow and not process" $(NUMERICAL)

lint: $(VENV)/.ready-dev
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

.PHONY: check docs pages lock

check: lint test docs

docs: $(VENV)/.ready-docs
	$(VENV)/bin/zensical build --strict --clean

pages: $(VENV)/.ready
	$(VENV)/bin/python docs/scripts/architecture.py
	$(VENV)/bin/python docs/scripts/study_keys.py
	$(VENV)/bin/python docs/scripts/steps.py
	$(VENV)/bin/python -m rcsd.simulation.functions > docs/functions.md

lock: $(VENV)/.ready-dev $(VENV)/.ready-docs
	( echo "# Versions that the tests passed with; make lock writes them."; \
	  $(VENV)/bin/python -m pip freeze --exclude-editable ) > requirements/tested.txt

clean:
	rm -rf $(VENV) out site build dist

$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("rcsd needs Python 3.11 or newer: make PYTHON=python3.13 ...")'
	$(PYTHON) -m venv $(VENV)
	touch $@

# The package is installed in place, so only a change of its requirements asks for pip again.
$(VENV)/.ready: pyproject.toml $(VENV)/.made
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

$(VENV)/.ready-docs: $(VENV)/.ready
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	touch $@
