"""What a study will hold: parts of the members, batches that are missing, the command of one run, what it will cost."""

from __future__ import annotations

import dataclasses
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
import pytest

import run
from model.base import Base
from model.ensemble import Batch, BatchRunner, Outcome
from model.policy import Lever, PolicyPath
from outputs.design import RUNS_PER_BATCH, Design, command_of_one, define, foreseen, missing_batches, part_of
from outputs.store import Failure, Study
from scenarios.levers import LEVERS
from tests.unit.outputs.synthetic import SCENARIOS, TARGETS, definition, result

NAMES = tuple(name for name, _, _ in SCENARIOS)
DESIGN = Design("project", 6, 1, 1000, 2022, "0.1.0+abc", "f00")


def pairs_of(batches: Sequence[Batch]) -> list[tuple[str, int]]:
    """Every (scenario, member) of some batches."""
    return [(name, member) for batch in batches for name in batch.scenario_ids for member in batch.members]


def path(name: str, levers: tuple[Lever, ...] = LEVERS[:2]) -> PolicyPath:
    """A path that leaves its levers at their baseline."""
    intensity = np.tile([lever.baseline for lever in levers], (9, 1)).T
    return PolicyPath(scenario_id=name, label_zh="甲", label_en=name, levers=levers, intensity=intensity)


class Places:
    """As much of a base as the definition of a study reads."""

    places = ("a", "b")
    place_names_zh = ("甲", "乙")
    place_names_en = ("A", "B")


@pytest.mark.parametrize(("members", "n"), [(10, 1), (10, 3), (7, 7), (100, 6)])
def test_the_shards_hold_each_member_once_and_differ_by_one_at_most(members: int, n: int) -> None:
    """K of N for K = 1 to N are neighbours that reach from the first member to the last."""
    parts = [part_of(members, f"{k}/{n}", None) or (0, 0) for k in range(1, n + 1)]
    assert [member for part in parts for member in range(*part)] == list(range(members))
    sizes = [end - first for first, end in parts]
    assert max(sizes) - min(sizes) <= 1


def test_one_member_is_a_part_and_all_are_none() -> None:
    """One member alone is a part that begins and ends with it; without a part the study is whole."""
    assert part_of(10, None, 4) == (4, 5)
    assert part_of(10, None, 0) == (0, 1)
    assert part_of(10, None, None) is None


def test_a_part_is_another_study_whose_whole_is_the_study() -> None:
    """A shard has an id of its own; the same definition made whole again has the id of a study never cut."""
    base, paths = cast("Base", Places()), [path("plan")]
    whole = define(DESIGN, paths, TARGETS, base)
    shard = define(dataclasses.replace(DESIGN, part=(2, 4)), paths, TARGETS, base)
    assert shard.study_id != whole.study_id
    assert shard.whole == whole
    assert shard.whole.study_id == whole.study_id
    assert shard.pairs == [("plan", 2), ("plan", 3)]


def test_the_definition_says_what_was_chosen() -> None:
    """Sizes, versions, hash, scenarios, levers and places of a definition are those of the design."""
    made = define(DESIGN, [path("plan"), path("strong")], TARGETS, cast("Base", Places()))
    assert (made.members, made.seed, made.scale, made.to_year, made.n_quarters) == (6, 1, 1000, 2022, 8)
    assert (made.data_hash, made.versions["project"]) == ("f00", "0.1.0+abc")
    assert [entry.scenario_id for entry in made.scenarios] == ["plan", "strong"]
    assert [lever.lever_id for lever in made.levers] == [lever.lever_id for lever in LEVERS[:2]]
    assert [place.name_en for place in made.places] == ["A", "B"]


def test_a_new_study_is_cut_into_batches_that_hold_each_run_once(tmp_path: Path) -> None:
    """Four batches or so for each worker, all scenarios of a member together, no run twice and none left out."""
    study = Study.create_or_open(definition(members=16), tmp_path)
    batches = missing_batches(study, workers=2)
    assert [len(batch.members) for batch in batches] == [2] * 8
    assert all(batch.scenario_ids == NAMES for batch in batches)
    assert sorted(pairs_of(batches)) == sorted(study.definition.pairs)


def test_a_batch_is_neither_empty_nor_larger_than_a_file_should_be(tmp_path: Path) -> None:
    """Many members still go a hundred runs at a time, and more workers than members give batches of one."""
    study = Study.create_or_open(definition(members=500), tmp_path)
    assert {len(batch.members) for batch in missing_batches(study, workers=1)} == {RUNS_PER_BATCH // len(NAMES)}
    assert {len(batch.members) for batch in missing_batches(study, workers=900)} == {1}


def test_a_shard_is_cut_by_its_own_members(tmp_path: Path) -> None:
    """The batches of a shard hold its members alone, and are as small as those of a study of its size."""
    study = Study.create_or_open(dataclasses.replace(definition(members=400), part=(100, 108)), tmp_path)
    batches = missing_batches(study, workers=1)
    assert [member for batch in batches for member in batch.members] == list(range(100, 108))
    assert {len(batch.members) for batch in batches} == {2}


def test_a_stopped_study_gets_the_runs_it_lacks(tmp_path: Path) -> None:
    """What is stored is not run again; a member lacks some scenarios only, and a failed run is tried again."""
    study = Study.create_or_open(definition(members=3), tmp_path)
    study.write_batch([result("baseline", member) for member in (0, 2)])
    study.write_batch([result(name, 1) for name in NAMES[:3]], [Failure("stalled", 1, "broken", "run.py")])
    batches = missing_batches(study, workers=1)
    assert sorted(pairs_of(batches)) == sorted(
        [(name, member) for name in NAMES[1:] for member in (0, 2)] + [("stalled", 1)]
    )
    study.write_batch([result(*pair) for pair in pairs_of(batches)])
    assert missing_batches(study, workers=1) == []


def test_the_command_of_one_run_is_read_as_that_run() -> None:
    """The command line reads back scenario, member, sizes and further flags, a blank in a file name included."""
    text = command_of_one(definition(members=50, seed=9), "my files/mine.yaml", 17, ["--check"])
    python, file, *words = shlex.split(text)
    assert (python, file) == ("python3", "run.py")
    args = run.parse(words)
    assert run.validate(args) == []
    assert (args.verb, args.scenarios, args.only_member, args.check) == ("project", ["my files/mine.yaml"], 17, True)
    assert (args.members, args.seed, args.scale, args.to) == (50, 9, 100, 2025)


class Runner:
    """Runs nothing: gives the synthetic result of each pair of a batch, and keeps what was asked."""

    def __init__(self) -> None:
        """Start with the four scenarios and nothing asked."""
        self.paths = tuple(path(name) for name in NAMES)
        self.asked: list[Batch] = []

    def __call__(self, batch: Batch) -> Outcome:
        """Results as if they had been simulated."""
        self.asked.append(batch)
        return Outcome(batch, tuple(result(*pair) for pair in pairs_of([batch])), ())


def test_what_is_foreseen_grows_with_members() -> None:
    """Runs are members times scenarios; disk is that of one member under all scenarios, times the members."""
    runner = Runner()
    few = foreseen(cast("BatchRunner", runner), 10, 2)
    many = foreseen(cast("BatchRunner", runner), 1000, 2)
    assert all(batch == Batch((0,), NAMES) for batch in runner.asked)
    assert (few[0], many[0]) == ("runs: 40", "runs: 4000")
    disk = [float(lines[2].split()[4]) for lines in (few, many)]
    assert disk[1] == pytest.approx(100 * disk[0], rel=0.5)
    assert disk[1] > 10
