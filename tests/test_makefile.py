"""The Makefile, and the commands that the texts name: all of them are there."""

import os
import re
from importlib import import_module

import pytest
import typer

from autograde.course import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
TEXTS = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md"))
)


def test_targets_are_phony_and_help_names_those_that_make_something() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.*)", MAKEFILE, re.MULTILINE)
    assert set(phony.split()) == TARGETS
    named = re.findall(r'^\t@echo "make ([a-z-]+) ', MAKEFILE, re.MULTILINE)
    assert set(named) == TARGETS - {"help", "clean"}
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)(?=`| +#)", TEXTS, re.MULTILINE)) <= TARGETS


@pytest.mark.parametrize("package", ["autograde", "srcourse"])
def test_commands_of_recipes_and_texts_exist(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # A module that is run does so when it is imported, too.
    monkeypatch.setattr(typer.Typer, "__call__", lambda self: None)
    command = typer.main.get_command(import_module(f"{package}.__main__").app)
    called = re.findall(rf"-m {package} ([a-z-]+)", MAKEFILE)
    assert called
    assert set(called) | set(re.findall(rf"-m {package} ([a-z-]+)", TEXTS)) <= command.commands.keys()  # type: ignore[attr-defined]


def test_scripts_of_recipes_exist() -> None:
    scripts = re.findall(r"^\t(scripts/\S+)", MAKEFILE, re.MULTILINE)
    assert scripts and all(os.access(ROOT / script, os.X_OK) for script in scripts)
