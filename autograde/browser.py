"""A real JupyterLab in a real, headless browser: for tests, measurements and the pictures of the README."""

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
from typing import Literal

from playwright.sync_api import Locator, Page, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MISSING = "no chromium: scripts/system-packages installs it"

_LAB_SETTINGS = {
    "apputils-extension/notification": '{"fetchNews": "false", "checkForUpdates": false}',
    "apputils-extension/themes": '{"theme": "JupyterLab Light"}',
    # Every cell stays on the page, wherever it is scrolled to.
    "notebook-extension/tracker": '{"windowingMode": "none"}',
}


def installed_browser() -> str | None:
    """Return the path of the installed browser, or None."""
    return next((found for found in map(shutil.which, BROWSERS) if found), None)


@contextlib.contextmanager
def jupyterlab(folder: Path, settings: Path, *, dark: bool = False) -> Iterator[str]:
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
    for name, content in _LAB_SETTINGS.items():
        chosen = settings / "lab" / "user-settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        chosen.parent.mkdir(parents=True, exist_ok=True)
        chosen.write_text(content.replace("Light", "Dark") if dark else content, encoding="utf-8")
    with (settings / "log.txt").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_for(f"{address}/api", server)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for_viewer(page: Page) -> None:
    """Wait until the viewer on a page shows what was wished for, with all its numbers."""
    page.wait_for_function(
        """() => {
          const viewer = document.querySelector(".srcourse-viewer");
          return viewer.getAttribute("aria-busy") === "false" && !viewer.innerText.includes("…");
        }"""
    )


def _wait_for(address: str, server: subprocess.Popen[bytes], seconds: float = 180) -> None:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not answer within {seconds:.0f} s")


@contextlib.contextmanager
def open_page(
    address: str,
    browser_path: str,
    *,
    width: int = 1500,
    height: int = 1000,
    scheme: Literal["light", "dark"] = "light",
) -> Iterator[Page]:
    """Open a page of the given size in CSS pixels, with the system's theme as given."""
    with sync_playwright() as playwright:
        # Chromium's own sandbox needs rights that root in a container does not have.
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        try:
            page = browser.new_page(
                viewport={"width": width, "height": height}, locale="de-DE", color_scheme=scheme
            )
            page.set_default_timeout(60_000)
            page.goto(address)
            yield page
        finally:
            browser.close()


def run_notebook(page: Page, address: str, path: str, seconds: float) -> Locator:
    """Open a notebook in JupyterLab, run all its cells, and return its comparison viewer once that shows a picture."""
    page.goto(f"{address}/lab/tree/{path}")
    # What is run before the kernel is connected is forgotten; the indicator in the notebook says "idle" even then.
    page.locator("#jp-main-statusbar", has_text="| Idle").wait_for()
    page.click(".lm-MenuBar-itemLabel:text-is('Run')")
    page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
    viewer = page.locator(".srcourse-viewer[data-shown]")
    viewer.wait_for(timeout=1000 * seconds)
    viewer.scroll_into_view_if_needed()
    return viewer
