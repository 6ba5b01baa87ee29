"""Pieces of a benchmark: each measured in a process of its own and kept, so that a command that was stopped goes on."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from model.commands import cores
from model.wiring import code_version

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = ("numpy", "numba", "mesa", "pandas", "pyarrow")


def processor() -> str:
    """Name of the processor, as well as the system knows it."""
    known = Path("/proc/cpuinfo")
    if known.is_file():
        for line in known.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def machine() -> dict[str, Any]:
    """What was measured, and on what."""
    return {
        "processor": processor(),
        "cores": cores(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "system": platform.platform(),
        "python": platform.python_version(),
        "project": code_version(),
        **{name: importlib.metadata.version(name) for name in LIBRARIES},
    }


@dataclass(frozen=True)
class Pieces:
    """A folder of finished pieces of one machine and one state of the code."""

    folder: Path
    quiet: bool = False

    def get(self, words: Sequence[str]) -> dict[str, Any]:
        """What a piece found, kept from the last time.

        Parameters
        ----------
        words : behind ``python -m tests.benchmarks.``, which writes JSON on stdout.

        Raises
        ------
        SystemExit : it failed; what it wrote on stderr was shown.
        """
        about = json.dumps([*words, machine()], sort_keys=True)
        path = self.folder / f"{words[0]}-{hashlib.sha256(about.encode()).hexdigest()[:12]}.json"
        if path.is_file():
            return dict(json.loads(path.read_text("utf-8")))
        if not self.quiet:
            print(f"measuring: {' '.join(words)}", file=sys.stderr, flush=True)
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
        found = run_piece(words) | {"load_before": load}
        self.folder.mkdir(parents=True, exist_ok=True)
        ready = path.with_suffix(f".tmp{os.getpid()}")
        ready.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        ready.replace(path)
        return found


def run_piece(words: Sequence[str]) -> dict[str, Any]:
    """Run a piece in a process of its own."""
    command = [sys.executable, "-m", f"tests.benchmarks.{words[0]}", *words[1:]]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"benchmark: {' '.join(command[1:])} failed with exit code {done.returncode}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def write(found: dict[str, Any]) -> None:
    """Hand over what a piece found, as the last line of stdout."""
    print(json.dumps(found), flush=True)
