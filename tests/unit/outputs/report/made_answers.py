"""Answers of verbs in made-up studies: later starts, scores on observations, and shares of groups."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pandas as pd

from calibration.scoreboard.observations import read_observations
from calibration.scoreboard.table import score_table, summary_table
from model.wiring import Answer, Supplement
from outputs.deadline import Asked, last_table, late_table
from outputs.manifest import LeverEntry, ScenarioEntry
from outputs.sensitivity.indices import COLUMNS as SHARES
from outputs.store import Study
from outputs.supplements import write_supplement
from outputs.watching import watch_table
from scenarios.delaying import delays
from scenarios.levers import LEVERS
from tests.unit.outputs.synthetic import definition
from tests.unit.outputs.test_deadline import MEMBERS, run

OBSERVATIONS = """indicator,definition,scope,period,measure,relation,value,unit,prices,standard_error,source
rd_intensity,first_published,whole_district,2021,level,=,2.8,%,,0.1,made up
rd_intensity,first_published,whole_district,2022,level,=,3,%,,0.1,made up
hightech_share,own_level,own_level,2022,change,=,-1,percent,,,made up
talent_total,residents,whole_district,2022,level,>=,46,万人,,,made up
"""
"""One of 2021, which does not count; a level, a change and a bound of 2022."""
GROUPS = (
    ("base", "基年数据", "base year", 0.6, 0.5, 0.7, 0.55),
    ("luck", "随机性", "luck", 0.2, 0.1, 0.3, 0.35),
    ("levers", "全部措施", "all levers", 0.1, -0.05, 0.55, 0.1),
)
"""Group, its names, and its share with interactions: estimate, interval, by half of the rows."""


def add_deadline(folder: Path) -> Study:
    """Forty members under every start of three families, with the tables of `deadline`."""
    late_starts = delays("plan", "family", ["enclaves", "talent", "finance"], 20)
    entries = tuple(ScenarioEntry.of(path) for path in late_starts.paths)
    about = replace(definition(MEMBERS), scenarios=entries, levers=tuple(map(LeverEntry.of, LEVERS)))
    study = Study.create_or_open(about, folder)
    study.write_batch([run(path.scenario_id, member) for path in late_starts.paths for member in range(MEMBERS)])
    study.compact()
    late = late_table(study, late_starts)
    last = last_table(late_starts, late, Asked(0.8, 0.5))
    tables = {"late": late, "last_starts": last, "signposts": watch_table(study, "plan")}
    write_supplement(study.path, Supplement("deadline/made", {}, tables, []), [])
    return study


def add_scores(study: Study, folder: Path) -> None:
    """Score a study on the observations, as `validate` does."""
    path = folder / "observations.csv"
    path.write_text(OBSERVATIONS, "utf-8")
    about = study.definition
    known = tuple(
        replace(info, scope="own_level" if info.indicator == "hightech_share" else "whole_district")
        for info in about.indicators
    )
    found = read_observations(path, known, about.n_quarters)
    assert not found.refused
    table = score_table(cast("Answer", study), found.observations)
    tables = {"scores": table, "summary": summary_table(table)}
    write_supplement(study.path, Supplement("validation/made", {"verb": "validate"}, tables, []), [])


def add_shares(study: Study) -> None:
    """Shares of three groups and of interactions, which sum to one, in the first headline target alone."""
    rows: list[dict[str, Any]] = []
    keys = {"indicator": "rd_intensity", "definition": "first_published", "unit": "percent", "year": 2025, "rows": 32}
    for group, zh, en, total, low, high, half in GROUPS:
        first = {"first": total - 0.1, "first_low": low - 0.1, "first_high": high - 0.1, "first_half": half - 0.1}
        spread = {"total": total, "total_low": low, "total_high": high, "total_half": half}
        rows.append({**keys, "group": group, "zh": zh, "en": en, **first, **spread})
    rest = {"first": 0.4, "first_low": 0.1, "first_high": 0.6}
    rows.insert(0, {**keys, "group": "interactions", "zh": "交互作用", "en": "interactions", **rest})
    folder = study.path / "sensitivity" / "made"
    folder.mkdir(parents=True)
    pd.DataFrame(rows, columns=list(SHARES)).to_csv(folder / "shares.csv", index=False, encoding="utf-8-sig")
