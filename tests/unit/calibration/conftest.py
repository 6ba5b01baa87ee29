"""Tables are loaded, and bases built, once for all tests of this folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from calibration.base_2020 import build_base, draw_uncertain
from calibration.tables import DATA_DIR, Tables, load_tables
from model.base import Base


@lru_cache(maxsize=1)
def _tables() -> Tables:
    return load_tables()


@lru_cache(maxsize=16)
def _base(member: int, scale: int) -> Base:
    return build_base(_tables(), draw_uncertain(_tables(), 11, member), scale)


@pytest.fixture(scope="session")
def tables() -> Tables:
    """The project's own tables."""
    return _tables()


@pytest.fixture(scope="session")
def base_of() -> Callable[[int, int], Base]:
    """The base of a member at a scale."""
    return _base


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A copy of the tables that a test may break."""
    target = tmp_path / "calibration" / "data"
    shutil.copytree(DATA_DIR, target)
    return target
