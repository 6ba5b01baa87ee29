"""The blocks of `scenarios/README.md`: commands stand above each, and the tool that makes them tells what differs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from model.errors import ScenarioError
from tests.benchmarks.answers import README, blocks, report, study_of

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """Who does what?

```
python3 run.py project --study one
python3 run.py ask one --markdown
```

<!-- who:begin -->
Study `0123456789ab`: 20 members.

| lever | 1 |
<!-- who:end -->
"""


def test_every_answer_of_the_readme_names_its_study_and_the_commands_that_give_it() -> None:
    """Every block begins with a study, and the last commands above it name one."""
    found = blocks(README.read_text(encoding="utf-8"))
    wanted = {"compare", "discover", "sensitivity", "milestones", "attribute", "deadline", "learn", "emulate", "seek"}
    assert {*found} >= wanted
    for text, commands in found.values():
        assert re.match(r"Study `[0-9a-f]{12}`: \d+ members, seed \d+, scale 1:\d+, data `[0-9a-f]{12}`", text)
        assert study_of(commands)


def test_the_same_answer_of_another_version_is_no_difference(tmp_path: Path) -> None:
    """All commands run, the last one's words are held against the block, and the id of the study does not count."""
    page, ran = tmp_path / "README.md", list[list[str]]()
    page.write_text(PAGE, encoding="utf-8")

    def run(words: list[str]) -> str:
        ran.append(words)
        return "Study `ba9876543210`: 20 members.\n\n| lever | 1 |\n"

    assert report([], tmp_path, write=False, readme=page, run=run) == []
    assert ran == [["project", "--study", "one"], ["ask", "one", "--markdown"]]
    assert page.read_text(encoding="utf-8") == PAGE


def test_another_number_is_told_and_put_in_place_when_asked(tmp_path: Path) -> None:
    """A line that differs is told; with `write` the block holds what was printed, and nothing else has changed."""
    page = tmp_path / "README.md"
    page.write_text(PAGE, encoding="utf-8")

    def run(_words: list[str]) -> str:
        return "Study `ba9876543210`: 20 members.\n\n| lever | 2 |\n"

    told = report(["who"], tmp_path, write=False, readme=page, run=run)
    assert told[-2:] == ["-| lever | 1 |", "+| lever | 2 |"]
    assert page.read_text(encoding="utf-8") == PAGE
    report(["who"], tmp_path, write=True, readme=page, run=run)
    new = PAGE.replace("0123456789ab", "ba9876543210").replace("| 1 |", "| 2 |")
    assert page.read_text(encoding="utf-8") == new


def test_a_block_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """A name without a block is refused with the names there are."""
    page = tmp_path / "README.md"
    page.write_text(PAGE, encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"README.md: no block whom; there are who"):
        report(["whom"], tmp_path, write=False, readme=page, run=lambda _words: "")
