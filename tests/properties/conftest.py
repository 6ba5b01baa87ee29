"""Small worlds for properties: drawn once, run under scenarios of the library."""

from collections.abc import Callable
from functools import lru_cache

import pytest

from calibration.members import MemberSource
from model.base import Member
from model.policy import PolicyPath
from model.results import RunResult
from model.simulate import simulate
from scenarios.scenario import load

QUARTERS = 20


@lru_cache(maxsize=64)
def draw(index: int, scale: int = 1000, seed: int = 7) -> Member:
    """Draw one member."""
    return MemberSource(scale=scale, seed=seed, n_quarters=QUARTERS)(index)


@lru_cache(maxsize=16)
def path_of(name: str) -> PolicyPath:
    """Read one scenario of the library."""
    return load([name], QUARTERS)[0]


@lru_cache(maxsize=128)
def run(index: int, scenario: str, scale: int = 1000) -> RunResult:
    """Run one member under one scenario, once for all tests."""
    return simulate(draw(index, scale), path_of(scenario), QUARTERS)


@pytest.fixture(name="draw", scope="session")
def _draw() -> Callable[..., Member]:
    """Members by index and scale."""
    return draw


@pytest.fixture(name="path_of")
def _path_of() -> Callable[[str], PolicyPath]:
    """Scenarios of the library by name."""
    return path_of


@pytest.fixture(name="run")
def _run() -> Callable[..., RunResult]:
    """Runs by member, scenario and scale."""
    return run
