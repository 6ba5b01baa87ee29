"""The verb `update` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from run import main

HEADER = "indicator,definition,scope,period,relation,value,standard_error,source"
MEMBERS = 40
pytestmark = pytest.mark.usefixtures("one_chart")


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One study of forty members and one year."""
    folder = tmp_path_factory.mktemp("studies")
    words = [
        "--members",
        str(MEMBERS),
        "--scale",
        "5000",
        "--to",
        "2021",
        "--scenarios",
        "baseline",
        "plan",
        "--lang",
        "en",
    ]
    assert main(["project", *words, "--workers", "1", "--quiet", "--study", "one", "--studies-dir", str(folder)]) == 0
    return folder


def written(folder: Path, value: float, error: float) -> Path:
    """One made-up observation of R&D over GDP."""
    path = folder / "made.csv"
    row = f"rd_intensity,first_published,whole_district,2021,=,{value},{error},SYNTHETIC"
    path.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    return path


def update(studies: Path, path: Path, *words: str) -> int:
    """Run the verb."""
    return main(["update", "one", "--observations", str(path), "--studies-dir", str(studies), "--lang", "en", *words])


def only(studies: Path, stem: str) -> Path:
    """The newest folder of updates."""
    found = sorted((studies / "one" / "updates").glob(f"{stem}-*"), key=lambda path: path.stat().st_mtime_ns)
    return found[-1]


def test_a_vague_observation_changes_little_and_is_explained(
    studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error far wider than the ensemble: nearly all members count, levers and data add up, a chart is there."""
    assert update(studies, written(tmp_path, 2.8, 3.0), "--policy-now", "plan") == 0
    shown = capsys.readouterr().out
    assert f"40 of {MEMBERS}" in shown
    assert "withheld" not in shown
    folder = only(studies, "made")
    table = pd.read_csv(folder / "chances.csv")
    assert table["effective_members"].min() > 39.0
    assert (table["levers"] + table["data"] - table["change"]).abs().max() < 1e-9
    assert set(table["policy_now"]) == {"plan"}
    assert (folder / "update_en.png").is_file()
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["policy_now"] == "plan"


def test_a_sharp_observation_collapses_the_weights(
    studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Far outside the ensemble: exit 0, no chance, and the sentence that says why."""
    assert update(studies, written(tmp_path, 4.5, 0.01)) == 0
    shown = capsys.readouterr().out
    assert "withheld" in shown
    assert "the weights have collapsed" in shown
    assert "Surprising under baseline" in shown
    assert pd.read_csv(only(studies, "made") / "chances.csv")["after"].isna().all()


def test_another_file_or_policy_has_another_folder(studies: Path, tmp_path: Path) -> None:
    """Nothing is overwritten: content and policy are part of the name; the same command gives the same bytes."""
    path = written(tmp_path, 2.75, 3.0)
    assert update(studies, path) == 0
    first = only(studies, "made")
    before = (first / "chances.csv").read_bytes()
    assert update(studies, path, "--policy-now", "baseline") == 0
    assert only(studies, "made") != first
    assert update(studies, path) == 0
    assert (first / "chances.csv").read_bytes() == before


def test_what_cannot_be_used_ends_with_one(studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A scenario that the study has not, a study that is not there, a value without its error, a flag too few."""
    path = written(tmp_path, 2.8, 0.2)
    assert update(studies, path, "--policy-now", "plam") == 1
    assert "has no scenario 'plam'; did you mean 'plan'?" in capsys.readouterr().err
    assert update(studies, path, "--policy-now-study", "two") == 1
    assert "say which of its scenarios with --policy-now" in capsys.readouterr().err
    assert main(["update", "none", "--observations", str(path), "--studies-dir", str(studies)]) == 1
    assert "no manifest.json" in capsys.readouterr().err
    assert update(studies, written(tmp_path, 2.8, 0.0)) == 1
    assert "give its error" in capsys.readouterr().err
