"""Piece: a world of a number of agents: seconds of its quarters, peak memory, and its floor; or of the plain reference.

``python -m tests.benchmarks.growth N [--reference]``, 0 for the three cities one to one.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time

from model import quarter as the_quarter
from model.economy import Economy
from model.ensemble import settle
from tests.benchmarks.calls import CALLS
from tests.benchmarks.floor import copy_bandwidth, touched
from tests.benchmarks.memory import forget_peak, held_mb, peak_mb
from tests.benchmarks.pieces import write
from tests.reference.bench import run_arrays, run_objects, world_of
from tests.reference.world import QUARTERS, World, member


def floor_of(world: World) -> dict[str, float]:
    """Bytes that the third quarter touches."""
    economy = Economy(world.base, world.parameters, world.outside, world.path, world.seed)
    economy.step()
    economy.step()
    calls = [(getattr(the_quarter, module), name) for module, name in CALLS]
    found = touched(economy, calls, economy.step)
    economy.close()
    return {"bytes_by_call": found.by_call, "bytes_once": found.once}


def arrays(n_agents: int | None, repeats: int) -> dict[str, object]:
    """Seconds and memory of the array model."""
    run_arrays(world_of(10_000), QUARTERS)  # the first call compiles
    member.cache_clear()
    settle("compiled")
    before, world = held_mb(), world_of(n_agents)
    member.cache_clear()
    base, clean = held_mb(), forget_peak()
    took = []
    for _ in range(repeats):
        gc.collect()
        took.append(run_arrays(world, QUARTERS))
    peak = peak_mb()
    return {
        "agents": took[0].agents,
        "opening": [one.opening for one in took],
        "quarters": [one.quarters for one in took],
        "empty_mb": before,
        "base_mb": base,
        "peak_mb": peak,
        "peak_is_clean": clean,
        "bandwidth": copy_bandwidth(),
        **floor_of(world),
    }


def main(words: list[str]) -> int:
    """Measure one size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("agents", type=int)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--reference", type=int, metavar="Q", help="so many quarters of the plain reference instead")
    args = parser.parse_args(words)
    if args.reference is None:
        write(arrays(args.agents or None, args.repeats))
        return 0
    world, start = world_of(args.agents), time.perf_counter()
    took = run_objects(world, args.reference)
    whole = time.perf_counter() - start
    write({"agents": took.agents, "opening": took.opening, "quarters": took.quarters, "seconds": whole})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
