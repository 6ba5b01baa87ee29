"""Shards that were run apart become the study that they are parts of."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from model.errors import StudyError
from outputs.design import part_of
from outputs.merging import merge
from outputs.store import Failure, Study
from tests.unit.outputs.synthetic import SCENARIOS, complete_study, definition, result

MEMBERS = 7
NAMES = [name for name, _, _ in SCENARIOS]


def run_shard(folder: Path, shard: str, failing: tuple[str, int] | None = None, seed: int = 1) -> Study:
    """Run one shard of a study of seven members to its end."""
    part = dataclasses.replace(definition(MEMBERS, seed), part=part_of(MEMBERS, shard, None))
    study = Study.create_or_open(part, folder, f"s.shard{shard.replace('/', 'of')}")
    pairs = [pair for pair in part.pairs if pair != failing]
    failures = [Failure(*failing, "broken", "again")] if failing else []
    study.write_batch([result(*pair) for pair in reversed(pairs)], failures)
    study.compact()
    return study


def result_bytes(study: Study) -> dict[str, bytes]:
    """Bytes of the result files by name."""
    return {path.name: path.read_bytes() for path in sorted((study.path / "results").iterdir())}


@pytest.mark.parametrize("n", [1, 2, 3, 7])
def test_shards_give_the_bytes_of_a_study_never_cut(tmp_path: Path, n: int) -> None:
    """However many shards there are, the merged study has the id, definition and result bytes of the whole one."""
    whole = complete_study(tmp_path / "whole", members=MEMBERS)
    for k in range(n, 0, -1):
        run_shard(tmp_path, f"{k}/{n}")
    merged = merge(tmp_path, "s")
    assert merged.is_complete
    assert Study.open(merged.path).definition == whole.definition
    assert result_bytes(merged) == result_bytes(whole)
    assert not (merged.path / "batches").exists()


def test_shards_from_anywhere_can_be_named(tmp_path: Path) -> None:
    """Shards cut in different ways and lying in different folders are joined, a member held twice counts once."""
    whole = complete_study(tmp_path / "whole", members=MEMBERS)
    shards = [run_shard(tmp_path / "a", "1/2"), run_shard(tmp_path / "b", "2/3"), run_shard(tmp_path / "c", "2/2")]
    merged = merge(tmp_path / "d", whole.study_id, [str(shard.path) for shard in shards])
    assert result_bytes(merged) == result_bytes(whole)


def test_a_failed_run_stays_failed_and_can_be_tried_again(tmp_path: Path) -> None:
    """A run that failed in its shard is on the merged study's record; once it succeeds there, nothing is left of it."""
    whole = complete_study(tmp_path / "whole", members=MEMBERS)
    run_shard(tmp_path, "1/2", failing=("plan", 1))
    run_shard(tmp_path, "2/2")
    merged = merge(tmp_path, "s")
    assert [(failure.scenario_id, failure.member) for failure in merged.failed()] == [("plan", 1)]
    again = Study.open(merged.path)
    again.write_batch([result("plan", 1)])
    again.compact()
    assert result_bytes(again) == result_bytes(whole)


def refused(tmp_path: Path, folders: list[str] | None = None) -> list[str]:
    """Merge in vain: lines of the error; nothing may be written."""
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(StudyError) as caught:
        merge(tmp_path, "s", folders or [])
    assert sorted(tmp_path.rglob("*")) == before
    return caught.value.lines()


def test_missing_shards_are_named_by_their_members(tmp_path: Path) -> None:
    """With the second of three shards alone, the members before and after it are told."""
    run_shard(tmp_path, "2/3")
    assert refused(tmp_path) == [
        "members 0 to 1 are in no shard: run the shard that holds them",
        "members 4 to 6 are in no shard: run the shard that holds them",
    ]


def test_no_shard_at_all_is_an_error(tmp_path: Path) -> None:
    """Where no shard of the name lies, the error says what was looked for."""
    (line,) = refused(tmp_path)
    assert "s.shard*" in line


def test_what_is_no_shard_of_the_study_is_refused(tmp_path: Path) -> None:
    """A shard of another seed, one that is not complete and a whole study are each told, all at once."""
    run_shard(tmp_path, "1/2")
    run_shard(tmp_path, "2/2", seed=2)
    part = dataclasses.replace(definition(MEMBERS), part=part_of(MEMBERS, "2/2", None))
    Study.create_or_open(part, tmp_path, "s.shard2of2b", command="run.py project --shard 2/2")
    whole = complete_study(tmp_path / "whole", members=MEMBERS)
    names = ["s.shard1of2", "s.shard2of2", "s.shard2of2b"]
    lines = refused(tmp_path, [*(str(tmp_path / name) for name in names), str(whole.path)])
    assert len(lines) == 3
    assert "seed: 1 asked, 2 in the study" in lines[0]
    assert "not complete; repeat its command: run.py project --shard 2/2" in lines[1]
    assert "is whole, not a shard" in lines[2]


def test_a_part_is_not_shown_as_if_it_were_whole(tmp_path: Path) -> None:
    """Charts and tables of a shard would say more members than it holds: it is refused."""
    shard = run_shard(tmp_path, "1/2")
    with pytest.raises(StudyError, match="join the shards"):
        Study.open_whole(shard.path)
    assert shard.finished_members("plan") == [0, 1, 2]
