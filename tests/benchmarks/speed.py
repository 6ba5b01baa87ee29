"""`benchmark --speed`: every figure of speed and memory, each measured in a process of its own, as ratios where it can.

Against plain Mesa on the same world, against the floor that the memory of this machine sets, as agents grow, from start
to first answer, and by call. Limits and goals are those that the project set itself.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.benchmarks.figures import Figure, exponent, measured
from tests.benchmarks.pieces import Pieces

ALL = 0
"""Agents: the three cities one to one, about nine million."""
MEMORY_IN_RUN = "peak memory above an empty process"


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    agents: tuple[int, ...]
    reference: tuple[tuple[int, int], ...]
    """Agents and quarters of the plain reference, which is slow: fewer quarters where it is large."""
    members: tuple[tuple[int, int, int], ...]
    """Scale, last year and repeats."""
    throughput: tuple[int, int]
    repeats: int


WHOLE = Sizes(
    agents=(10_000, 30_000, 100_000, 448_000, 1_000_000, 3_000_000, ALL),
    reference=((10_000, 8), (100_000, 4), (448_000, 2)),
    members=((100, 2025, 15), (1, 2025, 3), (1, 2035, 3)),
    throughput=(100, 400),
    repeats=5,
)
SMOKE = Sizes((10_000, 20_000, 40_000), ((10_000, 2),), ((1000, 2021, 3),), (4, 12), 2)
FASTER = {100_000: 200.0, 448_000: 250.0}
"""Goal of the ratio to plain Mesa, by agents."""
LIMITS = {(100, 2025): (0.100, 0.050), (1, 2025): (5.0, None), (1, 2035): (15.0, None)}
"""Seconds of a member by scale and last year: limit and goal."""
FLOOR_GOAL = 3.0
LINEAR = 1.05
"""Exponent in the number of agents that counts as linear: 1 within 5 %."""
MEGABYTES = 3000.0


def agents_of(n: int) -> str:
    """Number of agents as it stands in a table."""
    return "all agents, one to one" if n == ALL else f"{n:,} agents".replace(",", " ")


def speed(pieces: Pieces, sizes: Sizes) -> list[Figure]:
    """Measure everything, pieces that are there already aside."""
    repeats = str(sizes.repeats)
    grown = {n: pieces.get(["growth", str(n), "--repeats", repeats]) for n in sizes.agents}
    figures = []
    for n, quarters in sizes.reference:
        plain = pieces.get(["growth", str(n), "--reference", str(quarters)])
        figures += against_plain(n, plain, grown[n])
    figures += [figure for n in sizes.agents for figure in of_size(n, grown[n])]
    figures += growth(grown)
    for scale, year, times in sizes.members:
        found = pieces.get(["member", str(scale), str(year), "--repeats", str(times)])
        figures += of_member(scale, year, found)
    few, many = map(str, sizes.throughput)
    figures.append(throughput(pieces.get(["throughput", few, many, "--repeats", str(min(sizes.repeats, 3))])))
    return figures + starts(pieces, repeats)


def against_plain(n: int, plain: dict[str, Any], arrays: dict[str, Any]) -> list[Figure]:
    """Times that the arrays are faster than plain Mesa, quarter by quarter of the same world."""
    quarters = len(plain["quarters"])
    ours = np.median(np.array(arrays["quarters"]), axis=0)[:quarters]
    ratios = (np.array(plain["quarters"]) / ours).tolist()
    note = (
        f"{quarters} quarters; plain {statistics.median(plain['quarters']):.3g} s, arrays {np.median(ours):.3g} s each"
    )
    opening = plain["opening"] / statistics.median(arrays["opening"])
    return [
        measured(
            f"times faster than plain Mesa, {agents_of(n)}", ratios, "x", goal=FASTER.get(n), more=True, note=note
        ),
        measured(f"times faster to open, {agents_of(n)}", [opening], "x", more=True),
    ]


def of_size(n: int, found: dict[str, Any]) -> list[Figure]:
    """Seconds of a quarter, per agent, over the floor, and memory, of one size."""
    who, runs = agents_of(n), [statistics.median(run) for run in found["quarters"]]
    bandwidth = statistics.median(found["bandwidth"])
    floors = {kind: found[f"bytes_{kind}"] / bandwidth for kind in ("by_call", "once")}
    copied = f"{found['bytes_by_call'] / 1e6:.3g} MB at {bandwidth / 1e9:.3g} GB/s"
    return [
        measured(f"quarter, {who}", runs, "s", note=f"{found['agents']} at the end"),
        measured(f"quarter per agent, {who}", [1e9 * run / found["agents"] for run in runs], "ns"),
        measured(
            f"quarter over floor by call, {who}",
            [run / floors["by_call"] for run in runs],
            "x",
            goal=FLOOR_GOAL if n in {ALL, 448_000} else None,
            note=copied,
        ),
        measured(f"quarter over floor of state once, {who}", [run / floors["once"] for run in runs], "x"),
        measured(f"{MEMORY_IN_RUN}, {who}", [found["peak_mb"] - found["empty_mb"]], "MB"),
        measured(f"peak memory, {who}", [found["peak_mb"]], "MB"),
    ]


def growth(grown: dict[int, dict[str, Any]]) -> list[Figure]:
    """Exponents of time and memory in the number of agents, with 1.96 standard errors as low and high."""
    sizes = [found["agents"] for found in grown.values()]
    values = {
        "time of a quarter": [statistics.median(map(statistics.median, found["quarters"])) for found in grown.values()],
        MEMORY_IN_RUN: [found["peak_mb"] - found["empty_mb"] for found in grown.values()],
    }
    figures = []
    for what, column in values.items():
        slope, error = exponent(sizes, column)
        low, high = slope - 1.96 * error, slope + 1.96 * error
        note = f"{sizes[0]} to {sizes[-1]} agents; 95 % interval in place of quartiles"
        figures.append(
            Figure(f"exponent of {what} in agents", slope, low, high, len(sizes), "", goal=LINEAR, note=note)
        )
    return figures


def of_member(scale: int, year: int, found: dict[str, Any]) -> list[Figure]:
    """Seconds of a member and of its base, memory, and the share of each call."""
    what = f"1:{scale} to {year}"
    limit, goal = LIMITS.get((scale, year), (None, None))
    note = (
        f"{found['agent_quarters'] / statistics.median(found['member']) / 1e6:.3g} million agents and quarters a second"
    )
    figures = [
        measured(f"member, {what}", found["member"], "s", limit=limit, goal=goal, note=note),
        measured(f"member in processor time, {what}", found["processor"], "s"),
        measured(f"base of a member, {what}", found["base"], "s"),
        measured(f"peak memory of the process, {what}", [found["peak_mb"]], "MB", limit=MEGABYTES),
    ]
    shares = found["shares"]
    figures += [measured(f"share of {name}, {what}", [100.0 * s for s in shares[name]], "%") for name in shares]
    return figures


def throughput(found: dict[str, Any]) -> Figure:
    """Members a minute on two workers, storage included."""
    note = "studies of the plan at 1:100 to 2025, gathered; what starting takes drops out"
    return measured("members a minute, two workers", found["a_minute"], "", limit=1000.0, more=True, note=note)


def starts(pieces: Pieces, repeats: str) -> list[Figure]:
    """Seconds from the command to what it shows, with and without compiled code, and two starts at once."""
    found = [
        measured(
            f"`{' '.join(words)}`",
            pieces.get(["starts", kind, "--repeats", repeats])["seconds"],
            "s",
            limit=limit,
        )
        for kind, words, limit in (("help", ["run.py", "--help"], 0.3), ("list", ["run.py", "list"], 1.0))
    ]
    first, two = pieces.get(["starts", "first", "--repeats", repeats]), pieces.get(["starts", "two"])
    warm, cold = [one["seconds"] for one in first["warm"]], first["cold"]["seconds"]
    for name in ("import", "base", "first", "second"):
        label = {"import": "import", "base": "base", "first": "first run", "second": "second run"}[name]
        found.append(measured(f"warm start: {label}", [one[name] for one in warm], "s"))
        found.append(measured(f"cold start, nothing compiled: {label}", [cold[name]], "s"))
    found.append(measured("warm start: process", [one["process"] for one in first["warm"]], "s"))
    found.append(measured("cold start, nothing compiled: process", [first["cold"]["process"]], "s"))
    safe = two["exit_codes"] == [0, 0] and two["same_values"]
    note = f"exit codes {two['exit_codes']}, same values: {two['same_values']}"
    found.append(
        measured("two starts at once on an empty cache: both right", [float(safe)], "", more=True, limit=1.0, note=note)
    )
    found.append(measured("two starts at once on an empty cache", [two["seconds"]], "s"))
    return found


def shares_of(figures: Sequence[Figure]) -> dict[str, dict[str, float]]:
    """Share of each call, percent, by what was run."""
    found: dict[str, dict[str, float]] = {}
    for figure in figures:
        if figure.name.startswith("share of "):
            call, _, what = figure.name.removeprefix("share of ").partition(", ")
            found.setdefault(what, {})[call] = figure.value
    return found
