"""The verb `variance` as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from run import main

SMALL = ("variance", "--members", "3", "--scale", "5000", "--to", "2021", "--workers", "1", "--quiet", "--lang", "en")


def test_variance_splits_and_resumes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three rows are eighteen runs; shares sum to one, a chart is there, and the same command runs nothing."""
    words = [*SMALL, "--study", "split", "--studies-dir", str(tmp_path)]
    assert main(words) == 0
    shown = capsys.readouterr().out
    assert "interactions" in shown
    table = pd.read_csv(tmp_path / "split" / "variance" / "variance.csv")
    assert set(table["rows"]) == {3}
    assert set(table["scenario"]) == {"plan"}
    sums = table[table["deviation"] > 0].groupby(["indicator", "definition"], dropna=False)["first"].sum()
    assert sums.to_list() == pytest.approx([1.0] * len(sums))
    assert (tmp_path / "split" / "variance" / "variance_en.svg").is_file()
    results = {path: path.stat().st_mtime_ns for path in (tmp_path / "split" / "results").iterdir()}
    assert len(results) == 5
    assert main(words) == 0
    assert capsys.readouterr().out == shown
    assert results == {path: path.stat().st_mtime_ns for path in (tmp_path / "split" / "results").iterdir()}


def test_a_dry_run_counts_six_runs_a_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written."""
    assert main([*SMALL, "--dry-run", "--studies-dir", str(tmp_path)]) == 0
    assert "runs: 18" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())
