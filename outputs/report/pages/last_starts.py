"""Rows of the table of last starts, and a last start in a cell and in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from model.targets import Target
from outputs.deadline import ALL, BELOW, NEEDLESS
from outputs.report.content import Number, Text, phrase
from outputs.report.names import target_name
from outputs.report.reading import NOTHING, Place, Reader, is_missing, place
from outputs.report.supplements import Added


def starters_of(reader: Reader, added: Added) -> list[str]:
    """Levers or families that begin later, in the order of the analysis."""
    return list(dict.fromkeys(str(row["starter"]) for row in reader.rows(place("last_starts", added))))


def targets_of(reader: Reader, added: Added) -> list[Target]:
    """Headline targets that the analysis holds, in its order."""
    known = {str(row["target"]) for row in reader.rows(place("last_starts", added))}
    return [target for target in added.study.definition.headline if target.target_id in known]


def last_of(added: Added, starter: str, target: str) -> Place:
    """Row of a lever or family and a target, or ``all`` of them."""
    return place("last_starts", added, starter=starter, target=target)


def called(added: Added, target: str) -> Text:
    """What a target is called, or all of them together."""
    if target == ALL:
        return phrase("all_targets_n", n=str(len(added.study.definition.headline)))
    (found,) = [one for one in added.study.definition.headline if one.target_id == target]
    return target_name(found)


def planned(reader: Reader, where: Place) -> Number:
    """Year in which the scenario starts it."""
    return reader.number(where, "planned_start", "year")


def first_due(reader: Reader, places: Sequence[Place], by: str) -> Place | None:
    """Of the rows that have a last start by chance or gain, that with the earliest; None where none has."""
    dated = [one for one in places if not is_missing(reader.row(one)[f"last_start_{by}"])]
    return min(dated, key=lambda one: float(reader.row(one)[f"last_start_{by}"])) if dated else None


def in_table(reader: Reader, where: Place, by: str) -> Text:
    """Last start with the years that intervals allow; words or a dash where there is none."""
    row = reader.row(where)
    if by == "by_chance" and row["by_chance"] in {BELOW, NEEDLESS}:
        return phrase(str(row["by_chance"]))
    if is_missing(row[f"last_start_{by}"]):
        return NOTHING
    year, low, high = _years(reader, where, by)
    if low == high:
        return year
    return phrase("report_value_chance", value=year, chance=phrase("report_range", low=low, high=high))


def in_sentence(reader: Reader, where: Place, by: str) -> Text:
    """The same for a sentence; only where there is a last start."""
    year, low, high = _years(reader, where, by)
    return (
        phrase("late_start_year", year=year)
        if low == high
        else phrase("late_start_band", year=year, low=low, high=high)
    )


def _years(reader: Reader, where: Place, by: str) -> tuple[Text, Text, Text]:
    """Last start, and the years by the lower and by the upper ends of the intervals; equal texts where these agree."""
    row, names = reader.row(where), [f"last_start_{by}{end}" for end in ("", "_sure", "_possible")]
    texts: list[Text] = []
    for name in names:
        if is_missing(row[name]):
            texts.append(phrase("tabled_before", year=planned(reader, where)))
            continue
        year = reader.number(where, name, "year")
        texts.append(phrase("tabled_or_later", year=year) if row[name] == row["last_run"] else year)
    if row[names[1]] == row[names[2]]:
        return texts[0], texts[0], texts[0]
    return texts[0], texts[1], texts[2]
