"""The lever paths that can be chosen: two steps of each lever within its bounds, and when it goes to the second."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.lever_features import chosen_rows
from model.policy import FAMILIES, Lever, PolicyPath, quarter_of
from scenarios.levers import LEVERS
from scenarios.scenario import intensity_by_quarter, load
from scenarios.schema import PLAN_YEAR, RAMP_START, WORLDS, LeverSetting
from scenarios.shelf import library_files

FloatArray = NDArray[np.float64]

CHOSEN: tuple[Lever, ...] = tuple(LEVERS[row] for row in chosen_rows(LEVERS))
"""Levers that the district can choose: all but the opening of transport links, which belongs to the outside world."""
YEARS = tuple(range(RAMP_START, PLAN_YEAR + 1))
N_PARTS = 3
"""Of a setting: strength, timing and first step of each lever."""
N_INPUTS = N_PARTS * len(CHOSEN)
EVEN = 0.5
"""Timing of the straight line from the end of 2021 to the end of 2025."""
_DIGITS = 4
_NOISE = 12
"""Decimals beyond which a level is nothing but the last bits of a sum; a file would say 2.282e-15."""
_LEAST = 0.05
"""Ambition of a family, at least; as much is left at the top."""
_DOWN = 0.15
"""Of the levers of a training path, as many go below their level of 2020."""
_NO_STEP = 0.5
"""As many have no first step."""


class Named(NamedTuple):
    """Id and labels of a lever path."""

    scenario_id: str
    label_zh: str
    label_en: str


def ramp(timing: FloatArray) -> FloatArray:
    """Share of its final level that a lever has reached at the end of each of `YEARS`.

    Parameters
    ----------
    timing : (...,) from 0, all of it at the end of the first year, over 1/2, a straight line, to 1, all in the last.

    Returns
    -------
    (..., n_years), never falling, 1 in the last year. Below 1/2 the line ends earlier, above it begins later.
    """
    at = np.asarray(timing, float)[..., None]
    last = float(len(YEARS))
    after = np.arange(1.0, last + 1.0)
    end = 1.0 + np.minimum(at, EVEN) * 2.0 * (last - 1.0)
    start = np.maximum(at - EVEN, 0.0) * 2.0 * (last - 1.0)
    return np.asarray(np.clip((after - start) / (end - start), 0.0, 1.0))


def levels(setting: FloatArray) -> dict[str, dict[int, float]]:
    """Levels by lever and year of one setting, in the lever's unit and rounded to four digits.

    Parameters
    ----------
    setting : (3 n_levers,): the strength of each of `CHOSEN` in the last year, from -1, its lower bound, over 0, its
        level of 2020, to 1, its upper bound; then the timing of each, 0 to 1; then its first step, -1 to 1, where it
        stands at the end of the first year as far as its timing has not moved it on to its strength by then. A lever
        that stays at its level of 2020 is left out.
    """
    found = {}
    for lever, row in zip(CHOSEN, _changes(np.asarray(setting, float)[None])[0], strict=True):
        by_year = {year: _rounded(lever.baseline + change) for year, change in zip(YEARS, row, strict=True)}
        if any(level != lever.baseline for level in by_year.values()):
            found[lever.lever_id] = by_year
    return found


def path_of(by_lever: dict[str, dict[int, float]], named: Named, n_quarters: int) -> PolicyPath:
    """Make the path that a scenario file with these levels by year would make."""
    settings = {lever_id: LeverSetting(by_year=by_year) for lever_id, by_year in by_lever.items()}
    rows = [intensity_by_quarter(lever, settings.get(lever.lever_id), n_quarters) for lever in LEVERS]
    intensity = np.stack(rows)
    intensity.setflags(write=False)
    return PolicyPath(*named, levers=LEVERS, intensity=intensity, outside=WORLDS[0])


def intensities(settings: FloatArray, n_quarters: int) -> FloatArray:
    """(n, n_levers, n_quarters + 1) intensities of many settings at once, before the rounding of `levels`.

    Parameters
    ----------
    settings : (n, 3 n_levers), as in `levels`.
    """
    ends = [quarter_of(YEARS[0] - 1), *(quarter_of(year) for year in YEARS)]
    lines = np.array([np.interp(np.arange(n_quarters + 1), ends, row) for row in np.eye(len(ends))[1:]])
    base = np.array([lever.baseline for lever in LEVERS])[:, None]
    found = np.broadcast_to(base, (len(settings), len(LEVERS), n_quarters + 1)).copy()
    found[:, chosen_rows(LEVERS)] += _changes(np.asarray(settings, float)) @ lines
    return found


def _changes(settings: FloatArray) -> FloatArray:
    """(n, n_levers, n_years) change of each lever since 2020 at the end of each year, in its unit."""
    strength, timing, first = np.split(settings, N_PARTS, axis=1)
    moved = ramp(timing)
    share = first[..., None] * (1.0 - moved) + strength[..., None] * moved
    up, down = (np.array([[abs(lever.bounds[side] - lever.baseline)] for lever in CHOSEN]) for side in (1, 0))
    return np.asarray(np.where(share > 0.0, up, down) * share)


def training_settings(n_paths: int, seed: int) -> FloatArray:
    """Design of lever settings for training.

    Parameters
    ----------
    n_paths : rows.
    seed : of the scrambling.

    Returns
    -------
    (n_paths, 3 n_levers), as in `levels`.

    Notes
    -----
    A scrambled Sobol sequence (Owen 1998). Its first columns say how ambitious a path is in each family, a: the
    strength of each lever follows Beta(a, 1 - a), of mean a and with most mass at both ends, so that paths run from the
    policy of 2020 to all bounds rather than crowd in the middle, where a sum of 28 even draws lies. Some levers go
    below 2020 instead, evenly down to their lower bound. Half have no first step, those of the others are drawn as
    strengths are. Timing is even.
    """
    from scipy.stats import beta, qmc  # noqa: PLC0415 - seconds at start

    sampler = qmc.Sobol(len(FAMILIES) + N_INPUTS, rng=np.random.default_rng(seed))
    cube = sampler.random_base2(int(np.ceil(np.log2(max(n_paths, 2)))))[:n_paths]
    family = [FAMILIES.index(lever.family) for lever in CHOSEN]
    ambition = _LEAST + (1.0 - 2.0 * _LEAST) * cube[:, family]
    drawn, timing, step = np.split(cube[:, len(FAMILIES) :], N_PARTS, axis=1)

    def strength(even: FloatArray) -> FloatArray:
        up = np.clip((even - _DOWN) / (1.0 - _DOWN), 1e-9, 1.0 - 1e-9)
        return np.where(even < _DOWN, -even / _DOWN, beta.ppf(up, ambition, 1.0 - ambition))

    first = np.where(step < _NO_STEP, 0.0, strength(np.maximum(step - _NO_STEP, 0.0) / (1.0 - _NO_STEP)))
    return np.hstack([strength(drawn), timing, first])


def library_paths(n_quarters: int) -> list[PolicyPath]:
    """Scenarios of the library that differ from the policy of 2020 by levers alone, `baseline` first."""
    paths = load(sorted(library_files(), key=lambda name: (name != "baseline", name)), n_quarters)
    return [path for path in paths if is_levers_alone(path)]


def is_levers_alone(path: PolicyPath) -> bool:
    """Say whether a path leaves the outside world, and all else but levers, as the library's baseline has it."""
    plain = PolicyPath(*Named(path.scenario_id, path.label_zh, path.label_en), path.levers, path.intensity)
    fixed = [row for row in range(len(path.levers)) if row not in chosen_rows(path.levers)]
    # Which definition a scenario reports first changes nothing that is simulated.
    same = path.beside_levers | {"definitions": ()} == plain.beside_levers
    return same and bool((path.intensity[fixed] == path.intensity[fixed, :1]).all())


def training_paths(n_paths: int, seed: int, n_quarters: int) -> list[PolicyPath]:
    """Paths of the training study: the library's, the corners, and the design."""
    designed = [
        path_of(levels(setting), Named(f"path_{i:03d}", f"训练路径 {i}", f"Training path {i}"), n_quarters)
        for i, setting in enumerate(training_settings(n_paths, seed))
    ]
    return [*library_paths(n_quarters), *corner_paths(n_quarters), *designed]


def corner_paths(n_quarters: int) -> list[PolicyPath]:
    """All levers at a bound, early and by a straight line; each family at one, the others at 2020 or at the other.

    Between its corners an emulator need not guess: a search ends in them, and budgets end there.
    """
    found = [(all_at(1.0), TOP), (all_at(1.0, EVEN), TOP_STRAIGHT), (all_at(-1.0), BOTTOM)]
    found.append((all_at(-1.0, EVEN), BOTTOM_STRAIGHT))
    for family in FAMILIES:
        mine = np.array([float(lever.family == family) for lever in CHOSEN])
        for strength, name, zh, en in (
            (mine, "up_only", "仅此类措施达上限", "At their upper bound: only"),
            (1.0 - mine, "up_without", "除此类外全部措施达上限", "At their upper bound: all but"),
            (-mine, "down_only", "仅此类措施降至下限", "At their lower bound: only"),
            (
                2.0 * mine - 1.0,
                "up_others_down",
                "此类措施达上限，其余降至下限",
                "At their upper, all others at their lower bound:",
            ),
        ):
            setting = np.concatenate([strength, np.zeros((N_PARTS - 1) * len(CHOSEN))])
            found.append((setting, Named(f"{name}_{family}", f"{zh}：{family}", f"{en} {family}")))
    return [path_of(levels(setting), named, n_quarters) for setting, named in found]


TOP = Named("all_up", "全部措施达上限", "All levers at their upper bound")
TOP_STRAIGHT = Named("all_up_straight", "全部措施逐年升至上限", "All levers at their upper bound by a straight line")
BOTTOM = Named("all_down", "全部措施降至下限", "All levers at their lower bound")
BOTTOM_STRAIGHT = Named(
    "all_down_straight", "全部措施逐年降至下限", "All levers at their lower bound by a straight line"
)


def all_at(strength: float, timing: float = 0.0) -> FloatArray:
    """Setting with every lever at one strength, 1 for its upper bound, by default already at the end of 2022."""
    return np.concatenate([np.full(len(CHOSEN), each) for each in (strength, timing, 0.0)])


def _rounded(level: float) -> float:
    return float(f"{round(level, _NOISE):.{_DIGITS}g}")


__all__ = [
    "CHOSEN",
    "EVEN",
    "N_INPUTS",
    "TOP",
    "YEARS",
    "Named",
    "all_at",
    "corner_paths",
    "intensities",
    "is_levers_alone",
    "levels",
    "library_paths",
    "path_of",
    "ramp",
    "training_paths",
    "training_settings",
]
