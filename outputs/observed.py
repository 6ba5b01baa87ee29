"""Published values that a study keeps beside its results, so that a chart drawn in a year needs no data but its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path

from model.errors import StudyError
from model.observed import Observed
from outputs.atomic import write_text

FILE = "observed.csv"
_COLUMNS = tuple(field.name for field in fields(Observed))


def keep(folder: Path, observed: Sequence[Observed]) -> None:
    """Write them into the folder of a study, unless it keeps some already: those of the day it was made stay."""
    path = folder / FILE
    if path.exists():
        return
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows([_COLUMNS, *map(astuple, observed)])
    write_text(path, lines.getvalue())


def kept(folder: Path) -> tuple[Observed, ...] | None:
    """Read them; None where the study is older than this table.

    Raises
    ------
    StudyError : the file cannot be read.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return tuple(_row(row) for row in csv.DictReader(file))
    except (KeyError, TypeError, ValueError) as error:
        message = f"study {path}: cannot be read ({error!r}); remove it, and charts show no observed values"
        raise StudyError(message) from error


def _row(row: dict[str, str]) -> Observed:
    what = row["indicator"], row["definition"], row["period"]
    return Observed(*what, float(row["time"]), float(row["value"]), row["source"])
