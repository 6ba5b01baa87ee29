"""Serving the lever page and opening it in a real browser, for several test files."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
needs_chromium = pytest.mark.skipif(not CHROMIUM.exists(), reason="no browser at /usr/bin/chromium")


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@contextmanager
def served(studies: Path) -> Iterator[str]:
    """Address of a page on the study `levers`, confirmed by two true runs, in a process of its own."""
    port = free_port()
    words = ["page", "levers", "--studies-dir", str(studies), "--port", str(port), "--no-browser", "--members", "2"]
    environment = os.environ | {"YINZHOU_ENV": "own", "PYTHONUTF8": "1"}
    environment.pop("PYTEST_CURRENT_TEST", None)  # with it NiceGUI serves nobody
    command = [sys.executable, str(ROOT / "run.py"), *words, "--workers", "1"]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(120):
                time.sleep(0.5)
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/?lang=en", timeout=5) as page:
                        assert page.status == 200
                    break
                except OSError:
                    assert server.poll() is None
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A real browser without a screen."""
    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield made
        made.close()


def opened(page: Page, address: str, faults: list[str], hosts: set[str]) -> Page:
    """A page that has answered; errors of its scripts and hosts that it asks are noted."""
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(address)
    expect(page.locator(".big")).to_contain_text("%", timeout=30_000)
    return page
