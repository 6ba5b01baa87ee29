"""The verbs `template` and `import` as a user runs them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from run import main
from scenarios.scenario import load
from scenarios.sheets import LEVER_SHEET


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a blank and Chinese characters in its name, in which the user stands."""
    monkeypatch.setenv("YINZHOU_ENV", "own")
    place = tmp_path / "我的 情景"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def test_from_a_template_to_a_scenario_that_can_be_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The plan in a workbook becomes a file of another name with the same path; each verb says what it wrote."""
    assert main(["template", "规划 副本.xlsx", "--scenario", "plan"]) == 0
    assert main(["import", "规划 副本.xlsx"]) == 0
    shown = capsys.readouterr()
    assert shown.out == "written: 规划 副本.xlsx\nwritten: 规划 副本.yaml\n"
    plan, mine = load(["plan", str(folder / "规划 副本.yaml")], 20)
    assert (plan.intensity == mine.intensity).all()


def test_a_bad_workbook_leaves_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong cell ends with 1, one line on stderr, and no file."""
    assert main(["template", "mine.xlsx", "--scenario", "strong"]) == 0
    book = openpyxl.load_workbook("mine.xlsx")
    sheet = book[LEVER_SHEET]
    sheet["K34"], sheet["L34"] = None, 99
    book.save("mine.xlsx")
    capsys.readouterr()
    assert main(["import", "mine.xlsx"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("error: mine.xlsx, sheet 措施 Levers, cell L34: univ_institutes: 99 is out of range")
    assert shown.err.count("\n") == 1
    assert [path.name for path in folder.iterdir()] == ["mine.xlsx"]


def test_nothing_is_overwritten_silently(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there stays unless --overwrite is said; a name of the library and a lost base are refused."""
    assert main(["template", "mine.xlsx"]) == 0
    before = (folder / "mine.xlsx").read_bytes()
    assert main(["template", "mine.xlsx", "--scenario", "plan"]) == 1
    assert "is there already; give another name, or --overwrite" in capsys.readouterr().err
    assert (folder / "mine.xlsx").read_bytes() == before
    assert main(["template", "mine.xlsx", "--scenario", "downturn", "--overwrite"]) == 0
    assert main(["import", "mine.xlsx", "--into", "plan.yaml"]) == 1
    assert "the library has a scenario 'plan' already" in capsys.readouterr().err
    assert main(["import", "mine.xlsx"]) == 0
    assert main(["import", "mine.xlsx"]) == 1
    book = openpyxl.load_workbook("mine.xlsx")
    book["情景 Scenario"]["D9"] = "plam"
    book.save("mine.xlsx")
    capsys.readouterr()
    assert main(["import", "mine.xlsx", "--overwrite"]) == 1
    assert "cell D9: unknown base 'plam'" in capsys.readouterr().err
    assert main(["template", "none/mine.xlsx"]) == 1
    assert "cannot be written" in capsys.readouterr().err
