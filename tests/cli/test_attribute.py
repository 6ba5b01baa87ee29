"""`attribute` as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from run import main

SMOKE = ["--members", "2", "--scale", "5000", "--to", "2022", "--quiet", "--lang", "en"]
ASKED = ["attribute", "--scenario", "enclaves+institutes_and_carriers", *SMOKE]


def test_attribute_runs_all_coalitions_and_reads_them_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two families are four coalitions; parts add up in the file; the same command runs nothing and says the same."""
    monkeypatch.setenv("YINZHOU_ENV", "own")
    words = [*ASKED, "--workers", "1", "--studies-dir", str(tmp_path), "--study", "one"]
    assert main(words) == 0
    first = capsys.readouterr().out
    assert "2 paired members, all 4 coalitions, no error of sampling" in first
    charts = {f"{name}_en.{kind}" for name in ("attribution", "attribution_chances") for kind in ("png", "svg")}
    files = {path.name for path in (tmp_path / "one" / "attribution").iterdir()}
    assert files == {"manifest.json", "attribution.csv", "interactions.csv", *charts}
    table = pd.read_csv(tmp_path / "one" / "attribution" / "attribution.csv")
    cost = table[(table["quantity"] == "added_cost") & (table["definition"] == "all_payers") & (table["year"] == 2022)]
    whole = cost[cost["player"] == "all"]["contribution"].iloc[0]
    assert whole > 0
    assert cost[cost["player"] != "all"]["contribution"].sum() == pytest.approx(whole, rel=1e-9)
    results = {path.name: path.read_bytes() for path in (tmp_path / "one" / "results").iterdir()}
    assert main(words) == 0
    assert capsys.readouterr().out == first
    assert main([*words, "--markdown"]) == 0
    assert capsys.readouterr().out.startswith("Study `")
    assert results == {path.name: path.read_bytes() for path in (tmp_path / "one" / "results").iterdir()}


def test_two_workers_leave_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Results and tables of one worker and of two are the same."""
    monkeypatch.setenv("YINZHOU_ENV", "own")
    for name in ("1", "2"):
        words = [*ASKED, "--workers", name, "--studies-dir", str(tmp_path), "--study", name]
        assert main(words) == 0
    one, two = ({p.name: p.read_bytes() for p in sorted((tmp_path / n).glob("*/*.[cps][svna][vrg]*"))} for n in "12")
    assert len(one) >= 8
    assert one == two


def test_a_dry_run_counts_the_coalitions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of two levers' families four, of two members eight runs; nothing is written."""
    assert main([*ASKED, "--dry-run", "--workers", "1", "--studies-dir", str(tmp_path)]) == 0
    assert "runs: 8" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--scenarios", "plan", "strong"], "--scenarios: 2 are given; `attribute` takes one"),
        (["--against", "plan"], "--against: plan is the scenario itself"),
        (["--by", "lever", "--pairs", "1"], "--pairs: 1 is not between 2 and 1000"),
        (["--to", "2021"], "plan and baseline set every lever alike until the last quarter simulated"),
    ],
)
def test_what_cannot_be_asked_is_said(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One line with the flag, what is wrong and what to do."""
    assert main(["attribute", *words]) == 1
    assert said in capsys.readouterr().err
