# Every target sets up what it needs. PYTHON picks the interpreter for a new environment.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# Where the reference models' photographs are put.
PHOTOGRAPHS ?= build/photographs

.PHONY: help run test lint lab release validity attacks parity bench-sandbox bench-grading bench-training bench-viewer endurance claims reference-models ablation clean
help:
	@echo "make run      die fünf Lösungen ausführen: build/run/"
	@echo "make test     alle Tests"
	@echo "make lint     ruff und mypy"
	@echo "make release  die Notebooks für Studierende erzeugen: notebooks/"
	@echo "make validity messen, wie oft die Prüfungen irren: build/validity.json"
	@echo "make attacks  feindselige Abgaben bewerten: build/attacks.json"
	@echo "make parity   die Sammlung mit und ohne Sandkasten bewerten und vergleichen"
	@echo "make bench-sandbox  messen, was der Sandkasten kostet: build/bench/sandbox.json"
	@echo "make bench-grading  die Geschwindigkeit mit nbgraders eigener vergleichen: build/bench/grading.json"
	@echo "make bench-training  messen, wie schnell fit trainiert: build/bench/training.json"
	@echo "make bench-viewer  messen, wie schnell der Betrachter folgt: build/bench/viewer.json"
	@echo "make endurance  300 Abgaben bewerten, am Stück und mit fünf Abstürzen: build/endurance.json"
	@echo "make claims   messen, ob die Behauptung des Kurses stimmt: build/claims.json"
	@echo "make reference-models  die Referenzmodelle trainieren: srcourse/reference/models/"
	@echo "make ablation messen, was jedes Stück des Rezepts bringt: build/ablation.json"
	@echo "make lab      JupyterLab mit den Notebooks öffnen"

# Set up again whenever the list of dependencies changes; a broken set-up leaves no mark and is repeated. Bytecode is
# made on all cores, which pip does not do, and not for packages' own tests; some bring files that are no Python of this
# version, hence the "|| true".
$(INSTALLED): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --no-compile --constraint constraints.txt --editable ".[dev]"
	$(BIN)/python -m compileall -q -j 0 -x '/tests?/' $(VENV)/lib > /dev/null 2>&1 || true
	touch $@

run: $(INSTALLED)
	$(BIN)/python -m autograde run

# One thread for each of the two workers: more of them wait for each other.
test: $(INSTALLED)
	$(BIN)/python -m srcourse weights
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(INSTALLED)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --num-workers 2

release: $(INSTALLED)
	$(BIN)/python -m autograde release

validity: $(INSTALLED)
	$(BIN)/python -m autograde validity

attacks: $(INSTALLED)
	$(BIN)/python -m autograde attacks

parity: $(INSTALLED)
	$(BIN)/python -m autograde parity

bench-sandbox: $(INSTALLED)
	$(BIN)/python -m autograde sandbox-cost

bench-grading: $(INSTALLED)
	$(BIN)/python -m autograde bench-grading

bench-training: $(INSTALLED)
	$(BIN)/python -m autograde bench-training

bench-viewer: $(INSTALLED)
	$(BIN)/python -m autograde bench-viewer

endurance: $(INSTALLED)
	$(BIN)/python -m autograde endurance

claims: $(INSTALLED)
	scripts/photographs $(PHOTOGRAPHS)
	$(BIN)/python -m autograde claims $(PHOTOGRAPHS)

# May be stopped at any time: the next call goes on.
reference-models: $(INSTALLED)
	scripts/photographs $(PHOTOGRAPHS)
	$(BIN)/python -m autograde reference-models $(PHOTOGRAPHS)

ablation: $(INSTALLED)
	scripts/photographs $(PHOTOGRAPHS)
	$(BIN)/python -m autograde ablation $(PHOTOGRAPHS)

# The solutions' own answers stand ready, so that each notebook runs on its own.
lab: $(INSTALLED)
	$(BIN)/python -m autograde answers build/lab
	SRCOURSE_WORK=$(CURDIR)/build/lab $(BIN)/jupyter lab --notebook-dir=. --LabApp.default_url=/lab/tree/solutions

clean:
	rm -rf build dist
