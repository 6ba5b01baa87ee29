"""The verb `identify`: which values the evidence moved, and which conclusions hang on those that it did not."""

from __future__ import annotations

import csv
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from calibration.fitting.conclusions import ALL, FALSE_SHARE, FIFTHS, LEVEL, input_name, order_table, swing_table
from calibration.fitting.posterior import FOLDER, load_accepted
from calibration.fitting.profiling import LEVELS, allowed, ruled_out
from calibration.inputs import Input, inputs
from model.commands import languages
from model.errors import StudyError
from model.targets import headline
from model.wiring import Supplement, Wiring

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 15
_FROM_PARAMETERS = ("posterior_p05", "posterior_p50", "posterior_p95", "shrinkage", "shift", "correlation")


def identify(args: Namespace, wiring: Wiring) -> int:
    """Read a complete study, or run the one that the flags define, and write what its conclusions hang on."""
    as_project = Namespace(**vars(args) | {"verb": "project"})
    question = wiring.question(as_project)
    if args.dry_run:
        for line in wiring.foreseen(question, args.members, args.workers):
            wiring.show(line)
        return 0
    study = wiring.study(args) or wiring.answer(as_project, question)
    targets = headline(question.targets)
    status = status_table(inputs(), posterior_of(study.definition.drawn_from, args.posterior or FOLDER, study.path))
    moved = set(status.loc[status["moved"], "input"])
    unmoved = [item for item in wiring.uncertainties() if input_name(item) not in moved]
    tables = {
        "inputs": status,
        "chances": swing_table(study, targets, unmoved),
        "orders": order_table(study, targets, unmoved),
    }
    about = {
        "verb": "identify",
        "level": LEVEL,
        "fifths": FIFTHS,
        "false_discovery_rate": FALSE_SHARE,
        "comparisons": {"chances": len(tables["chances"]), "orders": tables["orders"].attrs["compared"]},
        "posterior": str(status.attrs["posterior"]),
        "members": len(study.finished_members(study.definition.scenarios[0].scenario_id)),
    }
    folder = wiring.add(study, Supplement("identifiability", about, tables, ["identifiability"]), languages(args))
    _show(tables, wiring)
    wiring.show(str(folder))
    return 0


def posterior_of(drawn_from: Mapping[str, str], folder: Path, study: Path) -> Path | None:
    """The folder of the posterior that a study drew from; None where it drew from the priors.

    Raises
    ------
    StudyError : it drew from a posterior that is not there.
    """
    said = drawn_from.get("values", "priors")
    if said == "priors":
        return None
    accepted = load_accepted(folder)
    if accepted is None or accepted.label != said.partition(",")[0]:
        raise StudyError(f"study {study}: drew from {said}, which is not the one in {folder}; give --posterior")
    return folder


def status_table(known: Mapping[str, Input], folder: Path | None) -> pd.DataFrame:
    """One row an input: status, whether the screen kept it, whether the evidence moved it, and its profile.

    Parameters
    ----------
    folder : of the accepted posterior; None where nothing has moved.

    Returns
    -------
    ``profile_low`` and ``profile_high`` bound what the facts do not rule out at 95 %, in the unit of the prior;
    ``ruled_out`` says on which side of the best fit, within the prior's 5 to 95 %, they rule out anything. Empty for
    what the screen left out: its posterior is its prior.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only the verb needs it

    kept = {line["input"]: line for line in _read(folder, "parameters.csv")}
    profiles: dict[str, dict[str, float]] = {}
    for line in _read(folder, "profile.csv"):
        profiles.setdefault(line["input"], {})[f"{float(line['quantile']):.4f}"] = float(line["deviance"])
    rows = []
    for name, item in known.items():
        row: dict[str, object] = {"input": name, "zh": item.zh, "en": item.en, "kind": item.kind}
        row |= {"status": item.status, "unit": item.unit}
        row |= {f"prior_p{cut:02d}": item.quantile(cut / 100.0) / item.factor for cut in (5, 50, 95)}
        row |= {"kept_by_screen": name in kept, "moved": kept.get(name, {}).get("moved") == "True"}
        for column in _FROM_PARAMETERS:
            row[column] = float(kept[name].get(column) or "nan") if name in kept else np.nan
        row["partner"] = kept.get(name, {}).get("partner", "")
        rows.append({**row, **_profile(item, profiles.get(name)), "source": item.source})
    table = pd.DataFrame(rows)
    table.attrs["posterior"] = "accepted" if kept else "none: values are drawn from the priors"
    return table


def _read(folder: Path | None, name: str) -> list[dict[str, str]]:
    """Rows of a table of the accepted posterior; none where it was accepted without it."""
    if folder is None or not (folder / name).is_file():
        return []
    with (folder / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _profile(item: Input, deviance: Mapping[str, float] | None) -> dict[str, object]:
    """What the facts alone allow of an input."""
    if deviance is None:
        return {"profile_low": np.nan, "profile_high": np.nan, "ruled_out": ""}
    values = [deviance[f"{level:.4f}"] for level in LEVELS]
    low, high = (item.quantile(u) / item.factor if 0.0 < u < 1.0 else np.nan for u in allowed(values))
    return {"profile_low": low, "profile_high": high, "ruled_out": ruled_out(values)}


def _show(tables: Mapping[str, pd.DataFrame], wiring: Wiring) -> None:
    status, chances, orders = tables["inputs"], tables["chances"], tables["orders"]
    moved = [str(name) for name in status.loc[status["moved"], "input"]]
    wiring.show(f"moved by the evidence: {len(moved)} of {len(status)} inputs: {', '.join(moved) or 'none'}")
    rest = status.loc[~status["moved"], "status"].value_counts()
    told = ", ".join(f"{rest.get(name, 0)} {name}" for name in ("measured", "borrowed", "assumed"))
    wiring.show(f"not moved, and as uncertain as their priors: {told}")
    _show_profiles(status[status["kept_by_screen"]], wiring)
    flips = chances[chances["flips"]]
    title = (
        "Chances that pass one half as an unmoved value runs over its range"
        if len(flips)
        else "No chance passes one half by an unmoved value; the largest swings"
    )
    shown: Sequence[Mapping[Any, Any]] = (flips if len(flips) else chances.head(SHOWN)).to_dict("records")
    wiring.grid(
        title,
        ["scenario", "target", "input", "status", "chance", "low fifth", "high fifth"],
        [
            [r["scenario"], "all targets" if r["target"] == ALL else r["target"], r["input"], r["status"],
             f"{r['chance']:.2f}",
             f"{r['low']:.2f} ({r['low_from']:.2f}-{r['low_to']:.2f})",
             f"{r['high']:.2f} ({r['high_from']:.2f}-{r['high_to']:.2f})"]
            for r in shown
        ],
    )  # fmt: skip
    _show_orders(orders, wiring)


def _show_profiles(kept: pd.DataFrame, wiring: Wiring) -> None:
    """Inputs that the screen kept: posterior and profile."""
    if kept.empty:
        return
    wiring.grid(
        "Inputs kept by the screen; values ruled out by the facts at 95 %, whatever the prior says",
        ["input", "status", "moved", "shrinkage", "correlation", "with", "ruled out"],
        [
            [r["input"], r["status"], "yes" if r["moved"] else "no", f"{r['shrinkage']:.2f}",
             f"{r['correlation']:+.2f}", r["partner"], r["ruled_out"] or "not computed"]
            for r in kept.to_dict("records")
        ],
    )  # fmt: skip


def _show_orders(orders: pd.DataFrame, wiring: Wiring) -> None:
    """Pairs of scenarios that change places, the clearest first."""
    compared = orders.attrs["compared"]
    if orders.empty:
        wiring.show(f"orders of two scenarios that turn over: none of {compared} compared")
        return
    wiring.grid(
        f"Orders of two scenarios that turn over, of {compared} compared: first less second, mean and half of its 95 %",
        ["first", "second", "target", "input", "status", "low fifth", "high fifth"],
        [
            [r["first"], r["second"], r["target"], r["input"], r["status"],
             f"{r['low']:.3g} +- {r['low_error']:.2g}", f"{r['high']:.3g} +- {r['high_error']:.2g}"]
            for r in orders.head(SHOWN).to_dict("records")
        ],
    )  # fmt: skip
    if len(orders) > SHOWN:
        wiring.show(f"{len(orders) - SHOWN} more in orders.csv")
