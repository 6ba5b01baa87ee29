"""Seconds of the array model and of the reference on the same world: `python -m tests.reference.bench 10000 100000`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from model.economy import Economy
from model.talent.labour import open_labour
from tests.reference.region import Region
from tests.reference.world import QUARTERS, World, levers_at, member, sized


@dataclass(frozen=True)
class Timing:
    """Seconds of opening and of the quarters, and talents and firms at the end."""

    opening: float
    quarters: tuple[float, ...]
    """Of each quarter."""
    agents: int


def world_of(n_agents: int | None) -> World:
    """About so many talents and firms, all levers at work; None: all of the three cities, one to one."""
    drawn = member()
    path = levers_at("strong")
    base = member(scale=1).base if n_agents is None else sized(n_agents)
    return World(f"{n_agents} agents", base, drawn.parameters, drawn.outside[path.outside], path, drawn.seed)


def run_objects(world: World, quarters: int = QUARTERS) -> Timing:
    """Build and run the reference."""
    start = time.perf_counter()
    region = Region(world.base, world.parameters, world.outside, world.path, world.seed)
    opened = time.perf_counter()
    took = _each(region.step, quarters)
    agents = len(region.talents) + len(region.firms)
    region.close()
    return Timing(opened - start, took, agents)


def run_arrays(world: World, quarters: int = QUARTERS) -> Timing:
    """Build and run the array model; who wants its rules compiled runs it once before."""
    open_labour.cache_clear()
    start = time.perf_counter()
    economy = Economy(world.base, world.parameters, world.outside, world.path, world.seed)
    opened = time.perf_counter()
    took = _each(economy.step, quarters)
    agents = int((economy.talents.city >= 0).sum() + economy.firms.alive.sum())
    economy.close()
    return Timing(opened - start, took, agents)


def _each(step: Callable[[], None], quarters: int) -> tuple[float, ...]:
    """Seconds of each quarter."""
    found = []
    for _ in range(quarters):
        start = time.perf_counter()
        step()
        found.append(time.perf_counter() - start)
    return tuple(found)


def main(words: list[str]) -> int:
    """Print a line a size and implementation."""
    parser = argparse.ArgumentParser(prog="tests.reference.bench", description=__doc__)
    parser.add_argument("agents", type=int, nargs="+")
    parser.add_argument("--quarters", type=int, default=QUARTERS)
    args = parser.parse_args(words)
    for n_agents in args.agents:
        world = world_of(n_agents)
        run_arrays(world, 1)
        for name, run in (("arrays", run_arrays), ("objects", run_objects)):
            took = run(world, args.quarters)
            quarter = sum(took.quarters) / args.quarters
            print(f"{name:8} {took.agents:8} agents {took.opening:8.3f} s opening {quarter:8.4f} s a quarter")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
