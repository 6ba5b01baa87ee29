"""Coalitions of levers: which are made, and what each sets."""

from __future__ import annotations

import numpy as np
import pytest

from model.errors import ScenarioError
from model.policy import FAMILIES
from scenarios.attributing import coalitions, grown_along, orders_of
from scenarios.levers import LEVERS
from scenarios.scenario import load

DRAW = (3, 2020)


def test_six_families_are_sixty_four_coalitions() -> None:
    """Nobody has the baseline's levers, everybody the plan's, and finance alone those of finance alone."""
    game = coalitions("plan", "baseline", "family", 20, DRAW)
    assert [player.player_id for player in game.players] == list(FAMILIES)
    assert game.masks == tuple(range(64))
    assert len({path.scenario_id for path in game.paths}) == 64
    plan, baseline = load(["plan", "baseline"], 20)
    by_id = {path.scenario_id: path.intensity for path in game.paths}
    assert np.array_equal(by_id["none"], baseline.intensity)
    assert np.array_equal(by_id["all"], plan.intensity)
    (finance,) = load(["finance"], 20)
    assert np.array_equal(by_id["finance"], finance.intensity)
    mixed = by_id["enclaves+finance"]
    for row, lever in enumerate(LEVERS):
        side = plan if lever.family in {"enclaves", "finance"} else baseline
        assert np.array_equal(mixed[row], side.intensity[row])
    assert game.exact
    assert game.other_world == ()


def test_who_sets_nothing_is_no_player() -> None:
    """A plan without enclaves has five families, and a transport schedule that both keep is no lever of it."""
    game = coalitions("no_enclaves", "baseline", "family", 20, DRAW)
    assert [player.player_id for player in game.players] == list(FAMILIES[1:])
    assert len(game.paths) == 32
    ids = {player.player_id for player in coalitions("plan", "baseline", "lever", 20, DRAW).players}
    assert ids == {lever.lever_id for lever in LEVERS} - {"transport_opening"}


def test_only_levers_move() -> None:
    """Every coalition of the downturn has its growth, the empty one too, and the reader is told."""
    game = coalitions("downturn", "baseline", "family", 20, DRAW)
    assert {path.growth_shift for path in game.paths} == {-2.0}
    assert game.other_world == ("growth_shift",)


def test_few_levers_are_all_combined() -> None:
    """Four levers of finance have sixteen coalitions, so no order is drawn; the strong ones stand in for the plan's."""
    game = coalitions("finance", "baseline", "lever", 20, DRAW)
    assert len(game.paths) == 16
    assert game.exact
    assert {player.family for player in game.players} == {"finance"}
    upwards = coalitions("strong", "plan", "lever", 20, DRAW)
    assert np.array_equal(upwards.paths[0].intensity, load(["plan"], 20)[0].intensity)


def test_many_levers_join_along_drawn_orders() -> None:
    """Each order is followed by its reverse; coalitions grow along them, and each lever is run alone and left out."""
    game = coalitions("plan", "baseline", "lever", 20, DRAW)
    n = len(game.players)
    assert not game.exact
    assert len(game.orders) == 6
    assert all(sorted(order) == list(range(n)) for order in game.orders)
    assert all(game.orders[k + 1] == game.orders[k][::-1] for k in (0, 2, 4))
    everybody = 2**n - 1
    assert game.masks[0] == 0
    assert game.masks[-1] == everybody
    assert {1 << k for k in range(n)} | {everybody ^ (1 << k) for k in range(n)} <= set(game.masks)
    assert {sum(1 << player for player in order[:k]) for order in game.orders for k in range(n)} <= set(game.masks)
    assert len(game.paths) == len(game.masks) == len({path.scenario_id for path in game.paths})
    row = {lever.lever_id: place for place, lever in enumerate(LEVERS)}[game.players[5].player_id]
    (alone,) = (path for path, mask in zip(game.paths, game.masks, strict=True) if mask == 1 << 5)
    moved = (alone.intensity != load(["baseline"], 20)[0].intensity).any(axis=1)
    assert list(np.flatnonzero(moved)) == [row]


def test_orders_are_keyed_by_the_seed() -> None:
    """The same seed draws the same orders, more pairs begin with them, another seed draws others."""
    assert orders_of(9, 2, seed=1) == orders_of(9, 5, seed=1)[:4]
    assert orders_of(9, 2, seed=1) != orders_of(9, 2, seed=2)


def test_coalitions_grow_along_an_order() -> None:
    """Of three players: nobody, 2, 2 and 0, everybody; with them each alone and each left out."""
    assert grown_along(3, [(2, 0, 1)]) == (0b000, 0b001, 0b010, 0b011, 0b100, 0b101, 0b110, 0b111)
    assert grown_along(4, [(2, 0, 1, 3)]) == tuple(
        sorted({0, 0b0100, 0b0101, 0b0111, 0b1111, 1, 2, 8, 0b1110, 0b1101, 0b1011})
    )


@pytest.mark.parametrize(
    ("scenario", "against", "n_quarters", "said"),
    [
        ("plan", "baseline", 4, "set every lever alike until the last quarter simulated"),
        ("downturn", "plan", 20, "set every lever alike"),
        ("each_lever", "baseline", 20, "'each_lever' stands for 29 scenarios; name one"),
        ("plam", "baseline", 20, "unknown scenario 'plam'; did you mean 'plan'"),
    ],
)
def test_what_cannot_be_shared_out_is_refused(scenario: str, against: str, n_quarters: int, said: str) -> None:
    """Levers that do not differ, several scenarios at once, an unknown name: each with what to do."""
    with pytest.raises(ScenarioError, match=said):
        coalitions(scenario, against, "family", n_quarters, DRAW)
