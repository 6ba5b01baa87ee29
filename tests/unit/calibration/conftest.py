"""Tables are loaded, and bases built, once for all tests of this folder: those of the three cities of the study."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from calibration.base_2020 import build_base, draw_uncertain
from calibration.tables import DATA_DIR, Tables, load_tables
from model.base import Base

CITIES = {"yinzhou", "shanghai", "hangzhou"}
"""Numbers computed by hand hold for these; a city that is added has no say in them."""


def copied(folder: Path) -> Path:
    """Copy the tables of the three cities into a folder."""
    target = folder / "calibration" / "data"
    shutil.copytree(DATA_DIR, target)
    for city in (target / "cities").iterdir():
        if city.name not in CITIES:
            shutil.rmtree(city)
    return target


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The project's own tables."""
    return load_tables(copied(tmp_path_factory.mktemp("tables")))


@pytest.fixture(scope="session")
def base_of(tables: Tables) -> Callable[[int, int], Base]:
    """The base of a member at a scale."""

    @lru_cache(maxsize=16)
    def base(member: int, scale: int) -> Base:
        return build_base(tables, draw_uncertain(tables, 11, member), scale)

    return base


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A copy of the tables that a test may break."""
    return copied(tmp_path)
