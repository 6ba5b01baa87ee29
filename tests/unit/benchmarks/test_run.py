"""The benchmark command's manners: what it cannot do is said in a line before anything is measured."""

import json
from pathlib import Path

import pytest

from tests.benchmarks import run
from tests.benchmarks.figures import Figure, to_plain


@pytest.fixture
def nothing_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the test if something is measured."""
    monkeypatch.setitem(run.MODES, "speed", lambda _args: pytest.fail("measured before the flags were checked"))


@pytest.mark.usefixtures("nothing_measured")
@pytest.mark.parametrize("content", [None, "no JSON", "{}", '{"figures": {"a": 1}}', '{"figures": {"a": {"b": 1}}}'])
def test_an_earlier_run_that_cannot_be_read_is_one_line(
    content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is not there, is no JSON, or holds no figures: exit 1, one line, nothing left."""
    file, out = tmp_path / "old.json", tmp_path / "out"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    assert run.main(["--speed", "--against", str(file), "--out", str(out)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"error: --against {file}: cannot be read")
    assert not out.exists()


def test_an_earlier_run_is_compared(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The ratio to the earlier figure stands on the screen and in the table that is left."""
    now, then = Figure("a", 2.0, 1.9, 2.1, 5, "s"), Figure("a", 4.0, 3.9, 4.1, 5, "s")
    file = tmp_path / "old.json"
    file.write_text(json.dumps({"figures": to_plain([then])}), encoding="utf-8")
    monkeypatch.setitem(run.MODES, "speed", lambda _args: [now])
    assert run.main(["--speed", "--against", str(file), "--out", str(tmp_path)]) == 0
    assert "0.50" in capsys.readouterr().out
    assert "| a | 4 | 2 | 0.50 |" in (tmp_path / "speed.md").read_text("utf-8")


@pytest.mark.parametrize("words", [["--answers", "no_such_block"], ["--emulator", "nowhere"]])
def test_a_name_that_is_not_there_is_one_line(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A block that no README has, a study that is not there: exit 1, one line."""
    monkeypatch.setattr(run, "members", lambda *_: {"base": [1.0], "member": [1.0], "shares": {}})
    assert run.main(words) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: ")
    assert words[1] in line
