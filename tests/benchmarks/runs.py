"""Piece: members of several seeds under the policy of 2020 and the plan: every indicator at the end of 2025.

``python -m tests.benchmarks.runs DRAWS SCALE --seeds FIRST END --members FIRST END``
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from itertools import product

from calibration.fitting.posterior import load_accepted
from calibration.members import MemberSource, data_hash
from model.base import Member
from model.commands import cores
from model.economy import Economy
from model.ensemble import settle
from model.points import Points
from model.policy import PolicyPath, quarter_of
from scenarios.scenario import load
from tests.benchmarks.origins import NAMES, origins
from tests.benchmarks.pieces import write

SCENARIOS = ("baseline", "plan")


@lru_cache
def posterior() -> Points | None:
    """The accepted posterior, as every verb draws from it; None where none was accepted.

    Raises
    ------
    CalibrationError : it was fitted to other tables than those of today.
    """
    accepted = load_accepted()
    if accepted:
        accepted.label_for(data_hash(), stale=False)
    return accepted.sample if accepted else None


def run(draws: str, scale: int, to_year: int, which: tuple[int, int]) -> list[list[float]]:
    """Both scenarios of one member, ``which`` its seed and number: (n_scenarios, n_columns) of the last quarter."""
    settle("compiled")
    gc.collect()
    (seed, member), n_quarters = which, quarter_of(to_year)
    source = MemberSource(scale=scale, seed=seed, n_quarters=n_quarters, posterior=posterior(), draws=draws)
    drawn = source(member)
    return [last_of(drawn, path, n_quarters) for path in load(list(SCENARIOS), n_quarters)]


def last_of(member: Member, path: PolicyPath, n_quarters: int) -> list[float]:
    """Run a member; every indicator of the last quarter, and where firms come from."""
    economy = Economy(member.base, member.parameters, member.outside[path.outside], path, member.seed)
    try:
        for _ in range(n_quarters):
            economy.step()
        return [*economy.record.values[-1], *origins(economy)]
    finally:
        economy.close()


def columns() -> list[list[str]]:
    """Indicator and definition of each column."""
    from model.indicators import all_indicators  # noqa: PLC0415 - workers do without

    return [*([info.indicator, info.definition] for info in all_indicators()), *([name, ""] for name in NAMES)]


def all_of(draws: str, scale: int, to_year: int, which: Iterable[tuple[int, int]]) -> list[list[list[float]]]:
    """Every member asked for, on all cores."""
    with ProcessPoolExecutor(cores(), mp_context=multiprocessing.get_context("spawn")) as pool:
        return list(pool.map(partial(run, draws, scale, to_year), which))


def main(words: list[str]) -> int:
    """Run them, in the order of seeds and members."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("draws")
    parser.add_argument("scale", type=int)
    parser.add_argument("--seeds", type=int, nargs=2, default=[2020, 2021])
    parser.add_argument("--members", type=int, nargs=2, required=True)
    parser.add_argument("--to", type=int, default=2025)
    args = parser.parse_args(words)
    which = product(range(*args.seeds), range(*args.members))
    write({"columns": columns(), "values": all_of(args.draws, args.scale, args.to, which)})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
