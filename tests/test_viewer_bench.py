"""What becomes of the times that a browser took: the report on the viewer's speed."""

import json
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from autograde import viewer_bench


def test_report_has_its_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("installed_browser", "jupyterlab", "open_page", "run_notebook", "_settle"):
        monkeypatch.setattr(viewer_bench, name, MagicMock())
    monkeypatch.setattr(viewer_bench, "_press", lambda page, slider, keys: [7.0] * len(keys))
    monkeypatch.setattr(viewer_bench, "_pointer", lambda page, viewer, sent: 5.4)
    monkeypatch.setattr(viewer_bench, "REPORT", tmp_path / "viewer.json")
    viewer_bench.measure(lambda line: None)
    times = {"p50_ms": 7.0, "p95_ms": 7.0}
    assert json.loads((tmp_path / "viewer.json").read_text("utf-8")) == {
        "cached": times, "first": times, "blend": times, "pointer_frame_p95_ms": 5.4,
    }  # fmt: skip
