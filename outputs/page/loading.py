"""A scenario file in the controls: the setting that makes its path, or all that the page cannot show of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.lever_settings import LeverSettings, Named
from model.policy import Lever, PolicyPath, quarter_of
from outputs.page.link import Fault
from outputs.page.setting import Choices, Lift, Setting, rounded

FIELDS = {
    "outside": "outside.world",
    "growth_shift": "outside.growth_shift",
    "rivals_respond": "rivals",
    "ladder_held": "ladder",
    "transport_slippage_quarters": "outside.transport_slippage_quarters",
    "switch_off": "switch_off",
}
"""What a path may set besides its levers, and the field of a file that sets it."""
_LEFT_OUT = "definitions"
"""Which definition is reported first changes nothing that is simulated: told, not refused."""
_NEAR = 1e-3
"""Share of a lever's range by which a level by year may miss a path of the page: people round thirds."""


class Loaded(NamedTuple):
    """What a file makes of the controls."""

    setting: Setting
    """The policy of 2020 where anything is wrong."""
    faults: list[Fault]
    """Why it cannot be shown, all at once."""
    notes: list[Fault]
    """What is left out though it is shown."""


def of_path(path: PolicyPath, choices: Choices, settings: LeverSettings) -> Loaded:
    """Find the setting of a path.

    Parameters
    ----------
    path : to the last year that a file can name, so that later moves are seen.
    choices, settings : what can be set, and the levels by year that a setting makes.

    Returns
    -------
    The setting whose levels are those of the path, but for rounding; and a fault for every field besides the levers,
    every lever that is not on the page or out of its bounds, and every lever that moves otherwise than the page can.
    """
    plain = PolicyPath(*Named("", "", ""), path.levers, path.intensity)
    beside = {name for name, value in path.beside_levers.items() if value != plain.beside_levers[name]}
    faults = [Fault("beside", {"field": FIELDS[name]}) for name in sorted(beside - {_LEFT_OUT})]
    for lever, row in zip(path.levers, path.intensity, strict=True):
        known = choices.by_id.get(lever.lever_id)
        if known is None and (row != lever.baseline).any():
            faults.append(Fault("not_here", {"lever": lever.lever_id}))
        elif known is not None:
            faults += _unfit(known, row, choices)
    setting, strays = _nearest(path, choices, settings)
    told = {fault.values.get("lever") for fault in faults}
    faults += [stray for stray in strays if stray.values["lever"] not in told]
    notes = [Fault("left_out", {"field": _LEFT_OUT})] if _LEFT_OUT in beside else []
    return Loaded(Setting() if faults else setting, faults, notes)


def _unfit(lever: Lever, row: np.ndarray, choices: Choices) -> list[Fault]:
    """Why one lever's quarters are none that levels at the ends of the page's years can make."""
    (low, high), name = lever.bounds, {"lever": lever.lever_id}
    first, last = quarter_of(choices.years[0] - 1), quarter_of(choices.years[-1])
    slack = _NEAR * (high - low)
    out = [level for level in (row.min(), row.max()) if not low - slack <= level <= high + slack]
    if out:
        return [Fault("unlearnt", {**name, "said": f"{out[0]:g}", "low": f"{low:g}", "high": f"{high:g}"})]
    if (np.abs(row[: first + 1] - lever.baseline) > slack).any():
        return [Fault("early", name | _ends(choices))]
    if (np.abs(row[last:] - row[last]) > slack).any():
        return [Fault("late", name | _ends(choices))]
    ends = np.array([first, *(quarter_of(year) for year in choices.years)])
    between = np.interp(np.arange(first, last + 1), ends, row[ends])
    return [Fault("within", name)] if (np.abs(row[first : last + 1] - between) > slack).any() else []


def _nearest(path: PolicyPath, choices: Choices, settings: LeverSettings) -> tuple[Setting, list[Fault]]:
    """The years of each lever that come nearest to its levels, and the levers that none of them fits.

    A path that several say alike, as one that stays where it stood, is said by the first of them, a straight line
    before all.
    """
    spans = sorted(choices.spans, key=lambda span: span != choices.straight)
    rows = dict(zip((lever.lever_id for lever in path.levers), path.intensity, strict=True))
    at = {
        lever.lever_id: {year: rounded(rows[lever.lever_id][quarter_of(year)]) for year in choices.years}
        for lever in choices.levers
    }
    found = []
    for span in spans:
        setting = Setting()
        for lever in choices.levers:
            levels = at[lever.lever_id]
            lift = Lift(levels[choices.years[-1]], span, levels[choices.years[0]])
            setting = choices.moved(setting, lever, lift)
        found.append((setting, settings.levels(choices.vector(setting))))
    lifts, strays = dict[str, Lift](), list[Fault]()
    for lever in choices.levers:
        name = lever.lever_id
        usual = dict.fromkeys(choices.years, lever.baseline)
        gaps = [max(abs(made.get(name, usual)[year] - level) for year, level in at[name].items()) for _, made in found]
        best = int(np.argmin(gaps))
        if gaps[best] > _NEAR * (lever.bounds[1] - lever.bounds[0]):
            said = ", ".join(f"{year}: {level:g}" for year, level in at[name].items())
            strays.append(Fault("stray", {"lever": name, "said": said} | _ends(choices)))
        elif name in found[best][0].lifts:
            lifts[name] = found[best][0].lifts[name]
    return Setting(lifts), strays


def _ends(choices: Choices) -> dict[str, str]:
    return {"first": str(choices.years[0]), "last": str(choices.years[-1])}


__all__ = ["FIELDS", "Loaded", "of_path"]
