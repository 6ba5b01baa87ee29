"""Read one CSV table and say everything that is wrong with it."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass, field
from pathlib import Path

from calibration.schema import CONFIDENCES, STATUSES, TableSchema
from model.errors import ParameterError, near_match
from model.priors import Fixed, Prior, parse_prior

Row = dict[str, str]

BOUND_SLACK = 1e-9
PRIOR_TAIL = 1e-3


@dataclass
class Reader:
    """Reads tables under one folder and keeps every problem met, one line each."""

    data_dir: Path
    problems: list[str] = field(default_factory=list)
    units: dict[str, float] = field(default_factory=dict)
    """Known units with their factors; empty when their own table is broken, and then no unit is checked."""
    broken: set[str] = field(default_factory=set)
    """Tables that cannot be used further."""
    weighs_priors: bool = True
    """Whether each prior is held against its central value, which takes the special functions of scipy."""

    def label(self, name: str) -> str:
        """Name of a table as messages show it: the last two folders and the file, never a machine's path."""
        return "/".join([*self.data_dir.parts[-2:], name])

    def complain(self, name: str, line: int, column: str, text: str) -> None:
        """Keep one problem: ``line`` counts from 1 with the header."""
        self.problems.append(f"{self.label(name)}, row {line}, field {column}: {text}")

    def read(self, name: str, schema: TableSchema) -> list[Row]:
        """Rows of a table that has the right columns; an empty list, and a problem kept, otherwise."""
        before = len(self.problems)
        rows = self._rows(name, schema)
        if len(self.problems) > before:
            self.broken.add(name)
        return rows

    def _rows(self, name: str, schema: TableSchema) -> list[Row]:
        text = self._text(name)
        if text is None:
            return []
        try:
            records = list(csv.reader(io.StringIO(text)))
        except csv.Error as error:
            self.problems.append(f"{self.label(name)}: cannot be read as CSV ({error}); save it as CSV UTF-8")
            return []
        header = [cell.strip() for cell in records[0]]
        if not self._header_fits(name, header, schema):
            return []
        rows: list[Row] = []
        for line, record in enumerate(records[1:], start=2):
            if not any(cell.strip() for cell in record):
                continue
            if len(record) != len(header):
                self.complain(
                    name, line, "all", f"{len(record)} cells where the header has {len(header)}; add or remove commas"
                )
                continue
            rows.append({"_line": str(line), **dict(zip(header, (cell.strip() for cell in record), strict=True))})
        if not rows:
            self.problems.append(f"{self.label(name)}: has a header and no rows; restore the table")
        self._check_rows(name, rows, schema)
        return rows

    def _text(self, name: str) -> str | None:
        path = self.data_dir / name
        if not path.is_file():
            self.problems.append(f"{self.label(name)}: the file is missing; restore it from the repository")
            return None
        raw = path.read_bytes()
        if not raw.strip():
            self.problems.append(f"{self.label(name)}: the file is empty; restore it from the repository")
            return None
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text:
            self.problems.append(f"{self.label(name)}: is not text in UTF-8; save it as CSV UTF-8")
            return None
        return text

    def _header_fits(self, name: str, header: list[str], schema: TableSchema) -> bool:
        missing = [column for column in schema.columns if column not in header]
        extra = [column for column in header if column not in schema.columns]
        for column in missing:
            self.complain(name, 1, column, "the column is missing; add it")
        for column in extra:
            self.complain(name, 1, column, f"the column is not known; {near_match(column, schema.columns)}")
        return not missing and not extra

    def _check_rows(self, name: str, rows: list[Row], schema: TableSchema) -> None:
        seen: dict[tuple[str, ...], str] = {}
        for row in rows:
            line = int(row["_line"])
            self._check_cells(name, line, row, schema)
            key = tuple(row[column] for column in schema.key)
            if key in seen:
                self.complain(
                    name, line, schema.key[0], f"{' / '.join(key)} is already in row {seen[key]}; keep one of them"
                )
            seen.setdefault(key, row["_line"])

    def _check_cells(self, name: str, line: int, row: Row, schema: TableSchema) -> None:
        for column in schema.columns:
            if not row[column] and column not in schema.optional:
                self.complain(name, line, column, "is empty; fill it in")
        for column in schema.numbers:
            if row[column] and number(row[column]) is None:
                self.complain(name, line, column, f"'{row[column]}' is not a number; write it with a decimal point")
        for column in schema.flags:
            if row[column] not in ("0", "1"):
                self.complain(name, line, column, f"'{row[column]}' is neither 0 nor 1; write one of them")
        self._check_words(name, line, row)
        if "prior" in row:
            self._check_prior(name, line, row)

    def _check_words(self, name: str, line: int, row: Row) -> None:
        allowed = {"status": STATUSES, "confidence": CONFIDENCES}
        for column, words in allowed.items():
            if row.get(column) and row[column] not in words:
                self.complain(
                    name,
                    line,
                    column,
                    f"'{row[column]}' is not one of {', '.join(words)}; {near_match(row[column], words)}",
                )
        for column in ("unit", "target_unit"):
            if self.units and row.get(column) and row[column] not in self.units:
                text = f"'{row[column]}' is not in units.csv; {near_match(row[column], self.units)} or declare it there"
                self.complain(name, line, column, text)

    def _check_prior(self, name: str, line: int, row: Row) -> None:
        low, central, high = (number(row[column]) for column in ("low", "central", "high"))
        if low is None or central is None or high is None:
            return
        if not low <= central <= high:
            self.complain(
                name, line, "central", f"{low:g} <= {central:g} <= {high:g} does not hold; order low, central, high"
            )
        try:
            prior = parse_prior(row["prior"])
        except ParameterError as error:
            self.complain(name, line, "prior", f"{error}; write e.g. Normal(2.7, 0.1)")
            return
        if self.weighs_priors and not _holds(prior, central):
            self.complain(
                name, line, "prior", f"'{row['prior']}' leaves out the central value {central:g}; mend one of them"
            )


def _holds(prior: Prior, value: float) -> bool:
    """Whether a value lies between the outermost tails of a prior."""
    if isinstance(prior, Fixed):
        bottom = top = prior.value
    else:
        bottom, top = prior.quantile(PRIOR_TAIL), prior.quantile(1.0 - PRIOR_TAIL)
    slack = BOUND_SLACK * max(1.0, abs(bottom), abs(top))
    return bottom - slack <= value <= top + slack


def number(text: str) -> float | None:
    """A finite number, or None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
