"""Sobol shares in a report: what each group of factors has in the variance of each headline indicator."""

from __future__ import annotations

from collections.abc import Iterator

from model.targets import Target
from outputs.report.content import Key, Label, Table, Text, phrase
from outputs.report.names import banded, target_name, year_of
from outputs.report.reading import Place, Reader, Row, is_missing, place
from outputs.report.supplements import Added
from outputs.variance import INTERACTIONS

TOTAL = ("total", "total_low", "total_high")
WIDTHS = (0.3, 0.21, 0.23, 0.12, 0.14)


def tables(reader: Reader, added: Added) -> Iterator[Table]:
    """A table a headline target, the group with the largest share first and interactions last."""
    keys = ("shares_group", "shares_first", "shares_total", "shares_half_first", "shares_half_total")
    for target in reader.study.definition.headline:
        found = _ordered(reader, added, target)
        rows: list[tuple[Text, ...]] = []
        for row in found:
            where = _where(reader, added, target, row)
            shares = (
                banded(reader, where, ("first", "first_low", "first_high"), "percentage"),
                banded(reader, where, TOTAL, "percentage"),
            )
            halves = (reader.cell(where, column, "percentage") for column in ("first_half", "total_half"))
            rows.append((_name(row), *shares, *halves))
        if rows:
            n = reader.number(_where(reader, added, target, found[0]), "rows", "count")
            caption = phrase("shares_table", target=target_name(target), year=year_of(reader.study), rows=n)
            header, notes = tuple(phrase(key) for key in keys), (phrase("shares_note"),)
            yield Table(f"shares-{target.target_id}", caption, header, tuple(rows), notes, WIDTHS)


def sentences(reader: Reader, added: Added) -> Iterator[Text]:
    """The group with most of the variance of each target and whether that is sure, what nothing moves, convergence."""
    still, moved = [], []
    for target in reader.study.definition.headline:
        found = [row for row in _ordered(reader, added, target) if row["group"] != INTERACTIONS]
        if not found:
            still.append(target_name(target))
            continue
        yield _most(reader, added, target, found)
        moved += [(target, row) for row in found if not is_missing(row["total_half"])]
    for name in still:
        yield phrase("unmoved", names=name)
    if moved:
        target, row = max(moved, key=lambda one: abs(float(one[1]["total_half"]) - float(one[1]["total"])))
        where = _where(reader, added, target, row)
        numbers = {name: reader.number(where, column, "percentage") for name, column in _MOVED.items()}
        rows = reader.number(where, "rows", "count")
        yield phrase("shares_moved", target=target_name(target), group=_name(row), rows=rows, **numbers)


_MOVED = {"half": "total_half", "total": "total"}


def _most(reader: Reader, added: Added, target: Target, found: list[Row]) -> Text:
    """The largest share, and the group whose interval reaches into its own."""
    first, *others = found
    where = _where(reader, added, target, first)
    values = {column: reader.number(where, column, "percentage") for column in ("total", "first")}
    ends = {
        name: reader.number(where, column, "percentage") for name, column in (("low", TOTAL[1]), ("high", TOTAL[2]))
    }
    rivals = [row for row in others if float(row["total_high"]) > float(first["total_low"])]
    sure: Text = ""
    if rivals:
        rival = _where(reader, added, target, rivals[0])
        low, high = (reader.number(rival, column, "percentage") for column in TOTAL[1:])
        sure = phrase("shares_unsure", other=_name(rivals[0]), low=low, high=high)
    names = {"target": target_name(target), "group": _name(first)}
    return phrase("shares_most", year=year_of(reader.study), sure=sure, **names, **values, **ends)


def _ordered(reader: Reader, added: Added, target: Target) -> list[Row]:
    """Rows of a target in the year of the targets, under the definition that the analysis reports first."""
    found = reader.rows(place("shares", added, **_keys(reader, added, target)))
    return sorted(found, key=lambda row: (row["group"] == INTERACTIONS, -_size(row["total"])))


def _size(value: object) -> float:
    return 0.0 if is_missing(value) else float(str(value))


def _where(reader: Reader, added: Added, target: Target, row: Row) -> Place:
    return place("shares", added, **_keys(reader, added, target), group=str(row["group"]))


def _keys(reader: Reader, added: Added, target: Target) -> dict[str, Key]:
    definition = added.study.definition
    reported = definition.reported_definition(definition.scenarios[0].scenario_id, target)
    return {"indicator": target.indicator, "definition": reported, "year": reader.study.definition.goal_year}


def _name(row: Row) -> Label:
    return Label(str(row["zh"]), str(row["en"]))
