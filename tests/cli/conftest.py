"""Studies that several verbs need, each module with a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from outputs.charts import gallery
from run import main

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
def one_chart() -> Iterator[None]:
    """Draw one chart of each study: most of a small study's time goes into them, and test_project draws all."""
    chart = gallery.all_charts()[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gallery, "all_charts", lambda: [chart])
        yield
