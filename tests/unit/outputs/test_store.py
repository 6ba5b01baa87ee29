"""A study on disk: what is written, what survives a kill, what is refused."""

from __future__ import annotations

import dataclasses
import errno
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from model.errors import StudyError
from outputs.atomic import write_with
from outputs.manifest import Definition
from outputs.store import Failure, Study
from tests.unit.outputs.synthetic import N_QUARTERS, SCENARIOS, complete_study, definition, result

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [name for name, _, _ in SCENARIOS]


def every_result(members: int) -> list[tuple[str, int]]:
    """All pairs of a design."""
    return [(name, member) for name in NAMES for member in range(members)]


def result_bytes(study: Study) -> dict[str, bytes]:
    """Bytes of the result files by name."""
    return {path.name: path.read_bytes() for path in sorted((study.path / "results").iterdir())}


def test_a_definition_survives_the_way_to_disk_and_back(tmp_path: Path) -> None:
    """The manifest gives back the definition it was made of, with the same id."""
    made = Study.create_or_open(definition(), tmp_path)
    again = Study.open(made.path)
    assert again.definition == made.definition
    assert again.study_id == made.path.name == made.definition.study_id
    assert Definition.from_json(made.definition.to_json()) == made.definition


def test_time_and_command_do_not_change_the_id(tmp_path: Path) -> None:
    """The same definition under another command line is the same study."""
    one = Study.create_or_open(definition(), tmp_path, command="run.py --workers 1")
    other = Study.create_or_open(definition(), tmp_path, command="run.py --workers 2")
    assert one.path == other.path
    assert other.record["command"] == "run.py --workers 1"


def test_every_field_of_the_definition_changes_the_id() -> None:
    """Members, seed and data each make another study."""
    base = definition()
    changed = [{"members": 7}, {"seed": 2}, {"scale": 10}, {"data_hash": "1"}, {"versions": {"numpy": "3"}}]
    ids = {base.study_id, *(dataclasses.replace(base, **change).study_id for change in changed)}  # type: ignore[arg-type]
    assert len(ids) == 1 + len(changed)


def test_a_name_with_another_definition_is_refused(tmp_path: Path) -> None:
    """A study name that stands for another definition is an error that names each field that differs."""
    Study.create_or_open(definition(), tmp_path, "mine")
    before = (tmp_path / "mine" / "manifest.json").read_bytes()
    with pytest.raises(StudyError) as caught:
        Study.create_or_open(definition(members=7, seed=9), tmp_path, "mine")
    lines = caught.value.lines()
    assert ["members: 7 asked, 6 in the study" in lines[0], "seed: 9 asked, 1 in the study" in lines[1]] == [True] * 2
    assert (tmp_path / "mine" / "manifest.json").read_bytes() == before


def test_rows_that_differ_are_named_by_their_ids(tmp_path: Path) -> None:
    """When a target differs, the error names that target and no other."""
    base = definition()
    first = dataclasses.replace(base.targets[0], value=3.9)
    Study.create_or_open(base, tmp_path, "mine")
    with pytest.raises(StudyError, match="targets differ: rd_intensity;"):
        Study.create_or_open(dataclasses.replace(base, targets=(first, *base.targets[1:])), tmp_path, "mine")


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "c:d"])
def test_a_name_that_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    """A study name cannot leave the folder of studies, and nothing is written."""
    with pytest.raises(StudyError, match="--study"):
        Study.create_or_open(definition(), tmp_path, name)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_no_study_is_left_alone(tmp_path: Path) -> None:
    """A folder with other content is neither used nor changed."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(StudyError, match="no study"):
        Study.create_or_open(definition(), tmp_path, "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"definition": {}, "record": {}}', '{"record": {}}'])
def test_a_broken_manifest_is_an_error_of_the_study(tmp_path: Path, content: str) -> None:
    """A manifest that is empty, cut short or of another version gives a StudyError."""
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(StudyError, match="manifest"):
        Study.open(tmp_path)


def test_values_come_back_as_written(study: Study) -> None:
    """Every number of a run is read back to the last bit, with its labels."""
    run = result("plan", 3)
    rows = study.indicators(scenario="plan", member=3, indicator="gdp")
    assert np.array_equal(rows["value"].to_numpy(), run.values[:, run.columns.index(("gdp", ""))])
    assert list(rows["period"][:2]) == ["2020Q4", "2021Q1"]
    moved = study.flows(scenario="plan", member=3, kind="talents", origin="shanghai", destination="yinzhou")
    assert moved["value"].sum() == run.flows["talents"][:, 1, 0].sum()
    cost = study.costs(scenario="plan", member=3, year=2022, lever="univ_institutes", payer="district")
    assert cost["yuan"].iloc[0] == pytest.approx(run.costs[5:9, 4, 0].sum(), rel=1e-15)
    parts = study.decomposition(scenario="plan", member=3, indicator="talent_total", part="moves_in")
    assert np.array_equal(parts["value"].to_numpy(), run.decomposition["talent_total", "moves_in"])
    assert study.drawn(scenario="plan", member=3)["value"].tolist() == [run.drawn["rd_base"]]
    assert (study.indicators(indicator="budget_ration")["value"] == 1).all()


def test_filters_take_one_value_or_many(study: Study) -> None:
    """A reader may ask for one value or a list of values, and gets those rows alone."""
    rows = study.indicators(indicator=["gdp", "talent_total"], quarter=range(0, 21, 4), scenario="plan")
    assert set(rows["indicator"]) == {"gdp", "talent_total"}
    assert set(rows["quarter"]) == {0, 4, 8, 12, 16, 20}
    assert len(rows) == 8 * 3 * 6


def test_the_bytes_do_not_depend_on_how_runs_are_batched(tmp_path: Path) -> None:
    """Batches of other sizes, written in another order and split across scenarios, give the same result files."""
    one = complete_study(tmp_path / "one", members=6, size=6)
    other = Study.create_or_open(definition(6), tmp_path / "other")
    pairs = sorted(every_result(6), key=lambda pair: (pair[1] % 3, pair[0], -pair[1]))
    for start in range(0, len(pairs), 5):
        other.write_batch([result(*pair) for pair in pairs[start : start + 5]])
    other.compact()
    assert result_bytes(one) == result_bytes(other)


def test_many_members_are_compacted_in_order(tmp_path: Path) -> None:
    """A study of more members than one row group keeps scenarios in the order of the design and members in theirs."""
    study = Study.create_or_open(definition(members=60, n_quarters=4), tmp_path)
    for name in reversed(NAMES):
        study.write_batch([result(name, member, 4) for member in range(59, -1, -1)])
    study.compact()
    rows = study.drawn()
    assert list(zip(rows["scenario"], rows["member"], strict=True)) == every_result(60)


def test_a_stopped_study_says_what_is_missing(tmp_path: Path) -> None:
    """After some batches, the rest is missing in the order of the design; then nothing is."""
    study = Study.create_or_open(definition(3), tmp_path)
    study.write_batch([result("baseline", member) for member in (0, 2)])
    again = Study.create_or_open(definition(3), tmp_path)
    assert again.missing() == [("baseline", 1), *every_result(3)[3:]]
    with pytest.raises(StudyError, match="10 runs are missing"):
        again.compact()
    with pytest.raises(StudyError, match="not complete"):
        again.indicators()
    again.write_batch([result(*pair) for pair in again.missing()])
    again.compact()
    assert again.is_complete
    assert Study.open(again.path).missing() == []


@pytest.mark.parametrize("harm", ["no commit", "broken commit", "cut short", "table gone", "temporary left"])
def test_a_kill_while_writing_costs_that_batch_alone(tmp_path: Path, harm: str) -> None:
    """Whatever a kill leaves of a batch, it is run again, the others are kept, and the result has the same bytes."""
    whole = complete_study(tmp_path / "whole", members=4)
    study = Study.create_or_open(definition(4), tmp_path / "killed")
    for name in NAMES:
        study.write_batch([result(name, member) for member in range(4)])
    folder = study.path / "batches"
    commit = min(folder.glob("*.json"))
    lost = [tuple(pair) for pair in json.loads(commit.read_text("utf-8"))["pairs"]]
    table = folder / f"{commit.stem}.flows.parquet"
    if harm == "no commit":
        commit.unlink()
    elif harm == "broken commit":
        commit.write_text(commit.read_text("utf-8")[:20], encoding="utf-8")
    elif harm == "cut short":
        table.write_bytes(table.read_bytes()[:-100])
    elif harm == "table gone":
        table.unlink()
    else:
        commit.rename(commit.with_name(commit.name + ".tmp4711"))
    (folder / "abc.flows.parquet.tmp4712").write_bytes(b"half")
    again = Study.create_or_open(definition(4), tmp_path / "killed")
    assert again.missing() == lost
    again.write_batch([result(*pair) for pair in again.missing()])
    again.compact()
    assert result_bytes(again) == result_bytes(whole)
    assert not list(again.path.rglob("*.tmp*"))


def test_a_kill_while_tidying_leaves_a_complete_study(tmp_path: Path) -> None:
    """Batches that a kill left behind after completion are swept, not gathered again."""
    study = complete_study(tmp_path, members=2)
    before = result_bytes(study)
    study_again = Study.open(study.path)
    (study.path / "batches").mkdir()
    (study.path / "batches" / "left.json").write_text("{}", encoding="utf-8")
    study_again.compact()
    assert result_bytes(study_again) == before
    assert not (study.path / "batches").exists()


def test_a_failed_run_is_recorded_and_the_others_stand(tmp_path: Path) -> None:
    """A run that fails leaves error and command, is not run again unasked, and does not stop the study."""
    study = Study.create_or_open(definition(3), tmp_path)
    bad = Failure("plan", 1, "AccountingError: talents are off by 1", "run.py --scenarios plan --members 2")
    done = [result(*pair) for pair in every_result(3) if pair != ("plan", 1)]
    study.write_batch(done, [bad])
    assert study.missing() == []
    assert study.missing(retry_failed=True) == [("plan", 1)]
    study.compact()
    again = Study.open(study.path)
    assert again.is_complete
    assert again.failed() == [bad]
    assert again.finished_members("plan") == [0, 2]
    assert set(again.drawn(scenario="plan")["member"]) == {0, 2}


def test_a_failed_run_can_be_tried_again(tmp_path: Path) -> None:
    """Once a failed run succeeds, the study is as if it had never failed."""
    whole = complete_study(tmp_path / "whole", members=2)
    study = Study.create_or_open(definition(2), tmp_path / "failed")
    pairs = every_result(2)
    study.write_batch([result(*pair) for pair in pairs[1:]], [Failure(*pairs[0], "no memory", "run.py")])
    study.compact()
    again = Study.open(study.path)
    again.write_batch([result(*pair) for pair in again.missing(retry_failed=True)])
    assert not again.is_complete
    again.compact()
    assert result_bytes(again) == result_bytes(whole)
    assert again.failed() == []


def test_a_study_of_failures_alone_is_an_error(tmp_path: Path) -> None:
    """When no run finishes there is no result, and the error says where the failures are."""
    study = Study.create_or_open(definition(1), tmp_path)
    study.write_batch([], [Failure(name, 0, "broken", "run.py") for name in NAMES])
    with pytest.raises(StudyError, match="failures"):
        study.compact()


def test_runs_outside_the_design_and_after_the_end_are_refused(tmp_path: Path) -> None:
    """A run that the study does not ask for is refused, as is any run once it is complete."""
    study = Study.create_or_open(definition(1), tmp_path)
    with pytest.raises(StudyError, match="not part of the design"):
        study.write_batch([result("plan", 5)])
    study.write_batch([result(*pair) for pair in every_result(1)])
    study.compact()
    with pytest.raises(StudyError, match="complete"):
        study.write_batch([result("plan", 0)])


def test_a_failing_write_leaves_the_old_file(tmp_path: Path) -> None:
    """When a writer breaks off, the old file stands and nothing is left beside it."""
    path = tmp_path / "file.txt"
    path.write_text("old", encoding="utf-8")

    def break_off(temporary: Path) -> None:
        temporary.write_text("half", encoding="utf-8")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StudyError, match=r"file\.txt: cannot be written \(No space left on device\)"):
        write_with(path, break_off)
    assert [(p.name, p.read_text("utf-8")) for p in tmp_path.iterdir()] == [("file.txt", "old")]


def test_the_synthetic_runs_have_the_length_they_claim() -> None:
    """A run holds its opening quarter and every quarter simulated."""
    assert len(result("plan", 0).values) == N_QUARTERS + 1
