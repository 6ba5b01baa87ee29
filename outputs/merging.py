"""Shards, run apart, become the study that they are parts of."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from model.errors import StudyError
from outputs import observed
from outputs.manifest import differences
from outputs.store import Study

MARK = ".shard"


def merge(studies_dir: Path, name: str, folders: Sequence[str] = ()) -> Study:
    """Join shards into one study, whose results have the bytes of a study never cut.

    Parameters
    ----------
    studies_dir : where the whole study will lie.
    name : of the whole study.
    folders : of the shards; every ``<name>.shard*`` beside it when none is named.

    Raises
    ------
    StudyError : no shard, one that is not complete or part of something else, or members that no shard holds; all
        problems at once, and nothing is written.
    """
    paths = [Path(folder) for folder in folders] or sorted(studies_dir.glob(f"{name}{MARK}*"))
    if not paths:
        message = f"merge {name}: no shard {studies_dir / name}{MARK}* is there; run some with --shard, or name folders"
        raise StudyError(message)
    shards = [Study.open(path) for path in paths]
    problems = [problem for shard in shards for problem in _problems(shard, shards[0])]
    problems = problems or _gaps(shards)
    if problems:
        raise StudyError(problems)
    definition = shards[0].definition.whole
    study = Study.create_or_open(definition, studies_dir, name, shlex.join(["run.py", *sys.argv[1:]]))
    if not study.is_complete:
        for shard in shards:
            study.adopt(shard)
            if (found := observed.kept(shard.path)) is not None:
                observed.keep(study.path, found)
        study.compact()
    return study


def _problems(shard: Study, first: Study) -> list[str]:
    """What keeps a shard from being joined."""
    if shard.definition.part is None:
        return [f"study {shard.path}: is whole, not a shard; leave it out"]
    if not shard.is_complete:
        return [f"study {shard.path}: is not complete; repeat its command: {shard.record['command']}"]
    wanted, found = first.definition.whole.to_json(), shard.definition.whole.to_json()
    return [f"study {shard.path}: is part of another study than {first.path}: {d}" for d in differences(wanted, found)]


def _gaps(shards: Sequence[Study]) -> list[str]:
    """Say which members no shard holds."""
    spans = sorted(shard.definition.part or (0, 0) for shard in shards)
    problems, reached = [], 0
    for first, end in [*spans, (shards[0].definition.members, 0)]:
        if first > reached:
            problems.append(f"members {reached} to {first - 1} are in no shard: run the shard that holds them")
        reached = max(reached, end)
    return problems
