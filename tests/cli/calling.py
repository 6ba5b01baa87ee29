"""Commands as a user gives them: in a process of their own, or in this one, which spares a start of Python."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

import run
from outputs.charts import gallery

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    returncode: int | str | None
    stdout: str
    stderr: str


def do(*words: str) -> Done:
    """Run a command in this process: a start of Python and its imports cost more than most commands do."""
    out, err = io.StringIO(), io.StringIO()
    code: int | str | None = None
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setenv("YINZHOU_ENV", "own")
        try:
            code = run.main(words)
        except SystemExit as stop:
            code = stop.code
    return Done(code, out.getvalue(), err.getvalue())


@contextmanager
def drawing_one_chart() -> Iterator[None]:
    """Draw one chart of each study: most of a small study's time goes into them, and test_project draws all."""
    chart = gallery.all_charts()[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gallery, "all_charts", lambda: [chart])
        yield


def environment() -> dict[str, str]:
    """The environment of a user who brought a Python of their own."""
    return os.environ | {"YINZHOU_ENV": "own", "PYTHONUTF8": "1"}


def start(*words: str, **variables: str) -> Done:
    """Run a command in a process of its own, with variables of the environment on top."""
    command = [sys.executable, str(ROOT / "run.py"), *words]
    env = environment() | variables
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=env, timeout=240.0, check=False)
    return Done(done.returncode, done.stdout, done.stderr)
