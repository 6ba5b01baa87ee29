"""What a study will hold: its definition, the batches that are still missing, and what they will cost."""

from __future__ import annotations

import shlex
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from model.base import Base
from model.ensemble import Batch, BatchRunner, batches
from model.indicators import all_indicators
from model.policy import PolicyPath, quarter_of
from model.targets import Target
from outputs.batches import write_batch
from outputs.manifest import Definition, LeverEntry, Place, ScenarioEntry, library_versions, settings_of
from outputs.store import Study

RUNS_PER_BATCH = 100
"""At most about so many runs a file: a file a run would cost more than the run, and what is stopped is run again."""


MOST_TIMED = 10
"""About so many scenarios are run to foresee the time of all."""


@dataclass(frozen=True)
class Design:
    """What the caller chose, and what code and data it was chosen for."""

    verb: str
    members: int
    seed: int
    scale: int
    to_year: int
    code_version: str
    data_hash: str
    part: tuple[int, int] | None = None
    """First member and the one after the last, where only some of the members are to be run."""
    drawn_from: Mapping[str, str] = field(default_factory=dict)


def define(design: Design, paths: Sequence[PolicyPath], targets: Sequence[Target], base: Base) -> Definition:
    """Say what defines the study: everything its numbers and labels depend on; time and workers change nothing."""
    places = zip(base.places, base.place_names_zh, base.place_names_en, strict=True)
    return Definition(
        verb=design.verb,
        members=design.members,
        seed=design.seed,
        scale=design.scale,
        to_year=design.to_year,
        n_quarters=quarter_of(design.to_year),
        data_hash=design.data_hash,
        versions=library_versions(design.code_version),
        scenarios=tuple(ScenarioEntry.of(path) for path in paths),
        levers=tuple(LeverEntry.of(lever) for lever in paths[0].levers),
        targets=tuple(targets),
        indicators=all_indicators(),
        places=tuple(Place(*place) for place in places),
        settings=settings_of(paths, targets),
        part=design.part,
        drawn_from=dict(design.drawn_from),
    )


def part_of(members: int, shard: str | None, only_member: int | None) -> tuple[int, int] | None:
    """Say which members are to be run: shard K of N, one member, or all (None).

    Notes
    -----
    Shard K of N holds members floor(M (K - 1) / N) to floor(M K / N) - 1, so the N shards hold each of M once.
    """
    if only_member is not None:
        return only_member, only_member + 1
    if shard is None:
        return None
    k, n = map(int, shard.split("/"))
    return members * (k - 1) // n, members * k // n


def command_of_one(definition: Definition, word: str, member: int, further: Sequence[str] = ()) -> str:
    """Command that runs one member under one scenario alone.

    Parameters
    ----------
    word : id or file of the scenario, as it is given to ``--scenarios``.
    further : flags of the command that met the run, such as ``--targets mine.csv``.
    """
    sizes = {
        "members": definition.members,
        "seed": definition.seed,
        "scale": definition.scale,
        "to": definition.to_year,
    }
    words = ["python3", "run.py", "project", "--scenarios", word, "--only-member", str(member)]
    return shlex.join([*words, *(part for name, size in sizes.items() for part in (f"--{name}", str(size))), *further])


def missing_batches(study: Study, workers: int) -> list[Batch]:
    """Cut the missing runs, failed ones included, into batches of members under all the scenarios that they lack."""
    lacks: dict[int, list[str]] = {}
    for scenario, member in study.missing(retry_failed=True):
        lacks.setdefault(member, []).append(scenario)
    groups: dict[tuple[str, ...], list[int]] = {}
    for member, scenarios in sorted(lacks.items()):
        groups.setdefault(tuple(scenarios), []).append(member)
    even = len(study.definition.members_run) // (4 * workers)
    return [
        batch
        for scenarios, members in groups.items()
        for batch in batches(members, scenarios, max(1, min(even, RUNS_PER_BATCH // len(scenarios))))
    ]


def foreseen(runner: BatchRunner, members: int, workers: int) -> list[str]:
    """Runs, time and disk, from one member that is really run here under some of the scenarios and thrown away."""
    timed = runner.paths[:: -(-len(runner.paths) // MOST_TIMED)]
    one, part = Batch((0,), tuple(path.scenario_id for path in timed)), len(runner.paths) / len(timed)
    runner(one)  # the first call compiles
    start = time.perf_counter()
    outcome = runner(one)
    seconds = (time.perf_counter() - start) * part * members / workers
    with tempfile.TemporaryDirectory() as folder:
        write_batch(Path(folder), outcome.results)
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) * part * members
    return [
        f"runs: {members * len(runner.paths)}",
        f"time: about {seconds:.0f} s on {workers} workers, set-up and charts aside",
        f"disk: at most about {size / 1e6:.1f} MB, twice that while results are gathered, charts aside",
    ]
