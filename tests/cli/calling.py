"""Commands as a user gives them: in a process of their own, or in this one, which spares a start of Python."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

import run

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


def environment() -> dict[str, str]:
    """The environment of a user who brought a Python of their own."""
    return os.environ | {"YINZHOU_ENV": "own", "PYTHONUTF8": "1"}


def start(*words: str) -> Done:
    """Run a command in a process of its own."""
    command = [sys.executable, str(ROOT / "run.py"), *words]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment(), timeout=240.0, check=False)
    return Done(done.returncode, done.stdout, done.stderr)
