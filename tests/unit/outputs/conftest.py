"""Studies that many tests read and none changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.outputs.synthetic import complete_study

if TYPE_CHECKING:
    from outputs.store import Study


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Four scenarios, eight members, complete."""
    return complete_study(tmp_path_factory.mktemp("studies"), members=8)
