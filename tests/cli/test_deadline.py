"""`deadline` as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from run import main

SMOKE = ["--members", "8", "--scale", "1000", "--to", "2023", "--workers", "1", "--quiet", "--lang", "en"]
ASKED = ["deadline", "--by", "family", "--only", "talent", *SMOKE, "--study", "late"]


def test_deadline_runs_later_starts_and_says_what_they_keep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three paths of eight members are run once; another threshold asks the same runs, into a folder of its own."""
    monkeypatch.setenv("YINZHOU_ENV", "own")
    there = ["--studies-dir", str(tmp_path)]
    assert main([*ASKED, *there]) == 0
    told = capsys.readouterr()
    assert "Talent total (end of year) in 2023: what a later start costs, all else as in “Plan levels”" in told.out
    assert "R&D expenditure over GDP: with no delay the chance is 0% [0–32], below 80%" in told.out
    assert "8 runs are too few for signposts" in told.out
    files = {path.name for path in tmp_path.glob("late/deadline/*/*")}
    tables = {"late.csv", "last_starts.csv", "signposts.csv"}
    assert files == {"manifest.json", "deadline_en.png", "deadline_en.svg", *tables}
    assert main([*ASKED, *there, "--threshold", "0.3", "--keep", "0.9", "--markdown"]) == 0
    told = capsys.readouterr()
    assert "below 30%" in told.out
    assert told.out.startswith("Study `")
    assert "\n| Talent | 2022 | " in told.out
    assert len(list(tmp_path.glob("late/deadline/*"))) == 2


def test_what_cannot_be_asked_is_one_line_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two scenarios and a share of two come at once; a family that is not there is named with its near match."""
    monkeypatch.setenv("YINZHOU_ENV", "own")
    there = ["--studies-dir", str(tmp_path), "--smoke"]
    assert main(["deadline", "--scenarios", "plan", "strong", "--keep", "2", *there]) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["error", "error"]
    assert main(["deadline", "--by", "family", "--only", "talents", *there]) == 1
    assert "did you mean 'talent'" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
