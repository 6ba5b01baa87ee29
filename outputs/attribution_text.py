"""An attribution in the words of a planner: who moves what, how far that reaches, and where nobody moves anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.coalitions import Coalitions
from model.results import RATION
from model.targets import Target
from outputs.attributing import VALUE, WHOLE
from outputs.comparing import COST, JOINT
from outputs.effects import FALLS, RISES, UNTOUCHED
from outputs.intervals import wilson
from outputs.language import Unit, difference_unit, percent, target_label, text, unit_of
from outputs.naming import lever_or_family

if TYPE_CHECKING:
    import pandas as pd

    from outputs.store import Study
    from outputs.tables import Record

_ENDS = (("change", "contribution"), ("low", "low"), ("high", "high"))
"""Word of a sentence -> column of the table."""


def name_of(study: Study, player: str, language: str) -> str:
    """Name of a player: of a family, of a lever, or of all together."""
    if player == WHOLE:
        return text("attr_whole", language)
    return lever_or_family(study, player, language)


def sentences(study: Study, game: Coalitions, shares: pd.DataFrame, language: str) -> list[str]:
    """What a planner should take away, a sentence a headline target, chance, cost and caution."""
    lines = []
    first = game.paths[0].scenario_id
    for target in study.definition.headline:
        mine = shares[(shares["indicator"] == target.indicator) & (shares["year"] == study.definition.year_of(target))]
        mine = mine[mine["definition"] == study.definition.reported_definition(first, target)]
        name = target.name_zh if language == "zh" else target.name_en
        values, chances = mine[mine["quantity"] == VALUE], mine[mine["target"] == target.target_id]
        lines.append(_move(study, target, values, language))
        lines.append(_chance(study, name, chances, language))
    last = shares[shares["year"] == study.definition.goal_year]
    if study.definition.headline:
        name = text("all_targets_n", language, n=len(study.definition.headline))
        lines.append(_chance(study, name, last[last["target"] == JOINT], language))
    lines.append(_cost(study, last[(last["quantity"] == COST) & (last["definition"] == "all_payers")], language))
    return [*lines, *_cautions(study, game, last, language)]


def _move(study: Study, target: Target, values: pd.DataFrame, language: str) -> str:
    """How the mean of a headline indicator moves, who does it, and how far that is from the target."""
    whole = _row(values, WHOLE)
    unit = unit_of(target.unit, language)
    shown = {
        "target": target.name_zh if language == "zh" else target.name_en,
        "year": whole["year"],
        "without": f"{unit.number(whole['without'])} {unit.name}",
        "with_": f"{unit.number(whole['with'])} {unit.name}",
        "change": signed(whole["contribution"], unit),
        "unit": difference_unit(target.unit, language),
    }
    best = _who(study, values, unit, language)
    return text("attr_move", language, **shown, best=best, goal=_goal(target, whole, unit, language))


def _goal(target: Target, whole: Record, unit: Unit, language: str) -> str:
    """Where the mean stands to the target, and how much of the way there the levers go."""
    goal = target_label(target.relation, target.value, target.unit, language)
    if target.met_by(whole["without"]):
        return text("attr_goal_met_anyway", language, goal=goal)
    if target.met_by(whole["with"]):
        return text("attr_goal_met", language, goal=goal)
    short = f"{unit.number(target.value - whole['with'])} {difference_unit(target.unit, language)}"
    if whole["contribution"] <= 0.0:
        return text("attr_goal_wrong", language, goal=goal, short=short)
    share = percent(whole["contribution"] / (target.value - whole["without"]))
    return text("attr_goal_missed", language, goal=goal, short=short, share=share)


def _sure(table: pd.DataFrame) -> pd.DataFrame:
    """Players whose share can be told from zero, the largest first."""
    sure = table[(table["player"] != WHOLE) & table["sign"].isin([RISES, FALLS])]
    return sure.sort_values("contribution", key=abs, ascending=False, kind="stable")


def _who(study: Study, table: pd.DataFrame, unit: Unit, language: str) -> str:
    """The player with the largest share of those that can be told from zero, and who surely pulls the other way."""
    sure = _sure(table)
    if sure.empty:
        return text("attr_best_none", language)
    row = sure.to_dict("records")[0]
    ends = {name: signed(row[column], unit) for name, column in _ENDS}
    best = text("attr_best", language, player=name_of(study, row["player"], language), **ends)
    against = sure[sure["sign"] != row["sign"]]
    if against.empty:
        return best
    named = [
        text(
            "attr_one_down",
            language,
            player=name_of(study, row["player"], language),
            change=signed(row["contribution"], unit),
        )
        for row in against.to_dict("records")
    ]
    return best + text("attr_down", language, players=("、" if language == "zh" else ", ").join(named))


def _chance(study: Study, name: str, table: pd.DataFrame, language: str) -> str:
    """How a chance moves and who does it; or that nobody moves it in any member, and what could stay unseen."""
    whole = _row(table, WHOLE)
    if set(table["sign"]) == {UNTOUCHED}:
        n, chance = int(whole["members"]), whole["with"]
        key = "attr_always" if chance == 1.0 else "attr_never" if chance == 0.0 else "attr_never_all"
        always = text(key, language, share=percent(chance))
        return text("attr_still", language, target=name, n=n, always=always, unseen=percent(wilson(0, n)[1]))
    points = Unit(100.0, "", 0)
    ends = {key: signed(whole[column], points) for key, column in _ENDS}
    chances = {"without": percent(whole["without"]), "with_": percent(whole["with"])}
    best = _who(study, table, points, language)
    return text("attr_chance", language, target=name, best=best, **chances, **ends)


def _cost(study: Study, table: pd.DataFrame, language: str) -> str:
    """What all cost together beyond the reference, and the dearest."""
    unit, whole = unit_of("yuan", language), _row(table, WHOLE)
    parts = table[table["player"] != WHOLE].sort_values("contribution", ascending=False, kind="stable")
    row = parts.to_dict("records")[0]
    player = name_of(study, row["player"], language)
    shown = {"total": signed(whole["contribution"], unit), "change": signed(row["contribution"], unit)}
    return text("attr_cost", language, player=player, unit=unit.name, **shown)


def _cautions(study: Study, game: Coalitions, table: pd.DataFrame, language: str) -> list[str]:
    """What a reader must know of the runs themselves."""
    lines = []
    if game.other_world:
        zh = language == "zh"
        labels = {
            "scenario": game.whole.label_zh if zh else game.whole.label_en,
            "reference": game.reference.label_zh if zh else game.reference.label_en,
        }
        lines.append(text("attr_world", language, names=", ".join(game.other_world), **labels))
    rations = study.indicators(indicator=RATION, scenario=game.paths[-1].scenario_id)
    rationed = rations[rations["value"] < 1.0]["member"].nunique() / max(rations["member"].nunique(), 1)
    if rationed:
        lines.append(text("attr_rationed", language, share=percent(rationed)))
    if any(study.definition.year_of(target) < target.year for target in study.definition.headline):
        lines.append(text("early_note", language, year=study.definition.to_year))
    left = len(study.definition.members_run) - int(table["members"].iloc[0])
    return [*lines, text("attr_left_out", language, n=left)] if left else lines


def _row(table: pd.DataFrame, player: str) -> Record:
    return table[table["player"] == player].to_dict("records")[0]


def signed(value: float, unit: Unit, more: int = 1) -> str:
    """Show a difference, with ``more`` digits than its level has, unless that has three."""
    digits = unit.decimals + (more if unit.decimals < 3 else 0)
    return f"{value * unit.factor:+,.{digits}f}"
