"""Piece: one member after another: seconds of its base and its run, share of each call, peak memory of the process."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from calibration.members import MemberSource
from model import quarter as the_quarter
from model.base import Member
from model.ensemble import settle
from model.policy import PolicyPath, quarter_of
from model.simulate import simulate
from scenarios.scenario import load
from tests.benchmarks.calls import CALLS
from tests.benchmarks.memory import peak_mb
from tests.benchmarks.pieces import write


def seconds(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def members(scale: int, to_year: int, repeats: int) -> dict[str, Any]:
    """Seconds of members under the plan and the policy of 2020 in turn, after warm-up; base drawn apart."""
    n_quarters = quarter_of(to_year)
    paths = load(["plan", "baseline"], n_quarters)
    simulate(MemberSource(scale=1000, seed=2020, n_quarters=4)(0), load(["plan"], 4)[0], 4)
    settle("compiled")
    source = MemberSource(scale=scale, seed=2020, n_quarters=n_quarters)
    base, runs, processor = [], [], []
    for index in range(repeats):
        gc.collect()
        base.append(seconds(partial(source, index)))
        drawn, before = source(index), time.process_time()
        runs.append(seconds(partial(simulate, drawn, paths[index % 2], n_quarters)))
        processor.append(time.process_time() - before)
    peak = peak_mb()
    events = simulate(drawn, paths[0], n_quarters).events
    parts = [shares(drawn, paths[0], n_quarters) for _ in range(min(repeats, 3))]
    return {
        "base": base,
        "member": runs,
        "processor": processor,
        "peak_mb": peak,
        "agent_quarters": events,
        "shares": {name: [part[name] for part in parts] for name in parts[0]},
    }


def shares(drawn: Member, path: PolicyPath, n_quarters: int) -> dict[str, float]:
    """Share of each of the eleven calls, and of the opening, in the time of a member."""
    spent = dict.fromkeys((module for module, _ in CALLS), 0.0)
    originals = [getattr(getattr(the_quarter, module), name) for module, name in CALLS]
    for (module, name), original in zip(CALLS, originals, strict=True):

        def timed(economy: object, call: Callable[..., None] = original, key: str = module) -> None:
            start = time.perf_counter()
            call(economy)
            spent[key] += time.perf_counter() - start

        setattr(getattr(the_quarter, module), name, timed)
    try:
        whole = seconds(lambda: simulate(drawn, path, n_quarters))
    finally:
        for (module, name), original in zip(CALLS, originals, strict=True):
            setattr(getattr(the_quarter, module), name, original)
    return {name: value / whole for name, value in spent.items()} | {"opening": 1.0 - sum(spent.values()) / whole}


def main(words: list[str]) -> int:
    """Measure one scale and horizon."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scale", type=int)
    parser.add_argument("to_year", type=int)
    parser.add_argument("--repeats", type=int, default=9)
    args = parser.parse_args(words)
    write(members(args.scale, args.to_year, args.repeats))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
