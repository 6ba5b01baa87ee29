"""`compare` as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from outputs.store import Study
from run import main

SMOKE = ["--members", "2", "--scale", "1000", "--to", "2021", "--workers", "1", "--quiet", "--lang", "en"]
pytestmark = pytest.mark.usefixtures("one_chart")


@pytest.mark.parametrize("scenarios", [["baseline", "plan"]])
def test_compare_runs_what_is_asked_and_reads_it_again(
    scenarios: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Scenarios are run once into a study; by its name the same comparison comes, and another seed is refused."""
    monkeypatch.setenv("YINZHOU_ENV", "own")
    there = ["--studies-dir", str(tmp_path)]
    assert main(["compare", "--scenarios", *scenarios, *SMOKE, *there, "--study", "one"]) == 0
    first = capsys.readouterr().out
    assert "Differences to “Policy of 2020 carried on” in 2021" in first
    files = {path.name for path in tmp_path.glob("one/comparison/*/*")}
    assert files == {"manifest.json", "comparison.csv", "chances.csv", "comparison_en.png", "comparison_en.svg"}
    assert main(["compare", "one", *there, "--lang", "en"]) == 0
    assert capsys.readouterr().out == first
    assert main(["project", "--scenarios", *scenarios, *SMOKE, *there, "--study", "two", "--seed", "5"]) == 0
    capsys.readouterr()
    assert main(["compare", "one", "two", *there, "--lang", "en"]) == 1
    assert "seed: 2020 and 5" in capsys.readouterr().err
    assert main(["compare", "one", "two", *there, "--lang", "en", "--anyway"]) == 0
    assert "Caution: the studies compared differ in more than policy: seed: 2020 and 5" in capsys.readouterr().out


def test_stratified_members_are_another_study_that_is_not_mixed_in_unseen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Members drawn by strata are said in manifest and result; to compare them with independent ones is refused."""
    monkeypatch.setenv("YINZHOU_ENV", "own")
    there = ["--studies-dir", str(tmp_path)]
    loud = [word for word in SMOKE if word != "--quiet"]
    for name, words in (("plain", SMOKE), ("strata", [*loud, "--draws", "stratified"])):
        assert main(["project", "--scenarios", "plan", *words, *there, "--study", name]) == 0
    assert ", stratified draws" in capsys.readouterr().err
    drawn = [Study.open(tmp_path / name).definition.drawn_from for name in ("plain", "strata")]
    assert drawn[1] == drawn[0] | {"draws": "stratified"}
    values = [
        Study.open(tmp_path / name).drawn(scenario="plan", name="rd_adjust_speed") for name in ("plain", "strata")
    ]
    assert not set(values[0]["value"]) & set(values[1]["value"])
    assert main(["compare", "plain", "strata", *there, "--lang", "en"]) == 1
    assert "'draws': 'stratified'" in capsys.readouterr().err
