"""The verb `trace`: from a number of a report back to the runs behind it."""

from __future__ import annotations

import json
import re
import zipfile
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from model.errors import StudyError
from model.wiring import Wiring
from outputs.report.behind import runs_behind
from outputs.report.content import Origin
from outputs.report.reading import Reader, is_missing
from outputs.store import Study

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

_SCRIPT = re.compile(r'<script type="application/json" id="numbers">(.*?)</script>', re.DOTALL)


def trace(args: Namespace, wiring: Wiring) -> int:
    """Print where a number comes from: its row, looked up again, and the runs; without an id, list all numbers."""
    record = read_record(args.report)
    if not args.number:
        for row in record["numbers"]:
            wiring.show(f"{row['id']}  {row['text']}  {row['section']}  {_origin(row)}")
        return 0
    found = [row for row in record["numbers"] if row["id"] == args.number]
    if not found:
        raise StudyError(f"{args.report}: no number {args.number}; `trace` without an id lists all")
    return _show(args, record, found[0], wiring)


def read_record(path: Path) -> dict[str, Any]:
    """Read the numbers of a report out of the file itself, or out of ``.numbers.json`` beside it.

    Raises
    ------
    StudyError : the file is not there, or holds no record and has none beside it.
    """
    beside = path.with_name(f"{path.name}.numbers.json")
    if not path.is_file():
        raise StudyError(f"{path}: no such file; name a report that `report` has written")
    try:
        content = _inside(path)
        if content is None and beside.is_file():
            content = beside.read_text("utf-8")
        record: dict[str, Any] | None = None if content is None else json.loads(content)
    except (ValueError, ET.ParseError, zipfile.BadZipFile) as error:
        raise StudyError(f"{path}: its record of numbers cannot be read ({error}); make the report again") from error
    if record is None:
        raise StudyError(f"{path}: holds no record of numbers, and {beside.name} is not beside it")
    return record


def _inside(path: Path) -> str | None:
    """The record that the file carries; None for a kind that carries none."""
    if path.suffix == ".html":
        found = _SCRIPT.search(path.read_text("utf-8"))
        return found[1].replace("<\\/", "</") if found else None
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as file:
            # An editor may give the part another number.
            for name in sorted(file.namelist()):
                if re.fullmatch(r"customXml/item\d+\.xml", name):
                    root = ET.fromstring(file.read(name))  # noqa: S314 - the same
                    if root.tag == "numbers":
                        return root.text
    return None


def _show(args: Namespace, record: Mapping[str, Any], row: Mapping[str, Any], wiring: Wiring) -> int:
    """Print a number, the row that it comes from as the study has it today, and the runs behind."""
    reader = Reader.of(_study(args, record))
    origin = Origin(row["study"], row["table"], tuple(row["where"].items()), row["column"])
    value = reader.value(origin)
    wiring.show(f"number   {row['id']}")
    wiring.show(f"written  {row['text']}   (section {row['section']})")
    wiring.show(f"value    {row['value']:.10g} {row['unit']}".rstrip())
    wiring.show(f"from     study {row['study']}: {_origin(row)}")
    wiring.show(f"today    {value:.10g}")
    if "/" in origin.table:
        wiring.grid("row      of the table that a verb has added", ["column", "value"], _cells(reader.behind(origin)))
    runs = runs_behind(reader, origin)
    if runs is None:
        wiring.show("runs     none: it is part of what defines the study, or of a table that a verb has added")
    else:
        header = [str(name) for name in runs.columns]
        cells = [[_cell(value) for value in line] for line in runs.itertuples(index=False)]
        wiring.grid(f"runs     {len(cells)} rows", header, cells)
    if value != row["value"]:
        wiring.warn(f"error: the report says {row['value']!r} and its study {value!r}; make the report again")
        return 1
    return 0


def _study(args: Namespace, record: Mapping[str, Any]) -> Study:
    """The study of a report: the folder that it lies in, else the one of its name among the studies."""
    for folder in (args.report.resolve().parent.parent, args.studies_dir / str(record["folder"])):
        if (folder / "manifest.json").is_file():
            study = Study.open_whole(folder)
            if study.study_id == record["study"]:
                return study
    message = f"{args.report}: its study {record['study']} is not at hand; say with --studies-dir where it lies"
    raise StudyError(message)


def _origin(row: Mapping[str, Any]) -> str:
    where = ", ".join(f"{column}={value}" for column, value in row["where"].items())
    return f"{row['table']}[{where}].{row['column']}"


def _cells(row: Mapping[Hashable, object]) -> list[list[str]]:
    """A row, a line a column; what is empty is left out."""
    return [[str(column), _cell(value)] for column, value in row.items() if not is_missing(value)]


def _cell(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)
