"""What the READMEs do with studies runs, in their order: project, merge, chart, report, export, and all else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.calling import Done
from tests.cli.readme import READMES, ROOT, assert_ran, commands, run_part, running

PART = "studies"


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of what the commands leave."""
    return tmp_path_factory.mktemp("studies")


@pytest.fixture(scope="module")
def done(studies: Path) -> dict[str, Done]:
    """What came of each command that runs something."""
    return run_part(PART, studies)


@pytest.mark.parametrize("command", running(PART))
def test_a_command_of_a_readme_runs(command: str, done: dict[str, Done]) -> None:
    """A command that runs something ends with 0, says what it found, and shows no traceback."""
    assert_ran(done[command])


def test_the_study_of_the_readme_holds_what_the_readme_says(done: dict[str, Done], studies: Path) -> None:
    """A study has the files that the table "What a study holds" names."""
    (command,) = [command for command in commands() if "--study my-study" in command]
    assert done[command].returncode == 0
    (table,) = re.findall(r"## What a study holds\n(.*?)\n## ", READMES[0].read_text("utf-8"), re.DOTALL)
    patterns = re.findall(r"`([\w*./]+\.\w+|\*\.\w+)`", table)
    patterns = [pattern if "/" in pattern or pattern[0] != "*" else f"charts/{pattern}" for pattern in patterns]
    assert patterns == ["manifest.json", "results/*.parquet", "tables/*.csv", "charts/*.png", "charts/*.svg"]
    assert [pattern for pattern in patterns if not list((studies / "my-study").glob(pattern))] == []


def test_the_code_of_the_outputs_readme_reads_a_study(done: dict[str, Done], studies: Path) -> None:
    """The Python lines of the README of outputs give rows of the scenarios that they name."""
    assert done
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "outputs" / "README.md").read_text("utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    exec(code.replace("outputs/studies/<id>", (studies / "my-study").as_posix()), names)  # noqa: S102  (our own README)
    rows = names["rows"]
    assert set(rows["scenario"]) == {"baseline", "plan"}  # type: ignore[index] # a table of pandas
