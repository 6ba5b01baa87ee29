"""Later starts in a report: the share of the gain that each keeps, the last starts, and signposts."""

from __future__ import annotations

from collections.abc import Iterator

from model.targets import Target
from outputs.deadline import ALL, shown_delays
from outputs.effects import UNTOUCHED
from outputs.report.content import Joined, Key, Label, Table, Text, phrase
from outputs.report.names import banded, difference_label, in_words, player_label, target_name, year_of
from outputs.report.pages.last_starts import (
    called,
    first_due,
    in_sentence,
    in_table,
    last_of,
    planned,
    starters_of,
    targets_of,
)
from outputs.report.pages.signposts import known_in_time, signpost_table
from outputs.report.reading import NOTHING, Reader, place
from outputs.report.supplements import Added

GAIN = ("gain", "gain_low", "gain_high")
PLAYER, START, GAINED, KEPT = 0.19, 0.09, 0.25, 0.17
"""Shares of the page of a lever, its planned start, its gain, and, at most, of what a delay keeps of it."""
DATED = 0.2
"""Most of a target in a table of last starts."""
NEVER = 0.16
"""Share of a lever where each target has an interval in points."""


def tables(reader: Reader, added: Added) -> Iterator[Table]:
    """Gains kept, a table a target; last starts by gain and by chance; what never beginning costs; signposts."""
    for target in targets_of(reader, added):
        yield _gains(reader, added, target)
    yield _by_gain(reader, added)
    yield _by_chance(reader, added)
    yield _never(reader, added)
    yield from (signpost_table(reader, added, target) for target in targets_of(reader, added))


def sentences(reader: Reader, added: Added) -> Iterator[Text]:
    """For each target what its chance and its gains allow, and what is known when the first start falls due."""
    for target in targets_of(reader, added):
        yield _chance_sentence(reader, added, target.target_id)
        yield _gain_sentence(reader, added, target)
        yield from known_in_time(reader, added, target)
    yield _chance_sentence(reader, added, ALL)


def _gains(reader: Reader, added: Added, target: Target) -> Table:
    """Gain of each lever or family, and what each delay keeps of it."""
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    unit = (target.unit, abs(target.value))
    mine: dict[str, Key] = {"target": target.target_id, "reported_first": True}
    delays = [n for n in shown_delays(pd.DataFrame(reader.rows(place("late", added, **mine)))) if n]
    rows: list[tuple[Text, ...]] = []
    for starter in starters_of(reader, added):
        starts = {n: place("late", added, starter=starter, delay=n, **mine) for n in (0, *delays)}
        untouched = reader.row(starts[0])["sign"] == UNTOUCHED
        gain = NOTHING if untouched else banded(reader, starts[0], GAIN, "change_bare", unit)
        kept = (banded(reader, starts[n], ("kept", "kept_low", "kept_high"), "percentage") for n in delays)
        rows.append((player_label(reader.study, starter), gain, *kept))
    header = (
        phrase("starter"),
        phrase("tabled_gain", unit=difference_label(target)),
        *(phrase("tabled_kept", n=str(n)) for n in delays),
    )
    each = min(KEPT, (1.0 - PLAYER - GAINED) / max(len(delays), 1))
    widths = (1.0 - GAINED - each * len(delays), GAINED, *(each for _ in delays))
    notes = (phrase("tabled_gains_note"),) if any(NOTHING in row for row in rows) else ()
    caption = phrase("tabled_gains", target=target_name(target), year=year_of(reader.study), scenario=_scenario(added))
    return Table(f"gains-{target.target_id}", caption, header, tuple(rows), notes, widths)


def _by_gain(reader: Reader, added: Added) -> Table:
    """Last start that keeps enough of the gain for each target."""
    targets, starters = [one.target_id for one in targets_of(reader, added)], starters_of(reader, added)
    keep = reader.number(last_of(added, starters[0], targets[0]), "keep", "chance")
    caption = phrase("tabled_last_by_gain", keep=keep, scenario=_scenario(added))
    rows = [_starts(reader, added, starter, targets, "by_gain") for starter in starters]
    return _last_starts(added, "by-gain", caption, targets, rows)


def _by_chance(reader: Reader, added: Added) -> Table:
    """Last start by the chance of each target and of all, below the chances with the planned starts.

    What sets no last start for any target has one row together: whether the chance is too low at once or stays high
    without is then the same for each.
    """
    targets, starters = [*(one.target_id for one in targets_of(reader, added)), ALL], starters_of(reader, added)
    chance = ("chance", "chance_low", "chance_high")
    as_planned = (banded(reader, last_of(added, starters[0], one), chance, "chance") for one in targets)
    threshold = reader.number(last_of(added, starters[0], ALL), "threshold", "chance")
    values: dict[str, Text] = {"year": year_of(reader.study), "scenario": _scenario(added), "threshold": threshold}
    dated = [one for one in starters if first_due(reader, [last_of(added, one, name) for name in targets], "by_chance")]
    rows: list[tuple[Text, ...]] = [(phrase("tabled_as_planned"), NOTHING, *as_planned)]
    rows += [_starts(reader, added, starter, targets, "by_chance") for starter in dated]
    if others := [starter for starter in starters if starter not in dated]:
        cells = (in_table(reader, last_of(added, others[0], one), "by_chance") for one in targets)
        rows.append((phrase("tabled_others" if dated else "tabled_each"), NOTHING, *cells))
    return _last_starts(added, "by-chance", phrase("tabled_last_by_chance", **values), targets, rows)


def _starts(reader: Reader, added: Added, starter: str, targets: list[str], by: str) -> tuple[Text, ...]:
    """Planned start of a lever or family, and its last start for each target."""
    where = [last_of(added, starter, one) for one in targets]
    cells = (in_table(reader, one, by) for one in where)
    return (player_label(reader.study, starter), planned(reader, where[0]), *cells)


def _last_starts(added: Added, by: str, caption: Text, targets: list[str], rows: list[tuple[Text, ...]]) -> Table:
    header = (phrase("starter"), phrase("tabled_start"), *(called(added, one) for one in targets))
    player = max(PLAYER, 1.0 - START - DATED * len(targets))
    widths = (player, START, *(((1.0 - player - START) / len(targets),) * len(targets)))
    return Table(f"last-{by}", caption, header, tuple(rows), (phrase("tabled_starts_note"),), widths)


def _never(reader: Reader, added: Added) -> Table:
    """What each chance changes by where a lever or family never begins, in points; of those that change one."""
    targets = [*(one.target_id for one in targets_of(reader, added)), ALL]
    columns = ("difference", "difference_low", "difference_high")
    rows: list[tuple[Text, ...]] = []
    starters = starters_of(reader, added)
    for starter in starters:
        keys: dict[str, Key] = {"starter": starter, "delay": "", "reported_first": True}
        where = [place("late", added, target=one, **keys) for one in targets]
        if any(float(reader.row(one)["difference"]) != 0.0 for one in where):
            cells = (banded(reader, one, columns, "points") for one in where)
            rows.append((player_label(reader.study, starter), *cells))
    caption = phrase("tabled_never", year=year_of(reader.study), scenario=_scenario(added))
    header = (phrase("starter"), *(called(added, one) for one in targets))
    widths = (NEVER, *(((1.0 - NEVER) / len(targets),) * len(targets)))
    notes = (phrase("tabled_never_note"),) if len(rows) < len(starters) else ()
    return Table("never", caption, header, tuple(rows), notes, widths)


def _chance_sentence(reader: Reader, added: Added, target: str) -> Text:
    """Whether the chance is too low at once, stays high whatever is late, or sets a last start."""
    places = [last_of(added, starter, target) for starter in starters_of(reader, added)]
    due = first_due(reader, places, "by_chance")
    threshold, name = reader.number(places[0], "threshold", "chance"), called(added, target)
    if due is not None:
        names = {"player": player_label(reader.study, str(due.where["starter"])), "target": name}
        return phrase("late_dated", threshold=threshold, start=in_sentence(reader, due, "by_chance"), **names)
    asked = float(reader.row(places[0])["threshold"])
    if float(reader.row(places[0])["chance"]) < asked:
        chance, low, high = (reader.number(places[0], one, "chance") for one in ("chance", "chance_low", "chance_high"))
        words = in_words(reader, places[0])
        said = phrase("late_below", target=name, words=words, chance=chance, low=low, high=high, threshold=threshold)
        sure, doubt = high.value < asked, "late_below_maybe"
    else:
        least = min(places, key=lambda one: float(reader.row(one)["chance_lowest"]))
        lowest, low = (reader.number(least, one, "chance") for one in ("chance_lowest", "chance_lowest_low"))
        said = phrase("late_kept", target=name, lowest=lowest, low=low, threshold=threshold)
        sure, doubt = low.value >= asked, "late_kept_maybe"
    return Joined((said, Label("。", ".") if sure else phrase(doubt, threshold=threshold)), "")


def _gain_sentence(reader: Reader, added: Added, target: Target) -> Text:
    """The largest gain that is surely above zero, and until when enough of it is kept."""
    places = [last_of(added, starter, target.target_id) for starter in starters_of(reader, added)]
    sure = [one for one in places if float(reader.row(one)["gain_low"]) > 0.0 and first_due(reader, [one], "by_gain")]
    if not sure:
        return phrase("late_gains_none", target=target_name(target))
    best = max(sure, key=lambda one: float(reader.row(one)["gain"]))
    unit = (target.unit, abs(target.value))
    gain, low, high = (
        reader.number(best, column, form, *unit)
        for column, form in zip(GAIN, ("change", "change_bare", "change_bare"), strict=True)
    )
    wait = phrase("late_wait", keep=reader.number(best, "keep", "chance"), start=in_sentence(reader, best, "by_gain"))
    names = {"target": target_name(target), "player": player_label(reader.study, str(best.where["starter"]))}
    return phrase("late_gains_most", gain=gain, low=low, high=high, wait=wait, **names)


def _scenario(added: Added) -> Label:
    """The scenario whose starts are delayed, which is the first of its study."""
    entry = added.study.definition.scenarios[0]
    return Label(entry.label_zh, entry.label_en)
