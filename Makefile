# Everything a developer runs. `make demo` and `make test` set up all they need on a machine that has only Python 3.11.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Named by what it stands for: files that a checkout brings may be older than the last installation.
STAMP := $(VENV)/.installed-$(shell cat pyproject.toml requirements-dev.lock | cksum | cut -d' ' -f1)

.PHONY: demo test format lint types contracts unit catalogue docs packs tables plans bench cases fuzz oracle-language oracle-schema oracle-source oracle-emulator oracle-strict rehearse-all corpus clean

$(STAMP):
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	# The bindings of cdktn are thousands of modules, of which few are ever imported: they are compiled as they are.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	rm -f $(VENV)/.installed*
	touch $(STAMP)

install: $(STAMP)

demo: $(STAMP)  ## the model-written payment stack that fails, and its corrected twin
	$(BIN)/python -m tools.demo

test: format lint types contracts unit  ## everything CI checks

format: $(STAMP)
	$(BIN)/ruff format --check .

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/python -m tools.catalogue --check

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports

unit: $(STAMP)
	$(BIN)/pytest -n 2 --cov --cov-report=term

catalogue: $(STAMP)  ## regenerate the list of rules
	$(BIN)/python -m tools.catalogue

docs: $(STAMP)  ## regenerate every generated page
	$(BIN)/python -m tools.pages

packs: $(STAMP)  ## build the knowledge packs from the pinned inputs (tools/packs/lock.json)
	$(BIN)/python -m tools.packs

tables: $(STAMP)  ## build the dated tables of facts (knowledge/data) from the pinned inputs
	$(BIN)/python -m tools.catalogues

golden: $(STAMP)  ## rewrite the expected findings of the rule programs
	$(BIN)/pytest tests/rules -n 0 --update-golden

plans: $(STAMP)  ## record what the real Terraform plans for the rule programs (needs terraform and the provider)
	$(BIN)/python -m tools.plans

bench: $(STAMP)  ## measure against the peers; writes docs/performance.md
	$(BIN)/python -m tools.bench

cases: $(STAMP)  ## the table of cases and pairs with expected and given verdicts
	$(BIN)/python -m tools.cases

oracle-language: $(STAMP)  ## compare expressions, functions and configurations with the real Terraform, where there is one
	$(BIN)/python -m tools.oracle_language.run $(or $(ORACLE_FOLDER),out/oracle-language)
	$(BIN)/python -m tools.oracle_language.mistakes
	$(BIN)/pytest tests/frontends/terraform/test_recorded_mistakes.py -q

fuzz: $(STAMP)  ## coverage-guided fuzzing of the frontends, for FUZZ_SECONDS each
	$(BIN)/python -m tools.fuzz --seconds $(or $(FUZZ_SECONDS),120)

oracle-schema: $(STAMP)  ## compare the schema pass with Terraform and the real AWS provider, where they are
	$(BIN)/python -m tools.oracle_schema.run $(or $(ORACLE_FOLDER),out/oracle-schema)
	$(BIN)/python -m tools.oracle_schema.provider $(or $(ORACLE_FOLDER),out/oracle-schema)

oracle-emulator: $(STAMP)  ## apply every resource type of the platforms against the emulator; writes docs/emulator.md
	$(BIN)/python -m tools.oracle_emulator.run $(or $(ORACLE_FOLDER),out/oracle-emulator) --record

oracle-strict: $(STAMP)  ## rehearse every founding case in both languages; writes docs/emulator.md (ONLY for some)
	$(BIN)/python -m tools.oracle_emulator.cases $(or $(ORACLE_FOLDER),out/oracle-strict) $(if $(ONLY),--only $(ONLY))
	$(BIN)/python -m tools.oracle_emulator.page

rehearse-all: $(STAMP)  ## deploy every platform in every environment to the emulator; writes docs/rehearsals.md (NAMES for some)
	$(BIN)/python -m tools.rehearsals.run $(NAMES) --folder $(or $(REHEARSALS_FOLDER),out/rehearsals)

oracle-source: $(STAMP)  ## compare names with the libraries' own tables (where their wheels are), and calls with the installed cdktn
	$(BIN)/python -m tools.oracle_source.names
	$(BIN)/python -m tools.oracle_source.calls $(or $(ORACLE_FOLDER),out/oracle-source)
	$(if $(GO_BINDINGS),$(BIN)/python -m tools.oracle_source.go_names $(GO_BINDINGS))
	$(if $(GO_PROGRAMS),$(BIN)/python -m tools.oracle_source.go_fixes $(GO_PROGRAMS))

clean:
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis
