"""What `check` finds in this package: levers, library, targets, definitions, and the schema for editors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from model.errors import ScenarioError
from model.indicators.definitions import load_definitions
from model.policy import quarter_of
from scenarios.files import shown
from scenarios.json_schema import SCHEMA_FILE, schema_text, write_schema
from scenarios.levers import LEVERS
from scenarios.overview import judged_by
from scenarios.scenario import library, load
from scenarios.schema import PLAN_YEAR
from scenarios.targets import load_targets


def check(*, write: bool = False) -> list[str]:
    """Check the levers, the library, the targets, the definitions and the schema, and run nothing.

    Parameters
    ----------
    write : bring the schema for editors up to date first, if it is not.

    Returns
    -------
    One line per part that was found sound.

    Raises
    ------
    ScenarioError : every problem of every part at once.
    """
    lines: list[str] = []
    problems: list[str] = []
    if write and not _schema_is_current():
        write_schema(SCHEMA_FILE)
    for part in (_check_levers, _check_library, _check_targets, _check_schema):
        _collect(part, lines, problems)
    if problems:
        raise ScenarioError(problems)
    return lines


def check_files(files: Sequence[str]) -> list[str]:
    """Check scenario files of the user's own; one line for each.

    Raises
    ------
    ScenarioError : every problem of every file at once.
    """
    paths = load(files, quarter_of(PLAN_YEAR)) if files else []
    return [f"scenario {path.scenario_id}: sound" for path in paths]


def _collect(part: Callable[[], str], lines: list[str], problems: list[str]) -> None:
    """Run one check and keep its line or its problems."""
    try:
        lines.append(part())
    except ScenarioError as error:
        problems += error.problems


def _check_levers() -> str:
    """Count the levers; each was checked when its file was found."""
    return f"levers: {len(LEVERS)} in {len({lever.family for lever in LEVERS})} families"


def _check_library() -> str:
    """Turn every scenario of the library into a path to the plan's year."""
    names = [entry.scenario_id for entry in library()]
    paths = load(names, quarter_of(PLAN_YEAR))
    return f"scenarios: {len(paths)} in the library ({', '.join(names)})"


def _check_targets() -> str:
    """Count the targets by how they are judged."""
    kinds = [judged_by(target) for target in load_targets()]
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
    return f"targets: {len(kinds)} ({counts}); {len(load_definitions())} definitions"


def _check_schema() -> str:
    """Compare the schema for editors with what the code accepts."""
    if not _schema_is_current():
        message = f"{shown(SCHEMA_FILE)}: not current; `run.py check --write` writes it again"
        raise ScenarioError(message)
    return f"schema: {shown(SCHEMA_FILE)} is current"


def _schema_is_current() -> bool:
    """Whether the file of the schema is what the code makes now."""
    return SCHEMA_FILE.is_file() and SCHEMA_FILE.read_text(encoding="utf-8") == schema_text()
