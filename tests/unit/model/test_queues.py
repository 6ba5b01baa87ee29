"""Queues: who is served, in which order, and that more room serves the same and more."""

import numpy as np
import pytest

from model.queues import served, served_in


def test_places_go_in_order_of_luck() -> None:
    """Room for 7 serves the luckiest with 4 and the next with 3, and nobody else."""
    size, luck = np.array([3.0, 2.0, 4.0]), np.array([0.3, 0.4, 0.2])
    assert served(luck, size, 7.0).tolist() == [2, 0]


def test_more_room_serves_the_same_firms_and_more() -> None:
    """Whoever is served stays served as room grows, in order of luck, as many as their sizes leave room for."""
    draws = np.random.default_rng(8)
    size, luck = draws.lognormal(0.0, 1.0, 2000), draws.random(2000)
    everybody = np.argsort(luck)
    lent = np.cumsum(size[everybody])
    for room in [0.0, 0.5, 40.0, 300.0, float(lent[-1]), 1e6]:
        n = int((lent <= room).sum())
        assert served(luck, size, room).tolist() == everybody[:n].tolist()
    assert n == 2000


@pytest.mark.parametrize("digits", [0, 1, 4])
def test_of_equal_luck_the_first_is_served_first(digits: int) -> None:
    """Luck rounded to a few values leaves the order within each as it was, also where most have the same."""
    draws = np.random.default_rng(digits)
    luck = np.minimum(np.round(draws.random(500), digits), 1.0 - 1e-9)
    assert served(luck, np.ones(500), 123.0).tolist() == np.argsort(luck, kind="stable")[:123].tolist()


def test_without_room_or_wishes_nobody_is_served() -> None:
    """Without room, or with nobody who waits, the queue is empty."""
    assert served(np.array([0.1, 0.2, 0.3]), np.ones(3), 0.0).size == 0
    assert served(np.empty(0), np.empty(0), 9.0).size == 0


def test_a_city_serves_its_own() -> None:
    """Of four who wait two are of city 1: with room for one the luckier of them is served, by its place among all."""
    city, luck = np.array([1, 0, 1, 2], np.int8), np.array([0.7, 0.1, 0.2, 0.3])
    assert served_in(city, 1, luck, np.ones(4), 1.0).tolist() == [2]
    assert served_in(city, 1, luck, np.ones(4), 9.0).tolist() == [2, 0]
