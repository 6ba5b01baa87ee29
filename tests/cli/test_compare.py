"""`compare` as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from run import main

SMOKE = ["--members", "2", "--scale", "1000", "--to", "2021", "--workers", "1", "--quiet", "--lang", "en"]


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
