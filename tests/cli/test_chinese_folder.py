"""The whole project in a folder with Chinese characters and a blank in its name, its studies in it too."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.recipes.newcomer import ROOT, Project

pytestmark = pytest.mark.slow  # a copy compiles its rules anew
SMALL = ("--smoke", "--members", "2", "--scale", "5000", "--workers", "1", "--lang", "zh", "--quiet")


PATIENCE = 1200.0
"""Seconds that a command may take; rules are compiled in the first."""


def environment(root: Path) -> dict[str, str]:
    """What a command of the copy is started with; what is compiled there stays there."""
    mine = {"YINZHOU_ENV": "own", "PYTHONUTF8": "1", "NUMBA_CACHE_DIR": str(root / "编译 缓存")}
    return {name: value for name, value in (os.environ | mine).items() if name != "PYTEST_CURRENT_TEST"}


def called(copy: Path, *words: str) -> str:
    """What a command of the copy puts on the screen; it must end well."""
    line, env = [sys.executable, "run.py", *words], environment(copy)
    done = subprocess.run(line, capture_output=True, encoding="utf-8", env=env, cwd=copy, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with a study of two scenarios, run there."""
    made = Project.copy(tmp_path_factory.mktemp("home") / "鄞州 研究").root
    shutil.copy(ROOT / "CITATION.cff", made)
    called(made, "project", "--scenarios", "baseline", "plan", *SMALL, "--to", "2021", "--study", "甲")
    return made


@pytest.mark.parametrize(
    "words",
    [
        *(f"report 甲 --lang zh --format {kind}" for kind in ("docx", "html", "pdf", "xlsx")),
        "chart 甲 fan --lang zh",
        "export 甲 --into 导出",
    ],
)
def test_what_readers_get_is_written_there(copy: Path, words: str) -> None:
    """Reports in every format, a chart and open data: each file that the command names is there."""
    named = [copy / line for line in called(copy, *words.split()).splitlines() if Path(line).suffix]
    assert named
    assert [path for path in named if not path.is_file()] == []


def test_a_report_there_leads_back(copy: Path) -> None:
    """`trace` finds the numbers of a report there, and the row behind one."""
    called(copy, "report", "甲", "--lang", "zh", "--format", "html")
    report = "outputs/studies/甲/reports/report_zh.html"
    number = called(copy, "trace", report).split()[0]
    assert number in called(copy, "trace", report, number)


def test_the_lever_page_is_served_from_there(copy: Path) -> None:
    """An emulator is trained there, and its page answers."""
    pytest.importorskip("nicegui")
    called(copy, "learn", *SMALL, "--paths", "5", "--anchor", "2", "--study", "措施")
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = str(door.getsockname()[1])
    words = [sys.executable, "run.py", "page", "措施", "--port", port, "--no-browser", "--members", "1"]
    with subprocess.Popen(words, env=environment(copy), cwd=copy, stderr=subprocess.DEVNULL) as server:
        try:
            assert "政策措施推演" in first_answer(f"http://127.0.0.1:{port}/?lang=zh", server)
        finally:
            server.terminate()


def first_answer(address: str, server: subprocess.Popen[bytes]) -> str:
    """What a server says once it is there; it is waited for five minutes."""
    for _ in range(600):
        time.sleep(0.5)
        assert server.poll() is None
        try:
            with urllib.request.urlopen(address, timeout=60) as page:  # noqa: S310 - an address of this machine
                return str(page.read().decode("utf-8"))
        except OSError:
            continue
    return ""
