"""What the READMEs ask of levers and uncertain values runs: attribute, deadline, learn, seek, sensitivity, variance."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import Done
from tests.cli.readme import assert_ran, run_part, running

PART = "questions"


@pytest.fixture(scope="module")
def done(studies: Path) -> dict[str, Done]:
    """What came of each command that runs something; what `learn` runs here was run by the same flags for all tests."""
    return run_part(PART, studies)


@pytest.mark.parametrize("command", running(PART))
def test_a_command_of_a_readme_runs(command: str, done: dict[str, Done]) -> None:
    """A command that runs something ends with 0, says what it found, and shows no traceback."""
    assert_ran(done[command])
