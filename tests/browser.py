"""A real JupyterLab in a real, headless browser."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def find_browser() -> str:
    """Return the installed browser; without one a test is skipped, but on CI, which has to have it, fails."""
    for name in BROWSERS:
        found = shutil.which(name)
        if found:
            return found
    reason = "no chromium: scripts/system-packages installs it"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextlib.contextmanager
def jupyterlab(folder: Path, settings: Path) -> Iterator[str]:
    """Run JupyterLab in ``folder``, without anybody's own settings, and yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--IdentityProvider.token=",
        f"--ServerApp.port={address.rpartition(':')[2]}", "--ServerApp.port_retries=0", "--notebook-dir=.",
    ]  # fmt: skip
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SRCOURSE_")}
    environment |= {"JUPYTER_CONFIG_DIR": str(settings), "JUPYTER_DATA_DIR": str(settings / "data")}
    news = settings / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    news.mkdir(parents=True, exist_ok=True)
    (news / "notification.jupyterlab-settings").write_text(
        '{"fetchNews": "false", "checkForUpdates": false}', encoding="utf-8"
    )
    with (settings / "log.txt").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_for(f"{address}/api", server)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_for(address: str, server: subprocess.Popen[bytes], seconds: float = 180) -> None:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not answer within {seconds:.0f} s")


@contextlib.contextmanager
def open_page(address: str) -> Iterator[Page]:
    """Open a page of 1500 by 1000 pixels."""
    with sync_playwright() as playwright:
        # Chromium's own sandbox needs rights that root in a container does not have.
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        try:
            page = browser.new_page(viewport={"width": 1500, "height": 1000}, locale="de-DE")
            page.set_default_timeout(60_000)
            page.goto(address)
            yield page
        finally:
            browser.close()
