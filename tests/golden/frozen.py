"""The small world whose numbers are frozen: how it is run, kept on disk and compared."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import llvmlite.binding as llvm
import numpy as np

from calibration.members import MemberSource
from model.indicators import all_indicators
from model.policy import period_name
from model.results import RunResult
from model.simulate import simulate
from scenarios.scenario import load

FILE = Path(__file__).with_name("small_world.json")
SCALE, SEED, QUARTERS, MEMBERS = 1000, 2020, 8, 2
SCENARIOS = ("baseline", "strong")
HEADLINE = ("rd_intensity", "hightech_share", "talent_total")

Numbers = Mapping[str, Mapping[str, float]]
"""Unit, then name, to value."""

SLACK: dict[str, tuple[float, float]] = {
    "percent": (2e-3, 0.0),
    "persons": (2e-3, 2.0 * SCALE),
    "firms": (0.0, 2.0),
    "yuan": (2e-2, 0.0),
}
"""Unit to relative and absolute slack on other platforms: a last bit may flip the choice of an agent or two there."""


@dataclass(frozen=True)
class Frozen:
    """Numbers, and the machine and versions on which they hold to the last bit."""

    made_on: dict[str, str]
    numbers: Numbers

    @property
    def mark(self) -> str:
        """Short name of the numbers, to be cited in the changelog."""
        return "golden " + hashlib.sha256(json.dumps(self.numbers, sort_keys=True).encode()).hexdigest()[:10]


def here() -> dict[str, str]:
    """What last bits depend on: system, processor and the libraries that compute."""
    libraries = {name: metadata.version(name) for name in ("llvmlite", "mesa", "numba", "numpy", "scipy")}
    machine = {"system": platform.system(), "processor": f"{platform.machine()} {llvm.get_host_cpu_name()}"}
    return {**machine, "python": platform.python_version(), **libraries}


def small_world() -> Frozen:
    """Run the small world now."""
    numbers: dict[str, dict[str, float]] = {unit: {} for unit in SLACK}
    source = MemberSource(scale=SCALE, seed=SEED, n_quarters=QUARTERS)
    for index in range(MEMBERS):
        member = source(index)
        for path in load(SCENARIOS, QUARTERS):
            result = simulate(member, path, QUARTERS)
            for unit, name, value in [*_indicators(result), *_flows(result), *_costs(result)]:
                numbers[unit][f"{result.scenario_id} {index}: {name}"] = value
    return Frozen(here(), numbers)


def _indicators(result: RunResult) -> Iterator[tuple[str, str, float]]:
    """Headline indicators under every definition, at the ends of the years."""
    for at, info in enumerate(all_indicators()):
        if info.indicator in HEADLINE:
            for quarter in range(0, QUARTERS + 1, 4):
                name = f"{info.indicator}, {info.definition}, {period_name(quarter)}"
                yield info.unit, name, float(result.values[quarter, at])


def _flows(result: RunResult) -> Iterator[tuple[str, str, float]]:
    """Each flow, origin by destination, summed over the run; nothing where nothing moves."""
    for kind, unit in (("talents", "persons"), ("firms", "firms"), ("capital", "yuan")):
        total = result.flows[kind].sum(axis=0)
        for origin, destination in zip(*np.nonzero(total), strict=True):
            places = f"{result.places[origin]} to {result.places[destination]}"
            yield unit, f"{kind} {places}", float(total[origin, destination])


def _costs(result: RunResult) -> Iterator[tuple[str, str, float]]:
    """What each payer pays for all levers, summed over the run."""
    for payer, cost in zip(result.payers, result.costs.sum(axis=(0, 1)), strict=True):
        yield "yuan", f"levers, paid by {payer}", float(cost)


def differences(kept: Frozen, now: Frozen) -> list[str]:
    """Say which numbers differ.

    Parameters
    ----------
    kept : as the file has them.
    now : as the code gives them. Where it runs on what the file was made on, a last bit counts; elsewhere `SLACK`.

    Returns
    -------
    One line a number that moved, came or went.
    """
    exact = kept.made_on == now.made_on
    lines = []
    for unit, (relative, absolute) in SLACK.items():
        was, now_is = kept.numbers[unit], now.numbers[unit]
        for name in dict.fromkeys([*was, *now_is]):
            # On another platform a flow of one agent may come or go, so what is not there counts as nothing.
            missing = None if exact else 0.0
            old, new = was.get(name, missing), now_is.get(name, missing)
            slack = 0.0 if exact or old is None else max(relative * abs(old), absolute)
            if old is None or new is None or not abs(new - old) <= slack:
                lines.append(f"{name}: {new} {unit}, frozen as {old}")
    return lines


def read() -> Frozen:
    """Read the frozen numbers."""
    content = json.loads(FILE.read_text("utf-8"))
    return Frozen(content["made_on"], content["numbers"])


def write(frozen: Frozen) -> None:
    """Freeze numbers anew, one a line."""
    content = {"made_on": frozen.made_on, "numbers": frozen.numbers}
    FILE.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
