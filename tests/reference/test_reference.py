"""The array model and the same quarter in plain Mesa, one object a talent and firm, are one model."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from model import quarter as the_quarter
from model.economy import Economy
from scenarios.scenario import load
from tests.reference import (
    accounts,
    arrivals,
    capital,
    demography,
    indicators,
    labour,
    ladder,
    outside,
    plans,
    policy,
    production,
    worlds,
)
from tests.reference.books import Books
from tests.reference.compare import differences
from tests.reference.region import Region
from tests.reference.taken import NOT_RULES
from tests.reference.world import QUARTERS, World, member

ROOT = Path(__file__).resolve().parents[2]
CALLS: tuple[tuple[Callable[[Economy], None], Callable[[Region], None]], ...] = (
    (the_quarter.policy.levers_become_handles, policy.levers_become_handles),
    (the_quarter.outside.outside_world_moves, outside.outside_world_moves),
    (the_quarter.arrivals.talents_arrive_and_retire, arrivals.talents_arrive_and_retire),
    (the_quarter.plans.firms_plan, plans.firms_plan),
    (the_quarter.capital.funds_invest_and_banks_lend, capital.funds_invest_and_banks_lend),
    (the_quarter.labour.talents_search_and_are_hired, labour.talents_search_and_are_hired),
    (the_quarter.production.knowledge_becomes_value_added, production.knowledge_becomes_value_added),
    (the_quarter.ladder.firms_climb_and_fall, ladder.firms_climb_and_fall),
    (the_quarter.demography.firms_are_born_land_move_and_close, demography.firms_are_born_land_move_and_close),
    (the_quarter.accounts.accounts_close, accounts.accounts_close),
    (the_quarter.indicators.indicators_are_read, indicators.indicators_are_read),
)


@contextmanager
def both(world: World) -> Iterator[tuple[Economy, Region]]:
    """Open the two on the same world."""
    economy = Economy(world.base, world.parameters, world.outside, world.path, world.seed, check_agents=True)
    region = Region(world.base, world.parameters, world.outside, world.path, world.seed)
    try:
        yield economy, region
    finally:
        economy.close()
        region.close()


@pytest.mark.parametrize(
    "build",
    [
        worlds.strong,
        worlds.withdrawn,
        worlds.held,
        worlds.library,
        worlds.sparse,
        worlds.bare,
        worlds.excessive,
    ],
)
def test_arrays_and_objects_agree_to_the_last_agent(build: Callable[[], World]) -> None:
    """From 2020 on the two run freely, and after every quarter nobody and no yuan differs."""
    world = build()
    with both(world) as (economy, region):
        assert region.n_cities == 3
        assert len(region.talents) >= 2000
        assert len(region.firms) >= 200
        assert differences(economy, region) == []
        for _ in range(worlds.quarters_of(world)):
            economy.step()
            region.step()
            assert differences(economy, region) == []


def test_arrays_and_objects_agree_after_every_call() -> None:
    """Not only at the end of a quarter: each of the eleven calls leaves both in the same state."""
    with both(worlds.strong()) as (economy, region):
        for quarter in (1, 2, 3):
            economy.quarter = region.quarter = quarter
            economy.books.open_quarter()
            region.books = Books()
            for of_arrays, of_objects in CALLS:
                of_arrays(economy)
                of_objects(region)
                assert differences(economy, region) == []


def test_another_number_in_one_rule_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A market memory that is a little longer in the objects alone shows within a quarter."""
    monkeypatch.setattr(labour, "MARKET_MEMORY", labour.MARKET_MEMORY * (1.0 + 1e-6))
    with both(worlds.strong()) as (economy, region):
        economy.step()
        region.step()
        assert any(place.startswith("seekers") for place in differences(economy, region))


def test_another_seed_moves_other_agents() -> None:
    """The comparison is of agents, not of totals: with other luck talents and firms differ by name."""
    world = worlds.strong()
    with both(world) as (economy, _), both(replace(world, seed=world.seed + 1)) as (_, region):
        economy.step()
        region.step()
        found = differences(economy, region)
        assert any(place.startswith("talent ") for place in found)
        assert any(place.startswith("firm ") for place in found)


@pytest.mark.slow
def test_the_worlds_take_every_branch_of_every_rule() -> None:
    """No statement, branch or side of a limit of the reference is left that no world takes."""
    command = [sys.executable, "-m", "tests.reference.taken"]
    found = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    assert found["missed"] == []
    assert found["limits_on_one_side"] == []
    assert found["branches"] > 700
    assert found["limits"] > 40


@pytest.mark.slow
def test_a_whole_member_agrees() -> None:
    """One member at 1:1000, nothing thinned and nothing set by hand, is the same in both after eight quarters."""
    drawn, path = member(3, scale=1000), load(["rivals_respond"], QUARTERS)[0]
    world = World("whole", drawn.base, drawn.parameters, drawn.outside[path.outside], path, drawn.seed)
    with both(world) as (economy, region):
        for _ in range(QUARTERS):
            economy.step()
            region.step()
        assert differences(economy, region) == []


def test_the_reference_shares_no_rule_with_the_model() -> None:
    """Rules import of the model only what is declared or drawn, and compute with no arrays."""
    declared = {"base", "parameters", "policy", "priors", "streams"}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.name not in NOT_RULES:
            names = set(
                re.findall(r"^ *(?:from|import) ([\w.]+)(?: import (\w+))?", path.read_text("utf-8"), re.MULTILINE)
            )
            for module, name in names:
                assert module.split(".")[0] != "numpy", path.name
                if module.split(".")[0] == "model":
                    part = name if module == "model" else module.split(".")[1]
                    assert part in declared, f"{path.name} imports {module}"
