"""Make the README's pictures anew: `.venv-develop/bin/python tests/pictures.py` from the project's root.

A demonstration office in a folder of its own, Debian's Chromium without a window.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = {
    "today.png": "/",
    "register.png": "/plans/be-2015-2019/",
    "measure.png": "/plans/be-2015-2019/M16/",
    "who-owes-me.png": "/plans/be-2015-2019/owners/",
}
CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
}


@contextmanager
def demonstration() -> Iterator[str]:
    """A demonstration office that is served as long as the block runs; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="palermo-pictures-") as home:
        environment = os.environ | {"PALERMO_HOME": home, "PYTHONPATH": str(ROOT / "src")}
        environment.pop("PALERMO_INSECURE", None)
        command = [sys.executable, "-m", "palermo", "demo", "--port", str(port)]
        server = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str) -> None:
    """Wait until the office answers."""
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise TimeoutError(address)


def main() -> None:
    """Take the pictures."""
    folder = ROOT / "docs/pictures"
    folder.mkdir(exist_ok=True)
    with demonstration() as address, sync_playwright() as player:
        page = player.chromium.launch(**CHROMIUM).new_page(viewport={"width": 1280, "height": 860})
        page.goto(address)
        page.get_by_role("button", name="Bureau secretary").click()
        for name, path in PICTURES.items():
            page.goto(address + path)
            page.screenshot(path=folder / name)


if __name__ == "__main__":
    main()
