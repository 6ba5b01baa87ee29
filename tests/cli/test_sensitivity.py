"""The verb `sensitivity` as a user runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from run import main

if TYPE_CHECKING:
    from pathlib import Path

SMALL = ("sensitivity", "--scale", "5000", "--quiet", "--lang", "en")
YEARS = ("--to", "2022")
"""The first in which a lever is not where it was in 2020."""
FEW = (*YEARS, "--samples", "4", "--groups", "base", "levers:firms_and_research+levers:institutes_and_carriers", "luck")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINZHOU_ENV", "own")


def files(folder: Path) -> dict[str, bytes]:
    """Every table of a study and of its sensitivity, by its place."""
    found = [
        *folder.glob("results/*.parquet"),
        *folder.glob("sensitivity/*/*.csv"),
        *folder.glob("sensitivity/*/*.svg"),
    ]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_sobol_gives_the_same_bytes_on_one_worker_and_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Four rows of five runs; shares and interactions sum to one, and the same command runs nothing more."""
    for workers in ("1", "2"):
        words = [*SMALL, *FEW, "--workers", workers, "--study", "shares", "--studies-dir", str(tmp_path / workers)]
        assert main(words) == 0
    shown = capsys.readouterr().out
    assert "share of each group in the variance (4 rows" in shown
    assert "Convergence:" in shown
    one, two = (files(tmp_path / workers / "shares") for workers in ("1", "2"))
    assert one == two
    assert len(one) == 5 + 2 + 1
    table = pd.read_csv(next((tmp_path / "1" / "shares").glob("sensitivity/*/shares.csv")))
    assert set(table["rows"]) == {4}
    sums = table.groupby(["indicator", "definition", "year"], dropna=False)["first"].sum()
    assert sums.to_list() == pytest.approx([1.0] * len(sums))
    assert main([*SMALL, *FEW, "--workers", "1", "--study", "shares", "--studies-dir", str(tmp_path / "1")]) == 0
    assert files(tmp_path / "1" / "shares") == one
    for other in (["compare", "shares"], ["discover", "shares"]):
        assert main([*other, "--studies-dir", str(tmp_path / "1")]) == 1
        assert "its members share draws, because `sensitivity` made it" in capsys.readouterr().err


def test_what_nothing_moves_is_said_and_not_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """R&D intensity of the base moves no talent under one luck: the verb says so, and keeps the table of the rest."""
    words = [*SMALL, *YEARS, "--samples", "4", "--groups", "base:rd_intensity", "--indicators", "talent_total"]
    assert main([*words, "--workers", "1", "--studies-dir", str(tmp_path), "--study", "still"]) == 0
    assert "nothing in this design moves it" in capsys.readouterr().out
    folder = next((tmp_path / "still" / "sensitivity").iterdir())
    assert [path.name for path in folder.iterdir() if path.suffix == ".csv"] == ["shares.csv"]


def test_levers_alone_can_be_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A design that sets no input of the model is one all the same."""
    words = [*SMALL, *YEARS, "--samples", "4", "--groups", "levers:enclaves", "--dry-run"]
    assert main([*words, "--studies-dir", str(tmp_path)]) == 0
    assert "runs" in capsys.readouterr().out


def test_a_screen_makes_groups_for_sobol(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The two strongest factors of a screen, all others and luck: four groups, twenty-four runs."""
    common = ["--workers", "1", "--studies-dir", str(tmp_path)]
    screen = [
        "--method",
        "morris",
        "--trajectories",
        "2",
        "--groups",
        "outside",
        "base:talent_arrivals_elsewhere",
        "luck",
    ]
    assert main([*SMALL, *screen, "--to", "2021", "--study", "screen", *common]) == 0
    assert "talents a year from elsewhere" in capsys.readouterr().out
    folder = next((tmp_path / "screen").glob("sensitivity/*"))
    assert {path.name for path in folder.glob("*_en.svg")} == {"sensitivity_heat_en.svg", "tornado_en.svg"}
    words = [*SMALL, "--to", "2021", "--screened", "screen", "--keep", "2", "--samples", "4", "--dry-run", *common]
    assert main(words) == 0
    assert "runs: 24" in capsys.readouterr().out
    assert main([*SMALL, "--screened", "nowhere", "--dry-run", *common]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_a_grid_runs_each_lever_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two levers at two levels each beside the plan, two members: ten runs, a tornado and lines."""
    words = [
        *SMALL,
        *YEARS,
        "--method",
        "grid",
        "--levels",
        "2",
        "--members",
        "2",
        "--study",
        "levels",
        "--workers",
        "1",
    ]
    words += ["--groups", "lever:talent_subsidy_grad", "lever:univ_institutes", "--studies-dir", str(tmp_path)]
    assert main(words) == 0
    assert "University research institutes" in capsys.readouterr().out
    folder = next((tmp_path / "levels").glob("sensitivity/*"))
    assert {path.name for path in folder.glob("*_en.svg")} == {"lever_levels_en.svg", "tornado_en.svg"}
    table = pd.read_csv(folder / "levels.csv")
    assert set(table["scenario"]) == {
        f"{lever}@{share}" for lever in ("talent_subsidy_grad", "univ_institutes") for share in (0, 1)
    }


def test_wrong_values_end_with_an_error_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All that can be seen at once is said at once, nothing is run, and nothing is written."""
    words = [*SMALL, "--samples", "6", "--members", "3", "--between", "plan", "plan", "--scenarios", "plan", "strong"]
    assert main([*words, "--studies-dir", str(tmp_path)]) == 1
    lines = capsys.readouterr().err.splitlines()
    wanted = ("--samples: 6 is no power", "--scenarios: one alone", "--between: plan twice", "--members: the design")
    assert [[want in line for line in lines].count(True) for want in wanted] == [1, 1, 1, 1]
    one_lever = ["--groups", "lever:univ_institutes", "--to", "2021"]
    for words, reason in ((["--groups", "reserch"], "did you mean 'research'"), (one_lever, "is no group")):
        assert main([*SMALL, *words, "--studies-dir", str(tmp_path)]) == 1
        assert reason in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
