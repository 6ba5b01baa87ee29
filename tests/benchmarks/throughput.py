"""Piece: members a minute with storage on two workers, of `run.py project`, from the command to results gathered.

Two sizes of study: the slower start of a small one drops out of the difference.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.pieces import write
from tests.benchmarks.studies import project


def timed(members: int) -> float:
    """Seconds of a study of so many members at 1:100 to 2025; charts and tables left out."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        if project(Path(folder), (members, 100, 2025), 2, ["--scenarios", "plan", "--shard", "1/1"]).wait():
            raise SystemExit("throughput: the study failed")
        return time.perf_counter() - start


def main(words: list[str]) -> int:
    """Measure two sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("few", type=int)
    parser.add_argument("many", type=int)
    parser.add_argument("--repeats", type=int, default=3)
    args = parser.parse_args(words)
    timed(2)  # compiled code and files of libraries are warm then
    pairs = [(timed(args.few), timed(args.many)) for _ in range(args.repeats)]
    write({
        "few": [few for few, _ in pairs],
        "many": [many for _, many in pairs],
        "a_minute": [60.0 * (args.many - args.few) / (many - few) for few, many in pairs],
    })  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
