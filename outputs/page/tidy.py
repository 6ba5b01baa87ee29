"""The answer as a table to take away: one number a row."""

from __future__ import annotations

import csv
import io
import math

from outputs.page.confirmed import Confirmed
from outputs.page.emulated import Emulated, Emulation, Figure
from outputs.page.flow_words import UNITS


def tidy(emulation: Emulation, emulated: Emulated, run: Confirmed | None, setting: str) -> str:
    """The answer as a tidy CSV: one number a row, with what it is, unit, error, bounds, members, study and setting."""
    stream = io.StringIO()
    write = csv.writer(stream, lineterminator="\n").writerow
    write(["study", "setting", "kind", "quantity", "target", "value", "unit", "error", "low", "high", "members"])
    study = emulation.study_id
    names = [*(target.target_id for target in emulation.targets), "all_targets"]

    def row(kind: str, quantity: str, name: str, figure: Figure, unit: str, members: int) -> None:
        numbers = [
            _cell(value) for value in (figure.error if kind == "emulated" else math.nan, figure.low, figure.high)
        ]
        write([study, setting, kind, quantity, name, _cell(figure.value), unit, *numbers, members])

    for name, figure in zip(names, emulated.chances, strict=True):
        row("emulated", "chance", name, figure, "share", emulation.n_base)
    for target, figure in zip(emulation.targets, emulated.values, strict=True):
        row("emulated", "mean", target.target_id, figure, target.unit, emulation.n_base)
    row("emulated", "added_cost", "", emulated.cost, "bn yuan", emulation.n_base)
    row("emulated", "added_cost_district", "", emulated.district, "bn yuan", emulation.n_base)
    if run:
        for name, figure in zip(names, run.chances, strict=True):
            row("true_runs", "chance", name, figure, "share", len(run.members))
        row("true_runs", "added_cost", "", run.cost, "bn yuan", len(run.members))
        row("true_runs", "share_rationed", "", run.rationed, "share", len(run.members))
        for kind, flows in run.flows.items():
            for each in flows.exchanges:
                for name, figure in ((f"{each.place}>district", each.into), (f"district>{each.place}", each.out)):
                    row("true_runs", f"flow_{kind}", name, figure, UNITS[kind], len(run.members))
    return stream.getvalue()


def _cell(value: float) -> str:
    return f"{value:.10g}" if math.isfinite(value) else ""


__all__ = ["tidy"]
