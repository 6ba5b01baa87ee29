"""Storing batches as they finish: what reaches the disk, what is told, and what a full disk leaves."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from model.ensemble import Batch, Failure, Outcome, run_ensemble
from model.errors import StudyError
from outputs import batches as batch_files
from outputs.progress import Progress
from outputs.store import Study
from tests.unit.outputs.synthetic import SCENARIOS, complete_study, definition, result

NAMES = tuple(name for name, _, _ in SCENARIOS)


def repeat(scenario_id: str, member: int) -> str:
    """A command for one run."""
    return f"again {scenario_id} {member}"


def outcome(members: range, failing: tuple[str, int] | None = None) -> Outcome:
    """What a batch of members under all scenarios leaves, one run of it failing if asked."""
    pairs = [(name, member) for name in NAMES for member in members]
    done = tuple(result(*pair) for pair in pairs if pair != failing)
    failures = (Failure(*failing, "ValueError: broken", "the traceback"),) if failing else ()
    return Outcome(Batch(tuple(members), NAMES), done, failures)


class Replay:
    """An executor that gives outcomes made before."""

    def __init__(self, *outcomes: Outcome) -> None:
        """Keep them."""
        self.outcomes = outcomes

    def run(self, *_: Any) -> Any:
        """Give them in order."""
        return iter(self.outcomes)


def planned(*outcomes: Outcome) -> list[Batch]:
    """Batches of some outcomes."""
    return [one.batch for one in outcomes]


def test_a_batch_is_stored_when_it_finishes(tmp_path: Path) -> None:
    """After each batch its runs are on disk, and the other ones are still missing."""
    study, first, second = Study.create_or_open(definition(4), tmp_path), outcome(range(2)), outcome(range(2, 4))
    with Progress(study, planned(first, second), repeat, quiet=True) as sink:
        sink.write(first)
        assert Study.open(study.path).missing() == [(name, member) for name in NAMES for member in (2, 3)]
        sink.write(second)
    assert Study.open(study.path).missing() == []


def test_a_failed_run_is_kept_with_the_command_that_repeats_it(tmp_path: Path) -> None:
    """The record of a failure holds error, traceback and the command of that one run."""
    study, one = Study.create_or_open(definition(2), tmp_path), outcome(range(2), failing=("plan", 1))
    with Progress(study, planned(one), repeat, quiet=True) as sink:
        sink.write(one)
    (failure,) = study.failed()
    assert (failure.error, failure.command, failure.trace) == ("ValueError: broken", "again plan 1", "the traceback")
    assert failure.line == "failed: plan, member 1: ValueError: broken; again: again plan 1"


def test_away_from_a_terminal_a_line_tells_every_tenth_of_the_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Twenty batches of five hundredths give a line for every second one, failed runs counted, on stderr alone."""
    study = Study.create_or_open(definition(20), tmp_path)
    outcomes = [outcome(range(m, m + 1), failing=("plan", m) if m == 3 else None) for m in range(20)]
    with Progress(study, planned(*outcomes), repeat, quiet=False) as sink:
        for one in outcomes:
            sink.write(one)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [f"{done} of 80 runs" for done in range(8, 81, 8)]


def test_quiet_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--quiet` neither stream gets a word."""
    study, one = Study.create_or_open(definition(1), tmp_path), outcome(range(1))
    with Progress(study, planned(one), repeat, quiet=True) as sink:
        sink.write(one)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("table", ["indicators", "drawn"])
def test_a_full_disk_costs_the_batch_being_written_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    """When the disk fills in the middle of the third batch, one error says so; two are safe, and the rest resumes."""
    whole = complete_study(tmp_path / "whole", members=8, size=8)
    outcomes = [outcome(range(m, m + 2)) for m in range(0, 8, 2)]
    study = Study.create_or_open(definition(8), tmp_path / "full")
    written = 0

    def write_until_full(place: Path, name: str, groups: Any) -> None:
        nonlocal written
        written += name == table
        if written > 2:
            place.write_bytes(b"half of it")
            raise OSError(errno.ENOSPC, "No space left on device")
        write_groups(place, name, groups)

    write_groups = batch_files._write_groups
    with monkeypatch.context() as patched:
        patched.setattr(batch_files, "_write_groups", write_until_full)
        with (
            pytest.raises(StudyError, match=r"cannot be written \(No space left on device\); finished runs are kept"),
            Progress(study, planned(*outcomes), repeat, quiet=True) as sink,
        ):
            run_ensemble(None, planned(*outcomes), Replay(*outcomes), sink)  # type: ignore[arg-type] # never called
    again = Study.create_or_open(definition(8), tmp_path / "full")
    assert again.missing() == [(name, member) for name in NAMES for member in range(4, 8)]
    assert not list(again.path.rglob("*.tmp*"))
    with Progress(again, planned(*outcomes[2:]), repeat, quiet=True) as sink:
        run_ensemble(None, planned(*outcomes[2:]), Replay(*outcomes[2:]), sink)  # type: ignore[arg-type]
    again.compact()
    for path in (whole.path / "results").iterdir():
        assert path.read_bytes() == (again.path / "results" / path.name).read_bytes()
