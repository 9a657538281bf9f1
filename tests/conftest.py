"""Fixtures that several test files share."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import torch

if TYPE_CHECKING:
    from autograde.coursefolder import CourseFolder

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def real_weights() -> None:
    """Have the pretrained networks in the ordinary cache: one download of 64 MB per machine."""
    from srcourse.weights import provision

    provision(progress=False)


@pytest.fixture(scope="session")
def course_weights(real_weights: None) -> None:
    """Let torchvision and lpips find the pretrained networks, as a notebook's first cell does."""
    from srcourse import weights

    weights.ensure()


@pytest.fixture(scope="session")
def prepared_course(tmp_path_factory: pytest.TempPathFactory) -> "CourseFolder":
    """Have a course folder whose gradebook knows Aufgabe 1; tests work on copies."""
    from autograde.batch.record import Recorder
    from autograde.coursefolder import create

    course = create(tmp_path_factory.mktemp("prepared") / "kurs")
    Recorder(course, "aufgabe1").prepare()
    return course


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests marked ``gpu`` where there is none."""
    if torch.cuda.is_available():
        return
    for item in items:
        if item.get_closest_marker("gpu"):
            item.add_marker(pytest.mark.skip(reason="no CUDA device"))


@pytest.fixture(scope="session")
def shipped_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reference networks that nobody trained: 2x with both losses, 4x with one."""
    from reference_models import write_models

    return write_models(tmp_path_factory.mktemp("models"))


@pytest.fixture
def models(shipped_models: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the course find the reference networks of :func:`shipped_models`."""
    from srcourse.reference import files

    monkeypatch.setattr(files, "MODELS", shipped_models)
    return shipped_models


@pytest.fixture(scope="session")
def needs_sandbox() -> None:
    """Skip a test, or fail it in CI, where submissions cannot be isolated."""
    from autograde.sandbox import SandboxUnavailableError, bubblewrap

    try:
        bubblewrap.require()
    except SandboxUnavailableError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library as students install it."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT],
        check=True,
    )
    (built,) = folder.glob("*.whl")
    return built
