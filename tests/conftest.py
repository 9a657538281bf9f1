"""Fixtures that several test files share."""

import os
from typing import TYPE_CHECKING

import pytest
import torch

if TYPE_CHECKING:
    from autograde.coursefolder import CourseFolder


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
def needs_sandbox() -> None:
    """Skip a test, or fail it in CI, where submissions cannot be isolated."""
    from autograde.sandbox import SandboxUnavailableError, bubblewrap

    try:
        bubblewrap.require()
    except SandboxUnavailableError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))
