"""The report of a made-up study, built once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from model.uncertainties import parameter_uncertainties
from outputs.report.building import build, draw_missing
from outputs.report.reading import Reader
from tests.unit.outputs.synthetic import complete_study

if TYPE_CHECKING:
    from outputs.report.content import Report


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A reader of a study of four scenarios and eight members, its charts drawn in both languages."""
    study = complete_study(tmp_path_factory.mktemp("reports"), members=8)
    draw_missing(study, ["zh", "en"])
    return Reader.of(study)


@pytest.fixture(scope="session")
def report(reader: Reader) -> Report:
    """Its report."""
    return build(reader, parameter_uncertainties())


@pytest.fixture(scope="session")
def folder(reader: Reader) -> Path:
    """Where the study lies."""
    return reader.study.path
