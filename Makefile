# Tout passe par .venv/, préparé au premier appel et refait quand requirements/ change.
# `make help` dit ce que l’on peut faire.

.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-print-directory

ROOT ?= .
OUTPUT ?= output
PORT ?= 8000
TYPE ?=

VENV := .venv
PY := $(VENV)/bin/python
RUN := $(PY) -m scripts
PIP := $(PY) -m pip install --quiet --require-hashes --disable-pip-version-check --no-input -r
NPM := $(PY) .ci/npm.py
CODE := plugins scripts tests benchmarks pelicanconf.py

.PHONY: help site serve check new test lint format bench lighthouse derive lock clean

help: ## affiche ces commandes
	@printf 'Commandes :\n'
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-18s%s\n", $$1, $$2}'
	@printf 'Options : ROOT=%s OUTPUT=%s PORT=%s\n' '$(ROOT)' '$(OUTPUT)' '$(PORT)'

site: $(VENV)/.runtime ## fabrique le site dans output/
	@$(RUN) build --root '$(ROOT)' --output '$(OUTPUT)'

serve: $(VENV)/.runtime ## montre sur cette machine le site, ses formulaires et la relecture, et le refait à chaque modification
	@$(RUN) serve --root '$(ROOT)' --port '$(PORT)'

check: $(VENV)/.runtime ## vérifie les fichiers, sans rien fabriquer
	@$(RUN) check --root '$(ROOT)'
	@if [ '$(ROOT)' = . ]; then $(RUN) derive --check; fi

new: $(VENV)/.runtime ## écrit une fiche en posant les questions (make new TYPE=event)
	@$(RUN) new $(if $(TYPE),'$(TYPE)') --root '$(ROOT)'

test: lint tests/node/node_modules/.stamp ## installe ce qu’il faut et passe tous les tests
	@CHROMIUM="$$(bash .ci/chromium)" && export CHROMIUM && \
	  $(PY) -m pytest -n auto -m 'not slow' && \
	  $(PY) -m pytest -n auto -m slow

lint: $(VENV)/.dev ## vérifie la forme et les types du code
	@$(PY) -m ruff check $(CODE)
	@$(PY) -m ruff format --check $(CODE)
	@$(PY) -m mypy

format: $(VENV)/.dev ## remet le code en forme
	@$(PY) -m ruff check --fix $(CODE)
	@$(PY) -m ruff format $(CODE)

bench: $(VENV)/.dev ## mesure la fabrication sur des sites de 1 000 et de 12 000 contributions
	@$(PY) -m benchmarks.build

lighthouse: site $(VENV)/.dev benchmarks/lighthouse/node_modules/.stamp ## note avec Lighthouse chaque sorte de page de output/, sur un téléphone
	@CHROMIUM="$$(bash .ci/chromium)" && export CHROMIUM && $(PY) -m benchmarks.lighthouse '$(OUTPUT)'

derive: $(VENV)/.runtime ## refait les documents tirés des schémas et du code
	@$(RUN) derive

lock: $(VENV)/.dev ## fixe à nouveau les versions des dépendances
	@$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml -o requirements/runtime.txt
	@$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --extra dev pyproject.toml -o requirements/dev.txt
	@for tools in tests/node benchmarks/lighthouse; do $(NPM) --prefix $$tools install --package-lock-only --ignore-scripts --no-audit --no-fund; done

clean: ## efface .venv/, output/ et les caches
	@rm -rf $(VENV) output .cache tests/node/node_modules benchmarks/lighthouse/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/.runtime: requirements/runtime.txt
	@[ -x $(PY) ] || bash .ci/venv $(VENV)
	@echo 'Installation des dépendances du site…' >&2
	@$(PIP) requirements/runtime.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@echo 'Installation des outils de développement…' >&2
	@$(PIP) requirements/dev.txt
	@touch $@

%/node_modules/.stamp: %/package-lock.json $(VENV)/.dev
	@echo 'Installation des outils de $* (Node)…' >&2
	@$(NPM) --prefix $* ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@
