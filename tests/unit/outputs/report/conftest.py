"""The report of a made-up study, built once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from model.uncertainties import parameter_uncertainties
from outputs.report.building import build, draw_missing
from outputs.report.reading import Reader
from outputs.store import Study
from tests.unit.outputs.synthetic import complete_study, definition

if TYPE_CHECKING:
    from outputs.manifest import Definition
    from outputs.report.content import Report


def _draw(folder: Path) -> None:
    draw_missing(complete_study(folder, members=8, defined=_with_moving_levers()), ["zh", "en"])


@pytest.fixture(scope="session")
def reader(once: Callable[[str, Callable[[Path], object]], Path], tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A reader of a study of four scenarios and eight members, its charts drawn in both languages."""
    copy = shutil.copytree(once("reported", _draw), tmp_path_factory.mktemp("reports") / "studies")
    (path,) = copy.iterdir()
    return Reader.of(Study.open_whole(path))


@pytest.fixture(scope="session")
def report(reader: Reader) -> Report:
    """Its report."""
    return build(reader, parameter_uncertainties())


@pytest.fixture(scope="session")
def folder(reader: Reader) -> Path:
    """Where the study lies."""
    return reader.study.path


def _with_moving_levers() -> Definition:
    """The made-up study with levers that move under each scenario but the first, in units that have Chinese names."""
    plain = definition(8)
    levers = tuple(replace(one, unit="joint institutions", unit_zh="家合办机构") for one in plain.levers)
    moved = tuple(
        replace(entry, intensities={one.lever_id: (1.0, *[1.0 + place] * plain.n_quarters) for one in levers})
        for place, entry in enumerate(plain.scenarios)
    )
    return replace(plain, levers=levers, scenarios=moved)
