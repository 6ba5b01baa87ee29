"""The verb `deadline`: what later starts cost, until when each may wait, and what to watch, on screen and on disk."""

from __future__ import annotations

import hashlib
import json
import math
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from model.commands import languages
from model.delays import Delays
from model.wiring import Supplement, Wiring
from outputs.answering import answer, tell_failures
from outputs.commands import told_in
from outputs.deadline import ALL, BELOW, NEEDLESS, Asked, last_table, late_table, shown_delays
from outputs.design import foreseen
from outputs.effects import UNTOUCHED
from outputs.language import difference_unit, percent, target_label, text, unit_of
from outputs.markdown import show_all
from outputs.naming import lever_or_family, rate
from outputs.store import Study
from outputs.tables import Grid, Record
from outputs.watching import MEETS, watch_table

if TYPE_CHECKING:
    import pandas as pd


def deadline(args: Namespace, wiring: Wiring) -> int:
    """Run every later start of a scenario's levers or families, and say until when each may wait."""
    delays = wiring.delays(args)
    question = wiring.question(args, delays.paths)
    if args.dry_run:
        for line in foreseen(question.runner, args.members, args.workers):
            wiring.show(line)
        return 0
    study = answer(args, question, wiring)
    late = late_table(study, delays)
    last = last_table(delays, late, Asked(args.threshold, args.keep))
    watch = watch_table(study, delays.whole.scenario_id)
    about = {"verb": "deadline", "scenario": delays.whole.scenario_id, "by": args.by, "only": args.only}
    about |= {"threshold": args.threshold, "keep": args.keep}
    digest = hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()[:8]
    tables = {"late": late, "last_starts": last, "signposts": watch}
    supplement = Supplement(f"deadline/{digest}", about, tables, ["deadline"])
    folder = wiring.add(study, supplement, languages(args))
    language = told_in(args)
    told = notes(study, delays, last, watch, language)
    show_all(wiring, study, grids(study, late, last, watch, language), told, as_markdown=args.markdown)
    wiring.say(f"Deadline: {folder}")
    return tell_failures(study, wiring, debug=args.debug)


def grids(study: Study, late: pd.DataFrame, last: pd.DataFrame, watch: pd.DataFrame, language: str) -> list[Grid]:
    """Tables for the screen in ``zh`` or ``en``: one per target, and the signposts."""
    late = late[late["reported_first"].astype(bool)]
    found = []
    for target in dict.fromkeys(last["target"]):
        mine = [table[table["target"] == target] for table in (late, last)]
        found.append(_of_target(study, mine[0], mine[1], language))
    return [*found, _signposts(study, watch, language)]


def target_name(study: Study, target: str, language: str) -> str:
    """Name of a target, or of all together."""
    for one in study.definition.headline:
        if one.target_id == target:
            return one.name_zh if language == "zh" else one.name_en
    return text("all_targets_n", language, n=len(study.definition.headline))


def _of_target(study: Study, late: pd.DataFrame, last: pd.DataFrame, language: str) -> Grid:
    delays, target = shown_delays(late), late["target"].iloc[0]
    rows = []
    for row in last.to_dict("records"):
        starts = {_key(start): start for start in late[late["starter"] == row["starter"]].to_dict("records")}
        chances = [percent(starts[delay]["chance"]) for delay in (*delays, None)]
        cells = [lever_or_family(study, row["starter"], language), str(int(row["planned_start"]))]
        if target != ALL:
            cells += [_gain(starts[0], language), *(_kept(starts[delay]) for delay in delays if delay)]
        cells += [" ".join(chances), _lost(starts[None]), _by_chance(row, language)]
        rows.append([*cells, *([] if target == ALL else [_last_start(row, "by_gain")])])
    keys = ["starter", "planned_start"]
    header = [text(key, language) for key in keys]
    later = [text("kept_if_late", language, n=delay) for delay in delays if delay]
    header += [] if target == ALL else [_gain_header(late, language), *later]
    years = ", ".join([*(f"+{delay}" for delay in delays), text("never_begun", language)])
    asked = {"chance": percent(last["threshold"].iloc[0]), "share": percent(last["keep"].iloc[0])}
    header += [text("chances_by_start", language, starts=years), text("chance_if_never", language)]
    header += [text("last_by_chance", language, **asked)]
    header += [] if target == ALL else [text("last_by_gain", language, **asked)]
    values = {"target": target_name(study, target, language), "year": int(late["year"].iloc[0])}
    label = study.definition.scenarios[0].label(language)
    return text("late_title", language, **values, scenario=label), header, rows


def _key(start: Record) -> int | None:
    return None if math.isnan(start["delay"]) else int(start["delay"])


def _gain_header(late: pd.DataFrame, language: str) -> str:
    unit = late["unit"].iloc[0]
    small = unit_of(unit, language, 1.0).name
    return text("late_gain", language, unit=difference_unit(unit, language) if small == "%" else small)


def _gain(start: Record, language: str) -> str:
    """Mean gain over never with the interval of the mean; a dash where no run differs."""
    if start["sign"] == UNTOUCHED:
        return "–"
    is_share = start["unit"].startswith("percent")
    unit = unit_of(start["unit"], language, 1e9 if is_share else 1.0)
    digits = 4 if is_share else unit.decimals
    mean, low, high = (f"{start[name] * unit.factor:+,.{digits}f}" for name in ("gain", "gain_low", "gain_high"))
    return f"{mean} [{low}, {high}]"


def _kept(start: Record) -> str:
    """Share kept with its interval; a dash where there is no sure gain to keep."""
    if math.isnan(start["kept"]):
        return "–"
    return f"{percent(start['kept'])} [{100 * start['kept_low']:.0f}–{100 * start['kept_high']:.0f}]"


def _lost(never: Record) -> str:
    """What the chance changes by, in points, if it never begins, with the paired interval."""
    change, low, high = (100 * never[name] for name in ("difference", "difference_low", "difference_high"))
    return f"{change:+.1f} [{low:+.0f}, {high:+.0f}]"


def _by_chance(row: Record, language: str) -> str:
    kind = row["by_chance"]
    return text(kind, language) if kind in {BELOW, NEEDLESS} else _last_start(row, "by_chance")


def _last_start(row: Record, by: str) -> str:
    """Last start year and the years that intervals allow; a dash where there is none, ≥ where later was not run."""
    year, sure, possible = (row[f"last_start_{by}{end}"] for end in ("", "_sure", "_possible"))
    if math.isnan(year):
        return "–"
    low, shown, high = (f"{'≥' if start == row['last_run'] else ''}{start:.0f}" for start in (sure, year, possible))
    low = f"<{row['planned_start']:.0f}" if math.isnan(sure) else low
    return shown if sure == possible else f"{shown} [{low}–{high}]"


def _signposts(study: Study, watch: pd.DataFrame, language: str) -> Grid:
    """The target's own indicator, and of the others each year's best where held-out members bear it out."""
    rows, before = [], ("", "")
    shown = (watch["rank"] == 0) | ((watch["rank"] == 1) & (watch["tells"] == True))  # noqa: E712  (may be empty text)
    for row in watch[shown & watch["threshold"].notna()].to_dict("records"):
        place = (target_name(study, row["target"], language), str(int(row["year"])))
        rates = [rate(row, "chance_on_track", "chance_on"), rate(row, "chance_off_track", "chance_off")]
        told = text("bears_out" if row["tells"] else "bears_not_out", language)
        cells = [_signpost(study, row, language), percent(row["on_track"]), *rates, told]
        same = [one if one != other else "" for one, other in zip(place, before, strict=True)]
        rows.append([place[0] if same[0] else "", place[1] if any(same) else "", *cells])
        before = place
    keys = ("target", "review_year", "signpost", "review_on_track", "if_on_signpost", "if_off_signpost", "bears")
    return text("signposts_title", language), [text(key, language) for key in keys], rows


def _signpost(study: Study, row: Record, language: str) -> str:
    """Indicator, side and threshold with its interval."""
    info = study.definition.info(row["indicator"], row["definition"])
    unit = unit_of(info.unit, language, abs(row["threshold"]))
    name = info.name_zh if language == "zh" else info.name_en
    cut = target_label(">=" if row["at_least"] else "<", float(f"{row['threshold']:.4g}"), info.unit, language)
    bounds = " – ".join(unit.short(row[end]) for end in ("threshold_low", "threshold_high"))
    return f"{name} {cut} [{bounds}]"


def notes(study: Study, delays: Delays, last: pd.DataFrame, watch: pd.DataFrame, language: str) -> list[str]:
    """Sentences: where no start keeps the chance or every one does, which gains are not sure, what signposts tell."""
    comma, lines = {"zh": "、", "en": "; "}[language], []
    for target, group in last.groupby("target", sort=False):
        rows = group.to_dict("records")
        names = {"target": target_name(study, str(target), language), "n": len(rows)}
        shares = {name: percent(rows[0][name]) for name in ("threshold", "keep")}
        shares["chance"] = rate(rows[0], "chance", "chance")
        lowest = min(rows, key=lambda row: row["chance_lowest"])
        shares |= {"lowest": percent(lowest["chance_lowest"]), "low": percent(lowest["chance_lowest_low"])}
        kinds = {row["by_chance"] for row in rows}
        if kinds in ({BELOW}, {NEEDLESS}):
            lines.append(text(f"all_{kinds.pop()}", language, **names, **shares))
        if target != ALL and {row["by_chance"] for row in rows} & {BELOW, NEEDLESS}:
            lines.append(text("told_by_gain", language, **names, **shares))
        lines += _decided(study, watch[watch["target"] == target], group, language)
        unsure = [
            lever_or_family(study, r["starter"], language) for r in rows if target != ALL and not r["gain_low"] > 0.0
        ]
        if unsure:
            lines.append(text("late_unsure", language, **names, starters=comma.join(unsure)))
    for _, group in watch.groupby("target", sort=False):
        lines += _told(study, group.to_dict("records")[0], language)
    if any(study.definition.year_of(target) < target.year for target in study.definition.headline):
        lines.append(text("early_note", language, year=study.definition.to_year))
    if delays.unmoved:
        unmoved = comma.join(lever_or_family(study, lever, language) for lever in delays.unmoved)
        lines.append(text("late_unmoved", language, levers=unmoved))
    return lines


def _decided(study: Study, watch: pd.DataFrame, last: pd.DataFrame, language: str) -> list[str]:
    """What is known when the earliest of the last starts is due: the target's own signpost of the year before."""
    years = last["decided_on"].dropna()
    mine = watch[(watch["rank"] == 0) & (watch["year"] == years.min()) & watch["threshold"].notna()]
    return [
        text(
            "decided_on",
            language,
            target=target_name(study, row["target"], language),
            start=int(row["year"]) + 1,
            year=int(row["year"]),
            signpost=_signpost(study, row, language),
            told=text("bears_out" if row["tells"] else "bears_not_out", language),
        )
        for row in mine.to_dict("records")
    ]


def _told(study: Study, row: Record, language: str) -> Sequence[str]:
    """What the signposts of a target tell, where that is not who meets it."""
    names = {"target": target_name(study, row["target"], language), "members": row["members"]}
    if row["why_not"]:
        return [text("no_signposts", language, **names)]
    if row["told"] == MEETS:
        return []
    value = target_label(row["relation"], float(f"{row['told_value']:.4g}"), row["unit"], language)
    return [text(f"told_{row['told']}", language, **names, value=value)]
