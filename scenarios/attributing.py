"""Coalitions of levers: the policy paths whose runs share a scenario's effect out among its levers or families."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from model.coalitions import By, Coalitions, Player
from model.errors import ScenarioError
from model.policy import FAMILIES, PolicyPath
from model.streams import key
from scenarios.scenario import load

ALL_UP_TO = 6
"""Players of whom all coalitions are run: no more than those of the six families."""
Order = tuple[int, ...]


def coalitions(scenario: str, against: str, by: By, n_quarters: int, draw: tuple[int, int]) -> Coalitions:
    """Make the coalitions of a scenario's levers.

    Parameters
    ----------
    scenario, against : id or file, as `load` takes them; the second gives the levers of those who are left out.
    by : whether families or single levers are the players.
    n_quarters : quarters after 2020 Q4.
    draw : pairs of orders to draw, 2 or more, and the seed to draw them from. Orders are drawn where single levers are
        so many that all their coalitions would be more than those of the orders; more pairs begin with the same ones.

    Returns
    -------
    Nobody, everybody, and either all coalitions, or those that grow along the orders and those of one alone and of all
    but one.

    Raises
    ------
    ScenarioError : a scenario is wrong, more than one is named, or the two set all levers alike.
    """
    whole, *others, reference = load([scenario, against], n_quarters)
    if others:
        raise ScenarioError(f"'{scenario}' stands for {len(others) + 1} scenarios; name one")
    players = _players(whole, reference, by)
    if not players:
        raise ScenarioError(
            f"{whole.scenario_id} and {reference.scenario_id} set every lever alike until the last quarter simulated, "
            "so there is no effect to share out; name another --against, or a later --to"
        )
    n = len(players)
    masks: Iterable[int] = range(2**n)
    orders: tuple[Order, ...] = ()
    if by == "lever":
        drawn = orders_of(n, *draw)
        grown = grown_along(n, drawn)
        masks, orders = (masks, ()) if n <= ALL_UP_TO or len(grown) >= 2**n else (grown, drawn)
    world = reference.beside_levers
    differs = tuple(name for name, value in whole.beside_levers.items() if value != world[name])
    found = Coalitions(whole, reference, by, players, tuple(masks), (), orders, differs)
    return replace(found, paths=tuple(_path(found, mask) for mask in found.masks))


def orders_of(n: int, pairs: int, seed: int) -> tuple[Order, ...]:
    """Draw orders of ``n`` players: ``pairs`` of them, each followed by its reverse.

    Notes
    -----
    An order and its reverse together give every player the exact share of a game of pairs, because one who comes after
    another in the first comes before it in the second. Lomeli, Rowland, Gretton and Ghahramani (2019), ICML;
    Mitchell, Cooper, Frank and Holmes (2022), J. Mach. Learn. Res. 23.
    """
    generator = np.random.default_rng(int(key(seed, "attribute:orders")))
    drawn = [tuple(int(player) for player in generator.permutation(n)) for _ in range(pairs)]
    return tuple(order for one in drawn for order in (one, one[::-1]))


def grown_along(n: int, orders: Sequence[Order]) -> tuple[int, ...]:
    """Coalitions that grow along orders, from nobody to everybody, with those of one alone and of all but one."""
    everybody = 2**n - 1
    masks = {0, everybody, *(1 << k for k in range(n)), *(everybody ^ (1 << k) for k in range(n))}
    for order in orders:
        grown = 0
        for player in order:
            grown |= 1 << player
            masks.add(grown)
    return tuple(sorted(masks))


def _players(whole: PolicyPath, reference: PolicyPath, by: By) -> tuple[Player, ...]:
    """Levers that the two scenarios set differently in some quarter, one by one or by family."""
    moved = (whole.intensity != reference.intensity).any(axis=1)
    levers = [lever for lever, moves in zip(whole.levers, moved, strict=True) if moves]
    if by == "lever":
        return tuple(Player(lever.lever_id, lever.family, (lever.lever_id,)) for lever in levers)
    members = {family: tuple(lever.lever_id for lever in levers if lever.family == family) for family in FAMILIES}
    return tuple(Player(family, family, ids) for family, ids in members.items() if ids)


def _path(game: Coalitions, mask: int) -> PolicyPath:
    """The scenario with the levers of a coalition alone."""
    joined = [player for k, player in enumerate(game.players) if mask >> k & 1]
    inside = {lever for player in joined for lever in player.levers}
    taken = np.array([lever.lever_id in inside for lever in game.whole.levers], bool)
    intensity = np.where(taken[:, None], game.whole.intensity, game.reference.intensity)
    intensity.setflags(write=False)
    name = _name(game, mask, joined)
    return replace(
        game.whole,
        scenario_id=name,
        label_zh=f"{game.whole.label_zh}（{name}）",
        label_en=f"{game.whole.label_en} ({name})",
        intensity=intensity,
    )


def _name(game: Coalitions, mask: int, joined: Sequence[Player]) -> str:
    """Id of a coalition: its players where they can be told in a line, else their bits."""
    if not joined or len(joined) == len(game.players):
        return "all" if joined else "none"
    return f"levers-{mask:08x}" if game.orders else "+".join(player.player_id for player in joined)
