"""The answer of `seek` on the screen."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from model.lever_chances import ALL
from model.wiring import Wiring
from scenarios.emulating import Trained
from scenarios.levers import BY_ID
from scenarios.sought import Rerun

if TYPE_CHECKING:
    import pandas as pd


def show_answer(
    found: Trained, rerun: Rerun, tables: Mapping[str, pd.DataFrame], args: Namespace, wiring: Wiring
) -> None:
    """Show the paths that were run, then a sentence a target, then the levers of the path named."""
    rows = tables["paths"]
    all_rows = rows[rows["target"] == ALL].sort_values("added_cost", kind="stable").to_dict("records")
    header = ["path", "added cost, bn yuan [5-95 %]", "emulated", "chance of all targets emulated", "run in the model"]
    title = (
        f"Added cost to {args.to} ({args.payer}) and chance that all targets are met: {rerun.n_members} fresh members, "
        f"95 % intervals; emulator's error {found.errors['chance', ALL]['rmse']:.1%}"
    )
    wiring.grid(title, header, [_cells(row) for row in all_rows])
    wiring.show("")
    names = {target.target_id: target.name_en for target in found.targets} | {ALL: "All targets together"}
    units = {target.target_id: target.unit for target in found.targets}
    for row in tables["targets"].to_dict("records"):
        name = str(row["target"])
        wiring.show(verdict(row, names[name], units.get(name, ""), args))
    wiring.show("")
    chosen = tables["targets"].loc[tables["targets"]["target"] == ALL, "path"].iloc[0]
    mine = tables["levers"][tables["levers"]["path"] == chosen]
    for lever_id, years in mine.groupby("lever", sort=False):
        lever = BY_ID[str(lever_id)]
        if (years["level"] != lever.baseline).any():
            steps = ", ".join(f"{row['year']}: {row['level']:g}" for row in years.to_dict("records"))
            wiring.show(f"  {lever.name_en} ({lever.unit}; {lever.baseline:g} in 2020): {steps}")


def verdict(row: Mapping[Any, Any], name: str, unit: str, args: Namespace) -> str:
    """One sentence on a target: whether a path has the chance wanted, how sure that is, and how near the best comes."""
    chance = f"{row['chance']:.0%} [{row['chance_low']:.0%}, {row['chance_high']:.0%}]"
    path = f"{row['path']}, added cost {row['added_cost']:.2f} bn yuan"
    within = "" if args.budget is None else f" within {args.budget:g} bn yuan"
    sure = "" if row["sure"] else " (the interval holds the chance wanted: not sure)"
    if row["reached"]:
        return f"{name}: a chance of {args.chance:.0%} is reached{within}, at least cost by {path}: {chance}{sure}."
    near = ""
    if row["target"] != ALL:
        near = (
            f" With a chance of {args.chance:.0%} it reaches {row['value']:,.4g} {unit}, {row['gap']:+,.3g} from the "
            f"target of {row['goal']:,.4g}."
        )
    if not row["within_budget"]:
        return f"{name}: no path found kept to the budget when it was run. The likeliest, over it, is {path}: {chance}."
    return (
        f"{name}: NOT reached{within} with a chance of {args.chance:.0%} by any path found{sure}. The best is {path}: "
        f"{chance}.{near} With all levers at their upper bound it is {row['all_up']:.0%} "
        f"[{row['all_up_low']:.0%}, {row['all_up_high']:.0%}]."
    )


def _cells(row: Mapping[Any, Any]) -> list[str]:
    cost = f"{row['added_cost']:.2f} [{row['added_cost_p05']:.2f}, {row['added_cost_p95']:.2f}]"
    emulated = f"{row['emulated']:.0%} [{row['emulated_low']:.0%}, {row['emulated_high']:.0%}]"
    run = f"{row['chance']:.0%} [{row['chance_low']:.0%}, {row['chance_high']:.0%}]"
    return [f"{row['label_en']} ({row['path']})", cost, f"{row['emulated_cost']:.2f}", emulated, run]


__all__ = ["show_answer", "verdict"]
