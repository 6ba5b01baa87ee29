"""The verb `milestones`: the way by year, thresholds for reviews and what can be promised, on screen and on disk."""

from __future__ import annotations

import hashlib
import json
from argparse import Namespace
from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from model.commands import languages
from model.targets import Target
from model.wiring import Supplement, Wiring
from outputs.answering import tell_failures
from outputs.asked import study_or_run
from outputs.commands import told_in
from outputs.intervals import wilson
from outputs.language import Unit, difference_unit, percent, target_label, text, unit_of
from outputs.markdown import show_all
from outputs.milestones import CUTS, NO_REVIEW, milestone_table, outcomes_of, promise_table
from outputs.naming import rate
from outputs.signposts import FEW, FEWEST
from outputs.store import Study
from outputs.tables import Grid, Record

if TYPE_CHECKING:
    import pandas as pd


def milestones(args: Namespace, wiring: Wiring) -> int:
    """Break the targets down by year, for the study that is named or for scenarios that are run as `project` does."""
    study = study_or_run(args, wiring)
    if study is None:
        return 0
    targets = _targets(args, study, wiring)
    found = outcomes_of(study, targets)
    way, promises = milestone_table(study, found), promise_table(found, args.chance)
    values = {target.target_id: [target.value, target.year] for target in targets}
    about = {"verb": "milestones", "chance": args.chance, "targets": values}
    digest = hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()[:8]
    tables = {"milestones": way, "promises": promises}
    folder = wiring.add(study, Supplement(f"milestones/{digest}", about, tables, list(tables)), languages(args))
    language = told_in(args)
    told, lines = grids(study, way, promises, language), notes(study, way, language)
    show_all(wiring, study, told, lines, as_markdown=args.markdown)
    wiring.say(f"Milestones: {folder}")
    return tell_failures(study, wiring, debug=args.debug)


def _targets(args: Namespace, study: Study, wiring: Wiring) -> Sequence[Target]:
    """Headline targets of the study, at the values of ``--targets`` where a study is read that was made with others."""
    if not (args.read and args.targets):
        return study.definition.headline
    asked = Namespace(**vars(args) | {"scenarios": ["baseline"]})
    given = {target.target_id: target for target in wiring.question(asked).targets}
    return [given.get(target.target_id, target) for target in study.definition.headline]


def grids(study: Study, way: pd.DataFrame, promises: pd.DataFrame, language: str) -> list[Grid]:
    """Tables for the screen in ``zh`` or ``en``, each target under the definition that its scenario reports first."""
    way, promises = way[way["reported_first"]], promises[promises["reported_first"]]
    return [_way(study, way, language), _reviews(study, way, language), _promises(study, promises, language)]


def goal_name(study: Study, row: Record, language: str) -> str:
    """Name and value of the target of a row."""
    (target,) = (one for one in study.definition.headline if one.target_id == row["target"])
    name = target.name_zh if language == "zh" else target.name_en
    return f"{name} {target_label(row['relation'], row['target_value'], row['unit'], language)}"


def _named(study: Study, row: Record, language: str) -> dict[str, str]:
    (target,) = (one for one in study.definition.headline if one.target_id == row["target"])
    label = study.definition.scenario(row["scenario"]).label(language)
    return {"scenario": label, "target": target.name_zh if language == "zh" else target.name_en}


def _groups(table: pd.DataFrame) -> list[list[Record]]:
    """Rows of each target and scenario, by year."""
    return [list(mine.to_dict("records")) for _, mine in table.groupby(["target", "scenario"], sort=False)]


def _way(study: Study, table: pd.DataFrame, language: str) -> Grid:
    rows, years, before = [], sorted({int(year) for year in table["year"]}), ""
    for group in _groups(table):
        first, unit = group[0], unit_of(group[0]["unit"], language)
        goal, label = goal_name(study, first, language), _named(study, first, language)["scenario"]
        counts = {"met": first["met"], "missed": first["members"] - first["met"]}
        for side in [side for side, n in counts.items() if n]:
            cells = {
                int(row["year"]): _spread([row[f"{side}_{cut}"] for cut in CUTS], unit, counts[side]) for row in group
            }
            end = text(f"way_{side}", language, n=counts[side], members=first["members"])
            rows.append([goal if goal != before else "", label, end, *(cells.get(year, "") for year in years)])
            before, label = goal, ""
    title = text("way_title", language, year=_years(table))
    return title, [text(key, language) for key in ("target", "scenario", "way_of")] + list(map(str, years)), rows


def _spread(cuts: Sequence[float], unit: Unit, n: int) -> str:
    """Median with the band; of one run its value alone."""
    low, middle, high = map(unit.number, cuts)
    return f"{middle} [{low}–{high}]" if n > 1 else middle


def _years(table: pd.DataFrame) -> str:
    return "–".join(map(str, sorted({int(year) for year in table["target_year"]})))


def _reviews(study: Study, table: pd.DataFrame, language: str) -> Grid:
    rows, before = [], ("", "")
    for row in table[table["threshold"].notna()].to_dict("records"):
        unit = unit_of(row["unit"], language)
        names = (goal_name(study, row, language), _named(study, row, language)["scenario"])
        bounds = f"[{unit.number(row['threshold_low'])}–{unit.number(row['threshold_high'])}]"
        rates = [("on_track", "on_track"), ("hit_rate", "hit"), ("false_alarm_rate", "false_alarm")]
        rates += [("chance_on_track", "chance_on"), ("chance_off_track", "chance_off")]
        counts = f"{row['finders_met']:.0f}/{row['finders']:.0f}, {row['judges_met']:.0f}/{row['judges']:.0f}"
        shown = [name if names != before else "" for name in names]
        cells = [rate(row, *columns) for columns in rates]
        rows.append([*shown, str(int(row["year"])), f"{unit.number(row['threshold'])} {bounds}", *cells, counts])
        before = names
    keys = ("target", "scenario", "review_year", "review_threshold", "review_on_track", "review_hits", "review_alarms")
    header = [text(key, language) for key in (*keys, "review_if_on", "review_if_off", "review_counts")]
    return text("review_title", language), header, rows


def _promises(study: Study, table: pd.DataFrame, language: str) -> Grid:
    rows, before = [], ""
    for row in table.to_dict("records"):
        unit, goal = unit_of(row["unit"], language), goal_name(study, row, language)
        shown = (
            f"{unit.number(row['promised'])} [{unit.number(row['promised_low'])}–{unit.number(row['promised_high'])}]"
        )
        gap = unit.signed(row["promised"] - row["target_value"])
        gap = f"{gap} {difference_unit(row['unit'], language)}"
        cells = [shown, gap, unit.number(row["median"]), rate(row, "chance", "chance")]
        rows.append([goal if goal != before else "", _named(study, row, language)["scenario"], *cells])
        before = goal
    chance = percent(table["promised_with"].iloc[0])
    keys = ("target", "scenario", "promised", "promise_against", "promise_median", "chance")
    title = text("promise_title", language, chance=chance, year=_years(table))
    return title, [text(key, language) for key in keys], rows


def notes(study: Study, way: pd.DataFrame, language: str) -> list[str]:
    """Sentences: where no threshold is given and why, where it is but a hint, from which year on a review tells.

    What is true of one target in several scenarios alike is said once.
    """
    said: dict[tuple[str, tuple[tuple[str, object], ...]], list[str]] = {}
    for group in _groups(way[way["reported_first"]]):
        between = [row for row in group if row["why_not"] != NO_REVIEW]
        if between:
            key, values = _said(between, language)
            names = _named(study, group[0], language)
            known = (key, tuple({"target": names["target"], **values}.items()))
            said.setdefault(known, []).append(names["scenario"])
    comma = {"zh": "、", "en": "; "}[language]
    lines = [text(key, language, scenario=comma.join(names), **dict(rest)) for (key, rest), names in said.items()]
    if any(study.definition.year_of(target) < target.year for target in study.definition.headline):
        lines.append(text("early_note", language, year=study.definition.to_year))
    return lines


def _said(rows: Sequence[Record], language: str) -> tuple[str, dict[str, object]]:
    """Key of the words for one target in one scenario, and what they are filled with."""
    first, found = rows[0], [row for row in rows if row["why_not"] == ""]
    low, high = wilson(first["met"], first["members"])
    values = {"members": first["members"], "met": first["met"], "missed": first["members"] - first["met"]}
    if not found:
        return f"review_{first['why_not']}", values | {"low": percent(low), "high": percent(high), "least": FEWEST}
    halves = [int(found[0][name]) for name in ("finders", "judges")]
    meet = [int(found[0][name]) for name in ("finders_met", "judges_met")]
    for end, counts in (("meet", meet), ("miss", [half - n for half, n in zip(halves, meet, strict=True)])):
        if min(counts) < FEW:
            filled = {"n": sum(counts), "finders": counts[0], "judges": counts[1]}
            return "review_few", values | filled | {"end": text(f"review_{end}", language)}
    # A review that tells says little while a later one does not.
    telling = list(takewhile(lambda row: row["tells"], reversed(found)))
    if telling:
        return "review_first", {"year": int(telling[-1]["year"])}
    return "review_never", {"year": int(rows[-1]["year"])}
