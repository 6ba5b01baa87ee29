"""Piece: starts, of words that a user types, of the first member with and without compiled code, and of two at once.

The operating system keeps the files of the libraries in memory from start to start: the first start after the machine
was switched on takes longer by what its disk takes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.pieces import ROOT, write

FIRST = [sys.executable, "-m", "tests.benchmarks.first"]


def shown(words: list[str], repeats: int) -> dict[str, object]:
    """Seconds of `run.py` with those words; the start that writes the bytecode is not counted."""
    took = []
    with tempfile.TemporaryDirectory() as folder:
        env = _environment(Path(folder), bytecode=True) | {"YINZHOU_ENV": "own"}
        for _ in range(repeats + 1):
            start = time.perf_counter()
            command = [sys.executable, str(ROOT / "run.py"), *words]
            subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
            took.append(time.perf_counter() - start)
    return {"seconds": took[1:]}


def first_members(repeats: int) -> dict[str, object]:
    """Start with nothing compiled, bytecode neither; then as often as asked with all of it there."""
    with tempfile.TemporaryDirectory() as folder:
        cold = _first(Path(folder), bytecode=True)
        warm = [_first(Path(folder), bytecode=True) for _ in range(repeats)]
    return {"cold": cold, "warm": warm}


def two_at_once() -> dict[str, object]:
    """Start two processes on one empty cache, then a third that finds it full: all must end, with the same values."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        both = [
            subprocess.Popen(FIRST, cwd=ROOT, env=_environment(Path(folder)), stdout=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        told = [process.communicate()[0] for process in both]
        seconds = time.perf_counter() - start
        codes = [process.returncode for process in both]
        third = _first(Path(folder))
    digests = {digest for line in told if line for digest in json.loads(line)["digests"]} | set(third["digests"])
    return {"exit_codes": codes, "seconds": seconds, "third": third, "same_values": len(digests) == 1}


def _environment(folder: Path, *, bytecode: bool = False) -> dict[str, str]:
    """Compiled code in a folder of its own; bytecode too if asked, also where this machine asks for none."""
    env = os.environ | {"NUMBA_CACHE_DIR": str(folder / "numba")}
    if bytecode:
        env |= {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env


def _first(folder: Path, *, bytecode: bool = False) -> dict[str, Any]:
    """Run a first member, and time the whole process."""
    env, start = _environment(folder, bytecode=bytecode), time.perf_counter()
    done = subprocess.run(FIRST, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return {"process": time.perf_counter() - start, **json.loads(done.stdout)}


def main(words: list[str]) -> int:
    """Measure one kind of start."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["help", "list", "first", "two"])
    parser.add_argument("--repeats", type=int, default=5)
    args = parser.parse_args(words)
    found = {
        "help": lambda: shown(["--help"], args.repeats),
        "list": lambda: shown(["list"], args.repeats),
        "first": lambda: first_members(args.repeats),
        "two": two_at_once,
    }
    write(found[args.kind]())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
