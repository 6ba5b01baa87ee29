"""From rows of tables to numbers that know where they come from, and back."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from model.errors import StudyError
from outputs.report.content import Key, Number, Origin, Text
from outputs.report.forms import unrounded, written
from outputs.report.supplements import Added, find
from outputs.report.tables import ALL_TABLES
from outputs.store import Study

NOTHING = "–"
Row = Mapping[Hashable, Any]


def is_missing(value: object) -> bool:
    """Whether a cell of a table is empty: NaN in a column of numbers, or no text."""
    return value == "" or (isinstance(value, float) and math.isnan(value))


@dataclass
class Reader:
    """Reads a study and what was added to it, a table once."""

    study: Study
    added: dict[str, list[Added]] = field(default_factory=dict)
    study_id: str = field(init=False)
    """Of the study; a hash of its definition, so it is made once."""
    _rows: dict[tuple[str, str], list[Row]] = field(default_factory=dict, repr=False)
    _index: dict[tuple[str, str, tuple[str, ...]], dict[tuple[Key, ...], list[Row]]] = field(
        default_factory=dict, repr=False
    )

    def __post_init__(self) -> None:
        self.study_id = self.study.study_id

    @classmethod
    def of(cls, study: Study) -> Reader:
        """Read a complete study with everything that verbs have added to it."""
        return cls(study, find(study))

    def rows(self, where: Place) -> list[Row]:
        """Rows of a table of the study, or of a supplement, that have the values given; an empty cell has ``""``."""
        return self._found(self._study_of(where), where.name, where.where)

    def row(self, where: Place) -> Row:
        """The one row that has the values given.

        Raises
        ------
        StudyError : there is none, or more than one.
        """
        found = self.rows(where)
        if len(found) != 1:
            raise StudyError(f"table {where.name}: {len(found)} rows have {dict(where.where)}; one was expected")
        return found[0]

    def number(self, where: Place, column: str, form: str, unit: str = "", size: float | None = None) -> Number:
        """Take a number from a row.

        Parameters
        ----------
        where : table and row.
        column : of the table.
        form, unit, size : how it is written (`outputs.report.forms.written`).
        """
        value = float(self.row(where)[column])
        origin = Origin(self._study_of(where), where.name, tuple(where.where.items()), column)
        how = (value, unit, form, size)
        return Number(value, unit, written(*how), unrounded(*how), origin)

    def cell(self, where: Place, column: str, form: str, unit: str = "", size: float | None = None) -> Text:
        """A number for a table; a dash where the row has none."""
        value = self.row(where)[column]
        if is_missing(value):
            return NOTHING
        return self.number(where, column, form, unit, size)

    def value(self, origin: Origin) -> float:
        """Look a number up again where it comes from.

        Raises
        ------
        StudyError : the study is not at hand, or the table has no such row or column.
        """
        return float(self.behind(origin)[origin.column])

    def behind(self, origin: Origin) -> Row:
        """The row that a number comes from.

        Raises
        ------
        StudyError : the study is not at hand, or the table has no such row or column.
        """
        found = self._found(origin.study, origin.table, dict(origin.where))
        if len(found) != 1 or origin.column not in found[0]:
            raise StudyError(f"study {origin.study}, table {origin.table}: no single row has {dict(origin.where)}")
        return found[0]

    def _study_of(self, where: Place) -> str:
        return where.added.study_id if where.added else self.study_id

    def _found(self, study: str, table: str, where: Mapping[str, Key]) -> list[Row]:
        columns = tuple(where)
        key = (study, table, columns)
        if key not in self._index:
            index: dict[tuple[Key, ...], list[Row]] = defaultdict(list)
            for row in self._table(study, table):
                index[tuple("" if is_missing(row[column]) else row[column] for column in columns)].append(row)
            self._index[key] = index
        return self._index[key].get(tuple(where.values()), [])

    def _table(self, study: str, table: str) -> list[Row]:
        key = (study, table)
        if key not in self._rows:
            import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

            if "/" in table:
                folder, _, name = table.rpartition("/")
                path = self._folder(study, folder).path / f"{name}.csv"
                frame = pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False, na_values=[""])
            else:
                frame = ALL_TABLES[table](self.study)
            self._rows[key] = list(frame.to_dict("records"))
        return self._rows[key]

    def _folder(self, study: str, folder: str) -> Added:
        for added in (one for found in self.added.values() for one in found):
            if (added.study_id, added.folder) == (study, folder):
                return added
        raise StudyError(f"study {study}: folder {folder} is not at hand; it may have been removed")


@dataclass(frozen=True)
class Place:
    """A row: its table, the values that it is found by, and the supplement that has it."""

    table: str
    where: Mapping[str, Key]
    added: Added | None = None

    @property
    def name(self) -> str:
        """Of the table, with the folder of the supplement before it."""
        return f"{self.added.folder}/{self.table}" if self.added else self.table


def place(table: str, added: Added | None = None, /, **where: Key) -> Place:
    """Name a row of the study, or of a supplement."""
    return Place(table, where, added)
