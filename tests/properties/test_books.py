"""People and money never appear or vanish."""

import gc
from collections.abc import Callable

import mesa
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.accounts import PATENT_ACCOUNTS, PATENT_SIGNS
from model.base import Member
from model.economy import Economy
from model.errors import AccountingError
from model.policy import PolicyPath
from model.quarter.accounts import _check_agents
from model.results import RunResult
from model.simulate import simulate
from model.table import Table

SLOW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(index=st.integers(0, 10_000), scenario=st.sampled_from(["baseline", "plan", "strong", "stalled", "downturn"]))
def test_every_identity_holds_in_every_quarter(
    index: int, scenario: str, draw: Callable[..., Member], path_of: Callable[[str], PolicyPath]
) -> None:
    """Talents, firms, capital, government and every agent's amounts close each quarter, whatever is drawn."""
    result = simulate(
        draw.__wrapped__(index) if hasattr(draw, "__wrapped__") else draw(index),
        path_of(scenario),
        8,
        check_agents=True,
    )
    assert np.isfinite(result.values).all()


def test_a_lost_person_stops_the_run(draw: Callable[..., Member], path_of: Callable[[str], PolicyPath]) -> None:
    """When an agent vanishes unposted, the run stops and names the identity and the quarter."""
    member = draw(0)
    economy = Economy(member.base, member.parameters, member.outside["known_2021"], path_of("plan"), member.seed)
    economy.step()
    economy.record.talent_stock[0, 2] += 1
    with pytest.raises(AccountingError, match="talents: stock = stock before") as caught:
        economy.step()
    assert caught.value.quarter == 2


@pytest.mark.parametrize("name", ["weight", "demand", "value_added", "cash", "debt", "patents"])
def test_what_a_closed_firm_still_holds_stops_the_run(
    name: str, draw: Callable[..., Member], path_of: Callable[[str], PolicyPath]
) -> None:
    """Sums pass over closed firms, so what is left with one would be lost unseen."""
    member = draw(0)
    world = member.base, member.parameters, member.outside["known_2021"], path_of("plan"), member.seed
    economy = Economy(*world, check_agents=True)
    economy.step()
    closed = np.flatnonzero(~economy.firms.alive)
    assert len(closed)
    getattr(economy.firms, name)[closed[0]] = 7
    with pytest.raises(AccountingError, match=f"closed ones hold no {name.replace('_', ' ')}"):
        _check_agents(economy)


def test_money_lent_but_not_owed_stops_the_run(
    draw: Callable[..., Member], path_of: Callable[[str], PolicyPath]
) -> None:
    """A loan in the bank's book that no firm owes is found."""
    member = draw(0)
    economy = Economy(member.base, member.parameters, member.outside["known_2021"], path_of("plan"), member.seed)
    economy.banks[0].loans += 1e6
    with pytest.raises(AccountingError, match="debt issued = loans held"):
        economy.step()


def test_a_lost_patent_stops_the_run(draw: Callable[..., Member], path_of: Callable[[str], PolicyPath]) -> None:
    """When a firm's patent, or one of a public body, vanishes unposted, the run stops and names the identity."""
    member = draw(0)
    for holder in ("firm", "public"):
        economy = Economy(member.base, member.parameters, member.outside["known_2021"], path_of("plan"), member.seed)
        economy.step()
        if holder == "firm":
            economy.firms.patents[int(np.argmax(economy.firms.patents))] -= 1.0
        else:
            economy.public_patents -= 1.0
        with pytest.raises(AccountingError, match="patents: stock = stock before") as caught:
            economy.step()
        assert caught.value.quarter == 2


def test_patents_move_only_by_their_five_accounts(
    draw: Callable[..., Member], path_of: Callable[[str], PolicyPath]
) -> None:
    """Grants less lapses, closures and net moves are the change of the stock over two years; each account is used."""
    member = draw(1)
    economy = Economy(member.base, member.parameters, member.outside["known_2021"], path_of("plan"), member.seed)
    opening, posted = economy.held()[2], np.zeros((len(PATENT_ACCOUNTS), member.base.n_cities))
    for _ in range(8):
        economy.step()
        posted += economy.books.patents
    np.testing.assert_allclose(economy.held()[2] - opening, PATENT_SIGNS @ posted, rtol=1e-9)
    moves = posted[[PATENT_ACCOUNTS.index("moves_in"), PATENT_ACCOUNTS.index("moves_out")]].sum(axis=1)
    assert moves[0] == pytest.approx(moves[1], rel=1e-12)
    assert (posted.sum(axis=1) > 0.0).all()


@pytest.mark.parametrize("scenario", ["baseline", "plan", "strong"])
def test_talent_parts_add_up_to_the_move(scenario: str, run: Callable[..., RunResult]) -> None:
    """Arrivals, graduates, qualified, moves and retirements add up to the change of the talent total, exactly."""
    result = run(1, scenario)
    total = result.values[:, result.columns.index(("talent_total", "residents"))]
    parts = sum(values for (indicator, _), values in result.decomposition.items() if indicator == "talent_total")
    np.testing.assert_array_equal(np.diff(total), np.asarray(parts)[1:])


@pytest.mark.parametrize(
    ("indicator", "definition"), [("rd_intensity", "first_published"), ("hightech_share", "own_level")]
)
def test_ratio_parts_add_up_to_the_move(indicator: str, definition: str, run: Callable[..., RunResult]) -> None:
    """The parts of R&D intensity and of the high-tech share add up to their move to 1e-9."""
    result = run(2, "strong")
    values = result.values[:, result.columns.index((indicator, definition))]
    parts = sum(values for (name, _), values in result.decomposition.items() if name == indicator)
    np.testing.assert_allclose(np.diff(values), np.asarray(parts)[1:], atol=1e-9)


def test_nothing_leaves_the_flow_matrix_unseen(run: Callable[..., RunResult]) -> None:
    """Talents posted into the focal district from other places equal its arrivals, graduates and moves in."""
    result = run(3, "plan")
    inflow = result.flows["talents"][:, :, 0].sum(axis=1)
    posted = sum(result.decomposition["talent_total", part] for part in ("arrivals", "graduates", "moves_in"))
    np.testing.assert_array_equal(inflow, posted)


def test_a_finished_run_leaves_nothing_to_the_collector(
    draw: Callable[..., Member], path_of: Callable[[str], PolicyPath]
) -> None:
    """With a run its economy is gone, though it and its agents point at each other and Mesa keeps count of them."""

    def left() -> int:
        # By `type`, not `isinstance`: that asks a weak proxy of another test for the class of what it stood for, and
        # raises when this is gone.
        return sum(issubclass(type(thing), (Economy, Table, mesa.Agent)) for thing in gc.get_objects())

    member, path = draw(0), path_of("baseline")
    simulate(member, path, 2)
    gc.collect()
    gc.disable()
    try:
        before = left()
        simulate(member, path, 2)
        assert left() == before
    finally:
        gc.enable()
