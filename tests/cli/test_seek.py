"""The verbs `learn`, `emulate` and `seek` as a user runs them, one after the other."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from run import main
from scenarios.lever_space import training_paths

SMALL = ("--smoke", "--scale", "5000", "--workers", "1", "--quiet", "--lang", "en")
pytestmark = pytest.mark.usefixtures("one_chart")


def test_learn_leaves_an_emulator_with_its_error(studies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sizes, errors beside the trivial predictor, what was left out, and a chart; again it runs nothing."""
    folder = studies / "levers" / "emulator"
    files = {path.name for path in folder.iterdir()}
    charts = {"emulator_en.png", "emulator_en.svg"}
    assert files == {"manifest.json", "sizes.csv", "cross_validation.csv", "left_out.csv", *charts}
    errors = pd.read_csv(folder / "cross_validation.csv", encoding="utf-8-sig")
    assert {"rd_intensity", "hightech_share", "talent_total", "gdp", "cost_all"} <= set(errors["outcome"])
    assert (errors["trivial_rmse"] >= 0.0).all()
    about = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert (about["members"], about["anchor_members"]) == (2, 8)
    assert about["paths"] == errors["paths"].iloc[0]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    words = ["learn", *SMALL, "--paths", "5", "--members", "2", "--study", "levers", "--studies-dir", str(studies)]
    assert main(words) == 0
    assert "trivial predictor" in capsys.readouterr().out
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_dry_run_of_learn_tells_both_studies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Training paths times members, and the members of the policy of 2020; nothing is written."""
    monkeypatch.setenv("YINZHOU_ENV", "own")
    words = ["learn", *SMALL, "--paths", "5", "--members", "2", "--dry-run"]
    assert main([*words, "--studies-dir", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert f"runs: {2 * len(training_paths(5, 2020, 8))}" in shown
    assert "and 8 runs of the policy of 2020 alone" in shown
    assert not list(tmp_path.iterdir())


def test_emulate_answers_with_interval_and_error(studies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each scenario has its targets, all of them and the cost; one that changes more than levers is refused."""
    assert main(["emulate", "levers", "plan", "only_univ_institutes", "--studies-dir", str(studies)]) == 0
    shown = capsys.readouterr().out
    assert shown.count("Added cost, all payers") == 2
    assert "95 % interval" in shown
    assert main(["emulate", "levers", "downturn", "--studies-dir", str(studies)]) == 1
    assert "it changes more than levers" in capsys.readouterr().err


def test_errors_belong_to_the_target_values_asked_for(
    studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those stored are of the plan's values: for others the cross-validation is done anew, and said so."""
    own = tmp_path / "own.csv"
    own.write_text("target_id,value\nrd_intensity,3.0\n", encoding="utf-8")
    words = [
        "seek",
        "levers",
        *SMALL,
        "--members",
        "2",
        "--candidates",
        "2",
        "--dry-run",
        "--studies-dir",
        str(studies),
    ]
    assert main(words) == 0
    assert "worked out anew" not in capsys.readouterr().err
    assert main([*words, "--targets", str(own)]) == 0
    assert "worked out anew" in capsys.readouterr().err


def test_seek_runs_what_it_found_and_writes_a_scenario(studies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Verdicts on every target, frontier, paths, levers, charts, and a file that `project` runs."""
    words = ["seek", "levers", *SMALL, "--members", "2", "--candidates", "2", "--study", "found"]
    assert main([*words, "--studies-dir", str(studies)]) == 0
    shown = capsys.readouterr().out
    assert "R&D expenditure over GDP: NOT reached with a chance of 50%" in shown
    assert "With all levers at their upper bound" in shown
    folder = studies / "found" / "seek"
    charts = {f"{name}_en.{kind}" for name in ("frontier", "sought_levers") for kind in ("png", "svg")}
    tables = {"frontier.csv", "paths.csv", "targets.csv", "levers.csv"}
    assert {path.name for path in folder.iterdir()} == {"manifest.json", "sought.yaml", *tables, *charts}
    rows = pd.read_csv(folder / "paths.csv", encoding="utf-8-sig")
    assert {"baseline", "plan", "strong", "all_up", "seek_1"} <= set(rows["path"])
    assert ((rows["chance_low"] <= rows["chance"]) & (rows["chance"] <= rows["chance_high"])).all()
    command = [
        "project",
        "--scenarios",
        str(folder / "sought.yaml"),
        "--members",
        "1",
        "--scale",
        "5000",
        "--to",
        "2021",
    ]
    assert main([*command, "--workers", "1", "--quiet", "--lang", "en", "--studies-dir", str(studies)]) == 0


def test_wrong_values_end_with_one_line_each(studies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A chance above one, the members of training, an unknown study and a study without emulator are refused."""
    common = ["--studies-dir", str(studies)]
    assert main(["seek", "levers", *SMALL, "--chance", "1.5", *common]) == 1
    assert "--chance: 1.5 is not between 0 and 1" in capsys.readouterr().err
    assert main(["seek", "levers", *SMALL, "--seed", "2020", "--to", "2023", *common]) == 1
    told = capsys.readouterr().err
    assert "--seed: 2020 gives the members of training" in told
    assert "--to: 2023 is not 2022" in told
    assert main(["seek", "lever", *SMALL, *common]) == 1
    assert "no complete study of that name" in capsys.readouterr().err
    assert main(["learn", *SMALL, "--members", "1", "--paths", "2", *common]) == 1
    assert capsys.readouterr().err.count("error: ") == 2
