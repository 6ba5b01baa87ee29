"""The commands of the READMEs, made small: the files `test_readme_*.py` run each a part of them."""

from __future__ import annotations

import re
import shlex
from contextlib import nullcontext
from functools import cache
from pathlib import Path

import pytest

from tests.cli.calling import Done, do, drawing_one_chart, start

ROOT = Path(__file__).resolve().parents[2]
READMES = [ROOT / "README.md", *sorted(ROOT.glob("*/README.md")), ROOT / "tests" / "benchmarks" / "README.md"]
SMALLER = {
    "plan-families": ["--members", "2", "--scenario", "enclaves+institutes_and_carriers"],
    "attribute": ["--members", "2"],
    "learn": ["--members", "2", "--paths", "5"],
    "lever-signs": ["--members", "2"],
    "late-levers": ["--only", "univ_institutes", "rd_toolbox_subsidy"],
    "levels-1000": ["--groups", "lever:univ_institutes", "lever:rd_toolbox_subsidy"],
    "shares-1000": ["--groups", "base", "levers:enclaves", "luck"],
    "--screened": ["--keep", "2"],
    "--ends": ["--only", "base:rd_intensity", "parameter:rd_adjust_speed"],
}
"""Less than `--smoke` asks where that would still be many runs, by a word of the command; the first that is there."""
SIZES = {"--members", "--scale", "--to", "--samples", "--trajectories"}
PARTS = {
    "studies": set[str](),
    "questions": {"attribute", "deadline", "learn", "emulate", "seek", "sensitivity", "variance"},
    "evidence": {"calibrate", "accept", "identify", "validate"},
}
"""Verbs of each part; the first has all that no other has. No part reads a study of another: each may run alone."""


@cache
def commands(part: str = "") -> tuple[str, ...]:
    """What follows `python3 run.py` in code blocks and in backticks, each once, in the order of the READMEs.

    Parameters
    ----------
    part : of `PARTS`, to have only what belongs to it.
    """
    found = []
    for path in READMES:
        found += re.findall(r"(?m)(?:^|`)python3? run\.py *([^`\n]*?) *(?:#.*)?(?:$|`)", path.read_text("utf-8"))
    return tuple(command for command in dict.fromkeys(found) if part in {"", part_of(command)})


def part_of(command: str) -> str:
    """Which part a command belongs to, by its verb."""
    verb = command.partition(" ")[0]
    return next((part for part, verbs in PARTS.items() if verb in verbs), next(iter(PARTS)))


def running(part: str) -> list[str]:
    """The commands of a part that run something."""
    return [command for command in commands(part) if at_smoke_size(command, Path()) is not None]


def simulates(words: list[str]) -> bool:
    """Say whether a command runs the model; without a verb it is `project`."""
    verbs = {"project", "validate", "variance", "calibrate", "identify"}
    verbs |= {"attribute", "deadline", "learn", "seek", "sensitivity"}
    return not words or words[0].startswith("-") or words[0] in verbs or bool({"--scenarios", "--design"} & {*words})


def without_sizes(words: list[str]) -> list[str]:
    """Leave out the flags that `--smoke` sets."""
    return [word for before, word in zip(["", *words], words, strict=False) if not SIZES & {before, word}]


def in_one_language(words: list[str]) -> list[str]:
    """Draw in English where the README leaves both languages: charts take most of the time of a small study."""
    return words if "--lang" in words else [*words, "--lang", "en"]


def at_smoke_size(command: str, studies: Path) -> list[str] | None:
    """Make the command small and keep what it leaves in one folder; None where it would not end soon."""
    words = shlex.split(command)
    if simulates(words):
        smaller = next((flags for sign, flags in SMALLER.items() if sign in words), [])
        small = [*without_sizes(words), "--smoke", "--scale", "5000", *smaller]
        return [*in_one_language(small), "--workers", "1", "--studies-dir", str(studies)]
    reading = {
        "chart",
        "compare",
        "discover",
        "emulate",
        "effects",
        "export",
        "merge",
        "milestones",
        "report",
        "update",
    }
    if words[0] in reading:
        return [*(in_one_language(words) if words[0] == "merge" else words), "--studies-dir", str(studies)]
    if words[0] in {"template", "import", "trace"}:
        return [words[0], str(studies / words[1]), *words[2:]]
    if words[0] == "accept":
        moved = [word.replace("outputs/studies", str(studies)) for word in words]
        return [*moved, "--into", str(studies / "posterior")]
    if words[0] == "test":
        return [*words, "--collect-only", "-q", "-p", "no:cacheprovider"] if words[1:] else None
    return None if words[0] in {"benchmark", "page"} else words


def run_part(part: str, studies: Path) -> dict[str, Done]:
    """Run the commands of a part in their order, for a later one may read the study of an earlier one.

    All charts are drawn once, in Chinese, of the study that is drawn again and reported on; one of every other.
    """
    results = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        for command in running(part):
            words = at_smoke_size(command, studies) or []
            draws_all = "my-study" in command and "--lang en" not in command
            with nullcontext() if draws_all else drawing_one_chart():
                results[command] = start(*words) if words[0] == "test" else do(*words)
    return results


def assert_ran(done: Done) -> None:
    """Fail unless a command ended with 0, said what it found, and showed no traceback."""
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert "Traceback" not in done.stderr
