"""`benchmark --scales`: what the number of persons an agent stands for does to each indicator.

The same members (base, parameters, outside world) are run at 1:1000, 1:100, 1:10 and one to one, under the policy of
2020 and the plan. Talents of two scales are other agents with other luck, so a difference to one to one holds that
luck of both; its mean over members is what the scale itself does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from outputs.intervals import mean_interval
from scenarios.targets import load_targets
from tests.benchmarks.figures import Figure
from tests.benchmarks.origins import NAMES
from tests.benchmarks.pieces import Pieces

FloatArray = NDArray[np.float64]
MEMBERS_A_PIECE = 16
WITHIN = 0.1
"""Share of the spread of levels over members, or of the mean effect of the plan, that a scale may cost."""
KINDS = ("level", "effect")
ENOUGH, NOT, UNSURE = "enough", "not enough", "not told"


@dataclass(frozen=True)
class Ladder:
    """Scales and how many members each runs; the last scale is held against."""

    members: dict[int, int]
    to_year: int = 2025


WHOLE = Ladder({1000: 64, 100: 64, 10: 32, 1: 32})
SMOKE = Ladder({2000: 4, 1000: 4, 500: 3}, 2023)


def scales(pieces: Pieces, ladder: Ladder) -> list[Figure]:
    """Differences to the finest scale of each indicator that a target names, with their paired 95 % intervals."""
    values, columns = {}, []
    for scale, members in ladder.members.items():
        found = []
        for first in range(0, members, MEMBERS_A_PIECE):
            end = min(first + MEMBERS_A_PIECE, members)
            words = ["runs", "independent", str(scale), "--members", str(first), str(end), "--to", str(ladder.to_year)]
            piece = pieces.get(words)
            found.append(np.array(piece["values"]))
            columns = [tuple(column) for column in piece["columns"]]
        values[scale] = np.concatenate(found)
    return [
        figure
        for name, column in named(columns).items()
        for kind in KINDS
        for figure in of_column(name, kind, {scale: kind_of(kind, rows[..., column]) for scale, rows in values.items()})
    ]


def named(columns: Sequence[tuple[str, ...]]) -> dict[str, int]:
    """English name and id of each indicator that a target names, the headline ones first, and of `NAMES` -> column."""
    targets = [t for t in load_targets() if t.kind == "outcome" and t.indicator]
    targets.sort(key=lambda target: target.role != "headline")
    found: dict[str, int] = {}
    for target in targets:
        if (target.indicator, target.definition) in columns:
            found[f"{target.name_en} ({target.indicator})"] = columns.index((target.indicator, target.definition))
    others = {name: words for name, words in NAMES.items() if (name, "") in columns}
    return found | {f"{words} ({name})": columns.index((name, "")) for name, words in others.items()}


def kind_of(kind: str, values: FloatArray) -> FloatArray:
    """(n_members,) level under the plan, or effect of the plan, of (n_members, 2) values."""
    return np.asarray(values[:, 1] if kind == "level" else values[:, 1] - values[:, 0])


def of_column(name: str, kind: str, values: dict[int, FloatArray]) -> list[Figure]:
    """Differences of one indicator to the finest scale, by scale; the note tells what they are held against."""
    *coarser, finest = values
    fine, figures = values[finest], []
    unit = allowed(kind, fine) / WITHIN
    if unit == 0.0:
        return []  # it does not move: there is nothing to compare a difference with
    for scale in coarser:
        apart = values[scale][: len(fine)] - fine[: len(values[scale])]
        low, high = mean_interval(apart)
        against = "spread over members" if kind == "level" else "mean effect"
        note = (
            f"{apart.mean():.3g} of {fine.mean():.6g}; {against} {unit:.3g}; "
            f"luck of both scales {apart.std(ddof=1):.2g}; 1:{scale} is {verdict(low, high, WITHIN * unit)}"
        )
        label = f"{kind}, 1:{scale} less 1:{finest}, {name}"
        mean, low, high = (100.0 * value / unit for value in (float(apart.mean()), low, high))
        figures.append(Figure(label, mean, low, high, len(apart), f"% of {against}", note=note))
    return figures


def allowed(kind: str, fine: FloatArray) -> float:
    """What a scale may cost: a share of the spread of the level over members, or of the mean effect."""
    return WITHIN * float(fine.std(ddof=1) if kind == "level" else abs(fine.mean()))


def verdict(low: float, high: float, bound: float) -> str:
    """Whether a scale is enough: all of the interval within the bound; not, all of it beyond; else it is not told."""
    if -bound <= low <= high <= bound:
        return ENOUGH
    return NOT if low > bound or high < -bound else UNSURE


def told(figures: Sequence[Figure]) -> list[str]:
    """Say for each indicator which scales are enough for its level and for the effect of the plan."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for figure in figures:
        kind, scale, name = figure.name.split(", ", 2)
        found.setdefault((name, kind), {})[scale.split(" ")[0]] = figure.note.rpartition(" is ")[2]
    lines = []
    for (name, kind), verdicts in found.items():
        words = [f"{scale} {said}" for scale, said in verdicts.items()]
        lines.append(f"{name}, {'level' if kind == 'level' else 'effect of the plan'}: {', '.join(words)}.")
    return lines
