"""A complete study, as much of it as packages may read that know nothing of how studies are stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from model.results import IndicatorInfo

if TYPE_CHECKING:
    import pandas as pd


class ScenarioRead(Protocol):
    """A scenario of a study, as much of it as other packages may read."""

    @property
    def scenario_id(self) -> str:
        """Its name."""
        ...

    @property
    def intensities(self) -> Mapping[str, Sequence[float]]:
        """Intensity of each lever in each quarter, by the lever's id; the first is that of 2020 Q4."""
        ...

    def label(self, language: str) -> str:
        """Name for readers in ``zh`` or ``en``."""
        ...


class DefinitionRead(Protocol):
    """What defines a study, as much of it as other packages may read."""

    @property
    def n_quarters(self) -> int:
        """Quarters simulated after 2020 Q4."""
        ...

    @property
    def verb(self) -> str:
        """That made the study."""
        ...

    @property
    def seed(self) -> int:
        """Where the luck of its members starts."""
        ...

    @property
    def scale(self) -> int:
        """Persons per agent."""
        ...

    @property
    def to_year(self) -> int:
        """Last year."""
        ...

    @property
    def data_hash(self) -> str:
        """Of the tables that its members were made from."""
        ...

    @property
    def versions(self) -> Mapping[str, str]:
        """Of the code (``project``) and of what it stands on."""
        ...

    @property
    def drawn_from(self) -> Mapping[str, str]:
        """Where the members' values come from: ``values`` is ``priors`` or a posterior, ``points`` a design."""
        ...

    @property
    def scenarios(self) -> Sequence[ScenarioRead]:
        """In the order of the study."""
        ...

    @property
    def indicators(self) -> Sequence[IndicatorInfo]:
        """Every column of its results."""
        ...


class Answer(Protocol):
    """A complete study, as much of it as other packages may read."""

    @property
    def path(self) -> Path:
        """Folder of the study."""
        ...

    @property
    def study_id(self) -> str:
        """Hash of its definition."""
        ...

    @property
    def definition(self) -> DefinitionRead:
        """What defines it."""
        ...

    def finished_members(self, scenario_id: str) -> list[int]:
        """Members of a scenario whose run finished, the order of the rows of `read`."""
        ...

    def read(self, table: str, **equals: Any) -> pd.DataFrame:  # noqa: ANN401 - a column may hold text or numbers
        """Rows of a table of results (``indicators``, ``flows``, ...) whose columns have the values given."""
        ...
