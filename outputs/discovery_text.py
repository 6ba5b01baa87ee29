"""The answer of `discover` in words, made from its tables alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from model.uncertainties import Uncertainty
from outputs.discovery import ALL, CHANCE, FEW, HALVES, LEAST, WORST
from outputs.drawn_values import condition
from outputs.language import percent, target_label, text
from outputs.tables import Record

if TYPE_CHECKING:
    import pandas as pd

    from outputs.store import Study


def told(study: Study, boxes: pd.DataFrame, leaves: pd.DataFrame, language: str) -> str:
    """Say what `outputs.discovery.discover_table` and `outputs.discovery_tree.tree_table` found, question by question.

    Parameters
    ----------
    boxes, leaves : the two tables.
    language : ``zh`` or ``en``.
    """
    lines: list[str] = []
    for (scenario, target, case), mine in boxes.groupby(["scenario", "target", "case"], sort=False):
        rows = mine.to_dict("records")
        lines += _box(study, rows, language)
        tree = leaves[(leaves["scenario"] == scenario) & (leaves["target"] == target) & (leaves["case"] == case)]
        if len(tree):
            lines += _tree(tree.to_dict("records"), language)
    return "\n".join(lines) + "\n"


def question(study: Study, row: Record, language: str, key: str = "discover_asked") -> str:
    """What was asked, and how many runs are cases."""
    values = {
        "scenario": row[f"scenario_{language}"],
        "target": target_name(study, row, language),
        "case": case_name(row, language),
        "cases": row["cases"],
        "n": row["members"],
        "share": percent(row["cases"] / row["members"]),
    }
    return text(key, language, **values)


def target_name(study: Study, row: Record, language: str) -> str:
    """Target with its value and year."""
    if row["target"] == ALL:
        return f"{text('all_targets_n', language, n=len(study.definition.headline))} ({row['year']})"
    (target,) = (one for one in study.definition.headline if one.target_id == row["target"])
    goal = target_label(target.relation, target.value, target.unit, language)
    return f"{row[f'target_{language}']} {goal} ({row['year']})"


def case_name(row: Record, language: str) -> str:
    """What makes a run a case."""
    share = percent(row["worst"]) if row["case"] == WORST else ""
    return text(f"case_{row['case']}", language, share=share)


def limit_name(row: Record, language: str) -> str:
    """A limit in words."""
    names = {name: row[name] for name in ("name", "kind", "zh", "en", "unit", "status")}
    item = Uncertainty(group=row["kind"], factor=1.0, **names)
    low = -math.inf if math.isnan(row["low"]) else row["low"]
    high = math.inf if math.isnan(row["high"]) else row["high"]
    return condition(item, low, high, language)


def _box(study: Study, rows: Sequence[Record], language: str) -> list[str]:
    first = rows[0]
    case = case_name(first, language)
    lines = [question(study, first, language)]
    if first["note"] == FEW:
        return [*lines, text("discover_few", language, case=case, least=LEAST)]
    if first["note"] == CHANCE:
        words = {"case": case, "n": first["members"], "candidates": int(first["candidates"])}
        return [*lines, text("discover_none", language, **words)]
    conditions = text("and", language).join(limit_name(row, language) for row in rows)
    lines.append(text("discover_box", language, case=case, conditions=conditions))
    numbers = {"runs": int(first["box_runs"]), "cases": int(first["box_cases"]), "case": case}
    numbers |= {name: percent(first[name]) for name in ("density", "coverage")}
    lines.append(text("discover_numbers", language, share=percent(first["cases"] / first["members"]), **numbers))
    held = {
        "density": percent(first["held_density"]),
        "low": percent(first["held_density_p05"]),
        "high": percent(first["held_density_p95"]),
        "coverage": percent(first["held_coverage"]),
        "found": percent(first["halves_found"]),
    }
    lines.append(text("discover_held", language, halves=HALVES, **held))
    lines.append(text("discover_sure" if first["holds"] else "discover_unsure", language))
    for row in rows:
        values = {"p": f"{row['quasi_p']:.2g}", "found": percent(row["halves_with_limit"])}
        lines.append(text("discover_limit", language, condition=limit_name(row, language), **values))
    return lines


def _tree(rows: Sequence[Record], language: str) -> list[str]:
    lines = [text("discover_tree", language, accuracy=f"{rows[0]['accuracy']:.2f}")]
    for row in rows:
        shares = {name: percent(row[name]) for name in ("chance", "low", "high")}
        values = {"rule": row[f"rule_{language}"], "runs": row["runs"], "cases": row["cases"]}
        lines.append(text("discover_leaf", language, **values, **shares))
    return lines
