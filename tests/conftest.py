"""What all tests share: a cache for compiled rules inside the environment, and no screen."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from model.environment import one_at_a_time, settle_compiled

Once: TypeAlias = Callable[[str, Callable[[Path], object]], Path]
"""(name, how a folder is filled) to the folder, filled by whichever process of the test run asks first."""
LONG = ("recipes", "integration", "cli", "properties", "reference")
"""Folders whose files take longest, the longest first; all others come after them."""

os.environ.setdefault("MPLBACKEND", "Agg")
settle_compiled()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to freeze the numbers of the small world, and the notebook's outputs, anew."""
    parser.addoption("--update-golden", action="store_true", help="freeze the numbers of tests/golden anew")
    parser.addoption("--update-notebook", metavar="STUDY", help="execute outputs/*.ipynb on a study and keep it")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the folders of long files first: with a long file last, one of two processes waits for the other."""
    here = Path(__file__).parent
    places = {name: at for at, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.path.relative_to(here).parts[0], len(LONG)))


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Make what takes long once for all processes of a test run; the others wait for it, and nobody may change it."""
    mine = tmp_path_factory.getbasetemp()
    everybodys = mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine

    def _once(name: str, fill: Callable[[Path], object]) -> Path:
        folder, made = everybodys / name, everybodys / f"{name}.made"
        with one_at_a_time(everybodys / f"{name}.lock"):
            if not made.exists():
                folder.mkdir(exist_ok=True)
                fill(folder)
                made.touch()
        return folder

    return _once
