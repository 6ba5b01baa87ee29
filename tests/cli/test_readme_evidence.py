"""What the READMEs do with observed data runs: calibrate, accept, identify, validate."""

from __future__ import annotations

import pytest

from tests.cli.calling import Done
from tests.cli.readme import assert_ran, run_part, running

PART = "evidence"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    """What came of each command that runs something."""
    return run_part(PART, tmp_path_factory.mktemp("studies"))


@pytest.mark.parametrize("command", running(PART))
def test_a_command_of_a_readme_runs(command: str, done: dict[str, Done]) -> None:
    """A command that runs something ends with 0, says what it found, and shows no traceback."""
    assert_ran(done[command])
