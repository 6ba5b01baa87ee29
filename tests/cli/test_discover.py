"""The verb `discover` as a user runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from run import main
from tests.unit.outputs.synthetic import complete_study

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def studies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder with a small complete study called `small`."""
    monkeypatch.setenv("YINZHOU_ENV", "own")
    complete_study(tmp_path, members=8).path.rename(tmp_path / "small")
    return tmp_path


def test_a_small_study_has_nothing_to_discover(studies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Eight members are too few for a rule: the verb says so, in Chinese too, and leaves tables and charts."""
    assert main(["discover", "small", "--target", "all", "--studies-dir", str(studies)]) == 0
    assert "Nothing to discover" in capsys.readouterr().out
    (folder,) = (studies / "small" / "discovery").iterdir()
    files = {path.name for path in folder.iterdir()}
    charts = {f"discover_{language}.{kind}" for language in ("zh", "en") for kind in ("png", "svg")}
    assert files == {"manifest.json", "discover.csv", "tree.csv", *charts}
    assert main(["discover", "small", "--target", "all", "--lang", "zh", "--studies-dir", str(studies)]) == 0
    assert "无可发现" in capsys.readouterr().out


def test_wrong_words_end_with_an_error_and_leave_nothing(studies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown target, an unknown study and an impossible share exit with 1, one line each, and write nothing."""
    common = ["--studies-dir", str(studies)]
    assert main(["discover", "small", "--target", "rd_intensty", *common]) == 1
    assert "did you mean 'rd_intensity'" in capsys.readouterr().err
    assert main(["discover", "none", *common]) == 1
    assert "no manifest.json" in capsys.readouterr().err
    assert main(["discover", "small", "--worst", "1.5", *common]) == 1
    assert "--worst: 1.5 is not between 0 and 1" in capsys.readouterr().err
    assert not (studies / "small" / "discovery").exists()
