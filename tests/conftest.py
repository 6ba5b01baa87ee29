"""What all tests share: a cache for compiled rules inside the environment, and no screen."""

import os

import pytest

from model.environment import settle_compiled

os.environ.setdefault("MPLBACKEND", "Agg")
settle_compiled()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to freeze the numbers of the small world, and the notebook's outputs, anew."""
    parser.addoption("--update-golden", action="store_true", help="freeze the numbers of tests/golden anew")
    parser.addoption("--update-notebook", metavar="STUDY", help="execute outputs/*.ipynb on a study and keep it")
