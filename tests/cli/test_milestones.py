"""`milestones` as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from run import main

SMOKE = ["--members", "6", "--scale", "1000", "--to", "2022", "--workers", "1", "--quiet"]


def test_milestones_runs_what_is_asked_and_reads_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Scenarios are run once, by the study's name the same comes again, and other targets make another folder."""
    monkeypatch.setenv("YINZHOU_ENV", "own")
    there = ["--studies-dir", str(tmp_path), "--lang", "en"]
    assert main(["milestones", "--scenarios", "plan", *SMOKE, *there, "--study", "one"]) == 0
    first = capsys.readouterr().out
    assert "What can be promised for 2022 with a chance of 80%" in first
    assert "none of 6 runs meets it" in first
    files = {path.name for path in tmp_path.glob("one/milestones/*/*")}
    assert files == {"manifest.json", "milestones.csv", "promises.csv"} | {
        f"{name}_en.{kind}" for name in ("milestones", "promises") for kind in ("png", "svg")
    }
    assert main(["milestones", "one", *there]) == 0
    assert capsys.readouterr().out == first
    mine = tmp_path / "mine.csv"
    mine.write_text("target_id,value\nrd_intensity,2\n", encoding="utf-8")
    assert main(["milestones", "one", *there, "--targets", str(mine), "--chance", "0.5"]) == 0
    second = capsys.readouterr().out
    assert "R&D expenditure over GDP ≥ 2 %" in second
    assert "all of 6 runs meet it" in second
    assert len(list(tmp_path.glob("one/milestones/*"))) == 2


def test_what_cannot_be_asked_is_one_line_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A study beside scenarios, a chance of one, and a study that is not there."""
    monkeypatch.setenv("YINZHOU_ENV", "own")
    there = ["--studies-dir", str(tmp_path)]
    assert main(["milestones", "one", "--scenarios", "plan", "--chance", "1", *there]) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["error", "error"]
    assert main(["milestones", "one", *there]) == 1
    assert "no manifest.json" in capsys.readouterr().err
