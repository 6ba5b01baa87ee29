"""Charts of the benchmarks, in the house look."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from outputs.charts.style import COLOURS, FAINT, LINE, MARKERS, MUTED, house_style, new_figure
from outputs.charts.style import GOAL as RED
from tests.benchmarks.figures import Figure
from tests.benchmarks.scales import KINDS, WITHIN
from tests.benchmarks.speed import FLOOR_GOAL, MEMORY_IN_RUN, agents_of, shares_of


def draw_speed(figures: Sequence[Figure], sizes: Sequence[int], path: Path) -> None:
    """Growth of time and memory, ratio to plain Mesa, ratio to the floor, and shares of the calls."""
    known = {figure.name: figure for figure in figures}
    with house_style():
        figure = new_figure(15.0)
        (growth, plain), (floor, shares) = figure.subplots(2, 2)
        agents = [_agents(known, n) for n in sizes]
        _growth(growth, known, sizes, agents)
        _plain(plain, known, sizes)
        _floor(floor, known, sizes, agents)
        _shares(shares, shares_of(figures))
        figure.savefig(path)


def _agents(known: dict[str, Figure], n: int) -> float:
    """Agents at the end of the last quarter."""
    return float(known[f"quarter, {agents_of(n)}"].note.split()[0])


def _growth(axes: Any, known: dict[str, Figure], sizes: Sequence[int], agents: list[float]) -> None:
    memory = axes.twinx()
    for place, (side, name, unit, colour) in enumerate(
        ((axes, "quarter", "seconds a quarter", LINE), (memory, MEMORY_IN_RUN, "MB above an empty process", COLOURS[2]))
    ):
        values = [known[f"{name}, {agents_of(n)}"].value for n in sizes]
        side.loglog(agents, values, color=colour, marker=MARKERS[place], markersize=4)
        side.set_ylabel(unit, color=colour)
    linear = known[f"quarter, {agents_of(sizes[-1])}"].value / agents[-1]
    axes.loglog(agents, [linear * n for n in agents], color=MUTED, linewidth=0.6, linestyle=":")
    slopes = [known[f"exponent of {name} in agents"] for name in ("time of a quarter", MEMORY_IN_RUN)]
    axes.set_title(
        f"Growth: time as agents to the {slopes[0].value:.2f}, memory to the {slopes[1].value:.2f}", loc="left"
    )
    axes.set_xlabel("agents (dotted: linear)")
    memory.spines["right"].set_visible(True)


def _plain(axes: Any, known: dict[str, Figure], sizes: Sequence[int]) -> None:
    names = [n for n in sizes if f"times faster than plain Mesa, {agents_of(n)}" in known]
    for place, n in enumerate(names):
        one = known[f"times faster than plain Mesa, {agents_of(n)}"]
        axes.bar(place, one.value, 0.6, color=LINE, yerr=[[one.value - one.low], [one.high - one.value]])
        if one.goal:
            axes.plot([place - 0.4, place + 0.4], [one.goal] * 2, color=RED)
    axes.set_xticks(range(len(names)), [agents_of(n) for n in names])
    axes.set_title("Times faster than plain Mesa (red: goal)", loc="left")


def _floor(axes: Any, known: dict[str, Figure], sizes: Sequence[int], agents: list[float]) -> None:
    kinds = (("by call", "each call reads its columns"), ("of state once", "state read once"))
    for place, (name, label) in enumerate(kinds):
        values = [known[f"quarter over floor {name}, {agents_of(n)}"].value for n in sizes]
        axes.loglog(agents, values, color=COLOURS[place + 1], marker=MARKERS[place], markersize=4, label=label)
    axes.axhline(FLOOR_GOAL, color=RED, linewidth=0.8)
    axes.set_title("Time of a quarter over the floor of memory (red: goal)", loc="left")
    axes.set_xlabel("agents")
    axes.legend()


def _shares(axes: Any, shares: dict[str, dict[str, float]]) -> None:
    calls = list(next(iter(shares.values())))
    rows, width = np.arange(len(calls)), 0.8 / len(shares)
    for place, (what, of) in enumerate(shares.items()):
        axes.barh(rows + place * width, [of[call] for call in calls], width, color=COLOURS[place + 1], label=what)
    axes.set_yticks(rows + 0.4 - width / 2, calls)
    axes.invert_yaxis()
    axes.set_xlabel("% of a member")
    axes.set_title("Share of each call", loc="left")
    axes.legend()


def draw_scales(figures: Sequence[Figure], path: Path) -> None:
    """Differences to one to one by indicator and scale: of levels, and of the plan's effect; shaded is what is allowed.

    Beyond the shade the axis is logarithmic.
    """
    names = list(dict.fromkeys(one.name.split(", ", 2)[2] for one in figures))
    with house_style():
        figure = new_figure(3.0 + len(names))
        for axes, kind, title in zip(
            figure.subplots(1, 2, sharey=True), KINDS, ("Level under the plan", "Effect of the plan"), strict=True
        ):
            _scales(axes, [one for one in figures if one.name.startswith(kind)], names)
            axes.set_title(title, loc="left")
        axes.set_yticks(range(len(names)), [_short(name) for name in names])
        axes.invert_yaxis()
        figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
        figure.savefig(path)


def _scales(axes: Any, figures: Sequence[Figure], names: Sequence[str]) -> None:
    ladder = list(dict.fromkeys(one.name.split(", ", 2)[1] for one in figures))
    bound = 100.0 * WITHIN
    axes.axvspan(-bound, bound, color=FAINT)
    told: set[str] = set()
    for one in figures:
        _, scale, name = one.name.split(", ", 2)
        place = ladder.index(scale)
        row, colour = names.index(name) + 0.22 * (place - (len(ladder) - 1) / 2), COLOURS[place + 1]
        axes.plot([one.low, one.high], [row, row], color=colour, linewidth=1.0)
        axes.plot(one.value, row, MARKERS[place], color=colour, markersize=3.5, label=None if scale in told else scale)
        told.add(scale)
    axes.set_xscale("symlog", linthresh=bound)
    axes.set_xlabel(f"{figures[0].unit}, 95 % interval")


def draw_fewer(figures: Sequence[Figure], path: Path) -> None:
    """Ratios of members needed with their intervals, by target."""
    with house_style():
        figure = new_figure(8.0)
        axes = figure.subplots()
        names = list(dict.fromkeys(one.name.partition(": ")[2] for one in figures))
        kinds = list(dict.fromkeys(one.name.partition(": ")[0].removeprefix("members needed, ") for one in figures))
        for one in figures:
            kind, _, name = one.name.removeprefix("members needed, ").partition(": ")
            place = kinds.index(kind)
            row, label = names.index(name) + 0.18 * (place - 1.5), kind if name == names[0] else None
            axes.plot([one.low, one.high], [row, row], color=COLOURS[place + 1])
            axes.plot(one.value, row, MARKERS[place], color=COLOURS[place + 1], markersize=4, label=label)
        axes.axvline(1.0, color=MUTED, linewidth=0.6)
        axes.axvline(figures[1].goal or 1.0, color=RED, linewidth=0.8)
        axes.set_xscale("log")
        axes.set_yticks(range(len(names)), [_short(name) for name in names])
        axes.invert_yaxis()
        axes.set_xlabel("times as many members needed, 95 % interval (red: goal for the difference with both)")
        figure.legend(loc="outside lower center", ncols=2)
        figure.savefig(path)


def _short(name: str) -> str:
    """Id of an indicator, of its name with the id in brackets at the end."""
    return name.rpartition("(")[2].removesuffix(")")
