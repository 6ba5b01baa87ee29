"""The verb `validate` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from run import main

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "calibration" / "scoreboard" / "example.csv"
SMALL = ("--smoke", "--members", "3", "--scenarios", "baseline", "plan", "--workers", "1", "--quiet")
pytestmark = pytest.mark.usefixtures("one_chart")


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One study of two scenarios, scored on the example by the first call."""
    folder = tmp_path_factory.mktemp("studies")
    words = ["--study", "one", "--studies-dir", str(folder), "--lang", "zh"]
    assert main(["validate", "--observations", str(EXAMPLE), *SMALL, *words]) == 0
    return folder


def only(folder: Path) -> Path:
    """The one folder of scores of an observation file."""
    (found,) = [path for path in (folder / "one" / "validation").iterdir() if path.name.startswith("example-")]
    return found


def test_validate_leaves_scores_and_a_chart_in_the_study(studies: Path) -> None:
    """Each observation has a row of the model and of each naive forecaster under both scenarios."""
    scores = pd.read_csv(only(studies) / "scores.csv")
    assert len(scores) == 8 * 5 * 2
    assert (only(studies) / "scoreboard_zh.svg").is_file()
    assert json.loads((only(studies) / "manifest.json").read_text("utf-8"))["observations"] == "example.csv"


def test_a_study_that_is_there_is_scored_as_it_lies(studies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the name of a complete study nothing is run; the scores have the same bytes, the screen says how little."""
    before = (only(studies) / "scores.csv").read_bytes()
    words = ["--observations", str(EXAMPLE), "--study", "one", "--studies-dir", str(studies), "--lang", "zh"]
    assert main(["validate", *words]) == 0
    shown = capsys.readouterr().out
    assert (only(studies) / "scores.csv").read_bytes() == before
    for words_shown in ("impossible: no published past", "refused: AR(1) needs 8", "Skill cannot be tested"):
        assert words_shown in shown


def test_validate_past_compares_rates(studies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Published growth of talents, R&D intensity and certified firms beside the first years, and that it is no test."""
    assert main(["validate", "--past", "--study", "one", "--studies-dir", str(studies), "--lang", "zh"]) == 0
    shown = capsys.readouterr().out
    assert "2016-2020: 8.5" in shown
    assert "No test of a forecast" in shown
    assert (studies / "one" / "validation" / "past" / "past_rates_zh.png").is_file()


def test_refused_rows_end_the_verb_before_anything_is_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1, a line a row, no study; with --skip-refused the other rows are scored."""
    rows = [
        "rd_expenditure,,high_tech_zone,2021,level,=,28,亿元,2020,,observed_focal.csv",
        "talent_total,residents,whole_district,2022,level,>=,46,万人,,,SYNTHETIC",
    ]
    path = tmp_path / "mine.csv"
    header = EXAMPLE.read_text("utf-8").splitlines()[0]
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    words = ["validate", "--observations", str(path), *SMALL, "--studies-dir", str(tmp_path / "s"), "--lang", "zh"]
    assert main(words) == 1
    assert "mine.csv:2: refused: scope 'high_tech_zone'" in capsys.readouterr().err
    assert not (tmp_path / "s").exists()
    assert main([*words, "--skip-refused"]) == 0
    told = capsys.readouterr()
    assert "refused: scope 'high_tech_zone'" in told.err
    assert "0 values and 1 inequalities" in told.out


def test_a_file_that_is_not_there_is_a_wrong_value(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1 and its name."""
    assert main(["validate", "--observations", "nowhere.csv"]) == 1
    assert "--observations: nowhere.csv is not a file" in capsys.readouterr().err


def test_what_is_scored_is_foreseen_without_a_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--dry-run says the runs that would be scored, and writes nothing."""
    words = ["validate", "--observations", str(EXAMPLE), *SMALL, "--dry-run", "--studies-dir", str(tmp_path / "s")]
    assert main(words) == 0
    assert "runs: 6" in capsys.readouterr().out
    assert not (tmp_path / "s").exists()
