"""Runs that did not finish: one small file each, until they are run again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from outputs.atomic import write_text


@dataclass(frozen=True)
class Failure:
    """A run that did not finish, and the command that repeats it alone."""

    scenario_id: str
    member: int
    error: str
    command: str
    trace: str = ""

    @property
    def line(self) -> str:
        """All but the trace, in one line."""
        return f"failed: {self.scenario_id}, member {self.member}: {self.error}; again: {self.command}"


def read_failures(folder: Path) -> list[Failure]:
    """Every failure on record, by scenario and member."""
    rows = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    return sorted((Failure(**row) for row in rows), key=lambda failure: (failure.scenario_id, failure.member))


def record(folder: Path, finished: Sequence[tuple[str, int]], failures: Sequence[Failure]) -> None:
    """Forget the failures of runs that have finished now, and write down the new ones."""
    for pair in finished:
        _path(folder, pair).unlink(missing_ok=True)
    for failure in failures:
        text = json.dumps(asdict(failure), ensure_ascii=False, indent=1) + "\n"
        write_text(_path(folder, (failure.scenario_id, failure.member)), text)


def _path(folder: Path, pair: tuple[str, int]) -> Path:
    return folder / f"{pair[0]}-{pair[1]}.json"
