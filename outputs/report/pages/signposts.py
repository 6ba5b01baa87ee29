"""Signposts in a report: what to watch at the end of each year, and what is known when the first start falls due."""

from __future__ import annotations

from collections.abc import Iterator

from model.targets import Target
from outputs.report.content import Label, Table, Text, phrase
from outputs.report.names import banded, target_name, year_of
from outputs.report.pages.last_starts import first_due, last_of, starters_of
from outputs.report.reading import Place, Reader, Row, is_missing, place
from outputs.report.supplements import Added
from outputs.watching import MEETS

ON_TRACK = ("on_track", "on_track_low", "on_track_high")
IF_ON = ("chance_on_track", "chance_on_low", "chance_on_high")
IF_OFF = ("chance_off_track", "chance_off_low", "chance_off_high")
WIDTHS = (0.09, 0.3, 0.15, 0.165, 0.15, 0.145)


def signpost_table(reader: Reader, added: Added, target: Target) -> Table:
    """The target's own indicator by year, and the best of the others where the members held out bear it out."""
    rows: list[tuple[Text, ...]] = []
    found = [row for row in _rows(reader, added, target) if _is_shown(row)]
    for index, row in enumerate(found):
        where = _where(added, row)
        again = index > 0 and found[index - 1]["year"] == row["year"]
        year: Text = "" if again else reader.number(where, "year", "year")
        rates = (banded(reader, where, columns, "chance") for columns in (ON_TRACK, IF_ON, IF_OFF))
        rows.append((year, _signpost(reader, added, row, in_words=False), *rates, _told(row)))
    keys = ("review_year", "tabled_signpost", "tabled_on_track", "tabled_if_on", "tabled_if_off", "tabled_bears")
    caption = phrase("tabled_signposts", target=target_name(target), year=year_of(reader.study))
    notes = (*_notes(reader, added, target), phrase("tabled_signposts_note"))
    header = tuple(phrase(key) for key in keys)
    return Table(f"signposts-{target.target_id}", caption, header, tuple(rows), notes, WIDTHS)


def known_in_time(reader: Reader, added: Added, target: Target) -> Iterator[Text]:
    """The target's own reading of the year before the earliest last start, by chance where there is one, else by gain.

    Nothing where no start is dated, or where there is no reading of that year.
    """
    places = [last_of(added, starter, target.target_id) for starter in starters_of(reader, added)]
    dated = [one for one in places if not is_missing(reader.row(one)["decided_on"])]
    if not dated:
        return
    due = min(dated, key=lambda one: float(reader.row(one)["decided_on"]))
    by = "by_chance" if first_due(reader, [due], "by_chance") else "by_gain"
    year = int(reader.row(due)["decided_on"])
    for row in _rows(reader, added, target):
        if row["rank"] == 0 and row["year"] == year and not is_missing(row["threshold"]):
            numbers = {
                "start": reader.number(due, f"last_start_{by}", "year"),
                "year": reader.number(_where(added, row), "year", "year"),
            }
            signpost = _signpost(reader, added, row, in_words=True)
            yield phrase("late_known", target=target_name(target), signpost=signpost, told=_told(row), **numbers)


def _rows(reader: Reader, added: Added, target: Target) -> list[Row]:
    return reader.rows(place("signposts", added, target=target.target_id))


def _is_shown(row: Row) -> bool:
    if is_missing(row["threshold"]):
        return False
    return row["rank"] == 0 or (row["rank"] == 1 and row["tells"] is True)


def _where(added: Added, row: Row) -> Place:
    keys = {name: int(row[name]) for name in ("year", "rank")}
    return place("signposts", added, target=str(row["target"]), **keys)


def _signpost(reader: Reader, added: Added, row: Row, *, in_words: bool) -> Text:
    """Indicator, side, threshold and its interval; in the row of its target its own indicator needs no name."""
    definition = "" if is_missing(row["definition"]) else str(row["definition"])
    info = added.study.definition.info(str(row["indicator"]), definition)
    unit, where = (info.unit, abs(float(row["threshold"]))), _where(added, row)
    low, high = (reader.number(where, column, "bare", *unit) for column in ("threshold_low", "threshold_high"))
    return phrase(
        "tabled_signpost_of",
        name=Label(info.name_zh, info.name_en) if in_words or row["rank"] else phrase("tabled_itself"),
        sign="≥" if row["at_least"] is True else "<",
        cut=reader.number(where, "threshold", "value", *unit),
        low=low,
        high=high,
    )


def _told(row: Row) -> Text:
    return phrase("bears_out" if row["tells"] is True else "bears_not_out")


def _notes(reader: Reader, added: Added, target: Target) -> Iterator[Text]:
    """What the signposts of a target tell, where that is not who meets it; why there are none."""
    for row in _rows(reader, added, target)[:1]:
        where, name = _where(added, row), target_name(target)
        members = reader.number(where, "members", "count")
        if not is_missing(row["why_not"]):
            yield phrase("no_signposts", target=name, members=members)
        elif row["told"] != MEETS:
            value = reader.number(where, "told_value", "value", target.unit, abs(target.value))
            bound = phrase("scored_bound", sign="≥", value=value)
            yield phrase(f"told_{row['told']}", target=name, members=members, value=bound)
