"""Studies that several verbs need, each module with a copy of its own; the lever page and a browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from run import main
from tests.cli.browsing import chromium, served
from tests.cli.calling import drawing_one_chart

SMALL = ("--smoke", "--scale", "5000", "--workers", "1", "--quiet", "--lang", "en")


def _train(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YINZHOU_ENV", "own")
        words = ["learn", *SMALL, "--paths", "5", "--members", "2", "--study", "levers"]
        assert main([*words, "--studies-dir", str(folder)]) == 0


@pytest.fixture(scope="module")
def studies(once: Callable[[str, Callable[[Path], object]], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with a training study called `levers` and its emulator."""
    return shutil.copytree(once("trained", _train), tmp_path_factory.mktemp("trained") / "studies")


@pytest.fixture(scope="module")
def address(studies: Path) -> Iterator[str]:
    """Address of the lever page on the study `levers`."""
    with served(studies) as found:
        yield found


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A real browser without a screen."""
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def one_chart() -> Iterator[None]:
    """Draw one chart of each study that is run in this process."""
    with drawing_one_chart():
        yield
