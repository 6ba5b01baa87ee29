"""Lever paths to choose from, the search for the frontier on a known function, and the path as a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from model.lever_features import chosen_rows
from scenarios.frontier import Effort, FloatArray, Space, seek_best, seek_frontier, spread
from scenarios.lever_space import (
    CHOSEN,
    N_INPUTS,
    N_PARTS,
    Named,
    all_at,
    corner_paths,
    intensities,
    is_levers_alone,
    levels,
    library_paths,
    path_of,
    ramp,
    training_paths,
    training_settings,
)
from scenarios.levers import BY_ID, LEVERS
from scenarios.scenario import load
from scenarios.sought import scenario_text

NAMED = Named("x", "路径", "Path")
PRICES, GAINS = np.array([1.0, 2.0, 1.0, 4.0, 3.0]), np.array([1.0, 1.0, 0.0, 3.0, 0.6])


def knapsack(settings: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Cost and chances of five levers whose gains add up; timing does not matter, and the first target is easier."""
    strength = settings[:, :5]
    gain = np.maximum(strength @ GAINS, 0.0)
    chance = 1.0 - np.exp(-0.5 * gain)
    return strength @ PRICES, np.stack([np.sqrt(chance), chance])


def best_chance(cost: float) -> float:
    """The greatest chance for a cost: the cheapest gain first."""
    gain = 0.0
    for lever in np.argsort(PRICES / np.maximum(GAINS, 1e-9)):
        share = min(1.0, cost / PRICES[lever])
        gain, cost = gain + share * GAINS[lever], cost - share * PRICES[lever]
    return float(1.0 - np.exp(-0.5 * gain))


def test_ramps_end_early_are_straight_or_begin_late() -> None:
    """Timing 0 is all in 2022, one half a straight line over four years, 1 all in 2025; no ramp falls."""
    assert ramp(np.array([0.0, 0.5, 1.0])) == pytest.approx(
        np.array([[1, 1, 1, 1], [0.25, 0.5, 0.75, 1], [0, 0, 0, 1]], float)
    )
    many = ramp(np.linspace(0.0, 1.0, 50))
    assert (np.diff(many, axis=1) >= 0.0).all()
    assert (many[:, -1] == 1.0).all()
    assert (np.diff(many, axis=0) <= 1e-12).all()


def test_a_setting_stays_within_bounds_and_many_at_once_agree_with_one() -> None:
    """Levels lie between the bounds, some below 2020; the fast way gives the path of the file but for rounding."""
    settings = training_settings(16, seed=5)
    assert settings.shape == (16, N_INPUTS)
    assert (np.abs(settings) <= 1.0).all()
    below = 0
    fast = intensities(settings, 20)
    for setting, rows in zip(settings, fast, strict=True):
        by_lever = levels(setting)
        for lever_id, by_year in by_lever.items():
            lever = BY_ID[lever_id]
            assert all(lever.bounds[0] <= level <= lever.bounds[1] for level in by_year.values())
            below += min(by_year.values()) < lever.baseline
        slow = path_of(by_lever, NAMED, 20).intensity
        spans = np.array([lever.bounds[1] for lever in LEVERS])[:, None]
        assert (np.abs(slow - rows) <= 5e-4 * spans).all()
    assert below > 16
    assert levels(np.zeros(N_INPUTS)) == {}
    for side, strength in ((0, -1.0), (1, 1.0)):
        ends = path_of(levels(all_at(strength)), NAMED, 20).intensity
        assert (ends[chosen_rows(LEVERS), 8] == [lever.bounds[side] for lever in CHOSEN]).all()


def test_a_lever_takes_its_first_step_at_once_and_goes_to_the_second_by_its_timing() -> None:
    """Institutes, 3 in 2020 of 0 to 18: half the way up at once, then to none, late or in a line."""
    setting, row = np.zeros(N_INPUTS), [lever.lever_id for lever in CHOSEN].index("univ_institutes")
    for timing, by_year in ((1.0, [10.5, 10.5, 10.5, 0.0]), (0.5, [4.875, 2.25, 1.125, 0.0]), (0.0, [0.0] * 4)):
        setting[row :: len(CHOSEN)] = [-1.0, timing, 0.5]
        (levels_found,) = levels(setting).values()
        assert list(levels_found.values()) == pytest.approx(by_year, abs=1e-3)


def test_training_paths_hold_the_library_and_reach_both_ends() -> None:
    """The first is the policy of 2020, then those of the library that change levers alone, then the design."""
    paths = training_paths(16, 1, 20)
    ids = [path.scenario_id for path in paths]
    assert ids[0] == "baseline"
    corners = {"all_up", "all_down", "up_without_talent", "up_others_down_talent"}
    assert {"plan", "strong", "stalled", "no_enclaves"} | corners <= set(ids)
    assert not {"downturn", "early_shanghai_link", "openings_slip"} & set(ids)
    assert len(ids) == len(set(ids)) == len(library_paths(20)) + len(corner_paths(20)) + 16
    assert not is_levers_alone(load(["downturn"], 20)[0])
    strengths, _, first = np.split(training_settings(64, seed=1), N_PARTS, axis=1)
    assert 0.1 < (strengths < 0.0).mean() < 0.2
    assert ((strengths >= 0.0) & (strengths < 0.05)).mean() > 0.12
    assert (strengths > 0.95).mean() > 0.12
    assert 0.45 < (first == 0.0).mean() < 0.55


def test_the_frontier_of_a_knapsack_is_found() -> None:
    """At every cost the chance comes within 3 points of the best there is; a lever without gain is left alone."""
    found = seek_frontier(knapsack, 5, Effort(60, 60, 7))
    assert (np.diff(found.cost) > 0.0).all()
    assert (np.diff(found.chances[-1]) > 0.0).all()
    best = np.array([best_chance(cost) for cost in found.cost])
    assert (found.chances[-1] <= best + 1e-9).all()
    assert (best - found.chances[-1]).max() < 0.03
    assert found.chances[-1].max() > best_chance(PRICES.sum()) - 0.01
    assert (found.settings[:, 2] == 0.0).all()
    place = found.cheapest(0.5)
    assert place is not None
    assert found.chances[-1, place] >= 0.5 > found.chances[-1, place - 1]
    assert found.cheapest(0.99) is None
    again = seek_frontier(knapsack, 5, Effort(60, 60, 7))
    assert again.settings.tobytes() == found.settings.tobytes()


def test_cuts_pay_for_what_helps() -> None:
    """With cuts the lever without gain is cut, and the money buys a chance that no path without cuts has for it."""
    found = seek_frontier(knapsack, 5, Effort(60, 60, 7, cuts=True))
    assert found.cost.min() < 0.0
    assert (found.settings[:, 2] <= 0.0).all()
    free = found.chances[-1][found.cost <= 0.0].max()
    assert free > 1.0 - np.exp(-0.5 * 0.9)
    plain = seek_frontier(knapsack, 5, Effort(60, 60, 7))
    at_three = [each.chances[-1][each.cost <= 3.0].max() for each in (plain, found)]
    assert at_three[1] > at_three[0] + 0.05


@pytest.mark.parametrize("cuts", [False, True])
def test_what_is_known_begins_a_search_within_its_space(cuts: bool) -> None:
    """A setting with cuts and a first step, found elsewhere, begins a search of rising paths at the nearest of them."""
    known = np.array([[-1.0, 0.5, 0.2, 0.8, -0.5, 0.5]])
    for space in (Space(2), Space(2, steps=True, cuts=cuts)):
        genes, (low, high) = space.first(Effort(12, 1, 7, cuts=cuts), known), space.bounds
        assert genes.shape == (12, len(low))
        assert ((genes >= low) & (genes <= high)).all()
        whole = [-1.0, 0.5, 0.2, 0.8, -0.5, 0.5] if space.cuts else [0.0, 0.5, 0.2, 0.8, 0.0, 0.5 * space.steps]
        assert space.decoded(genes)[0] == pytest.approx(np.array(whole))


def waiting(settings: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Of one lever, the chance asks for much in 2022 and for nothing in 2025; what it costs is the sum of its years."""
    strength, timing, first = settings.T
    at = np.asarray(ramp(timing))
    by_year = first[:, None] * (1.0 - at) + strength[:, None] * at
    chance = np.clip(by_year[:, 0], 0.0, 1.0) * (1.0 - np.clip(by_year[:, -1], 0.0, 1.0))
    return by_year.sum(axis=1), chance[None]


def test_a_path_that_must_fall_again_is_found() -> None:
    """What only a first step that is taken back reaches is reached; rising paths alone have no such chance."""
    assert seek_frontier(waiting, 1, Effort(40, 40, 7)).chances[-1].max() > 0.95


def test_a_cap_is_kept_and_the_likeliest_below_it_found() -> None:
    """With a cap of 3 nothing dearer is on the frontier, and the likeliest setting spends it on the best levers."""
    effort = Effort(60, 60, 7, budget=3.0)
    found = seek_frontier(knapsack, 5, effort)
    assert found.cost.max() <= 3.0 + 1e-9
    assert found.chances[-1].max() > best_chance(3.0) - 0.03
    best = seek_best(knapsack, 5, 0, effort)
    cost, chances = knapsack(best[None])
    assert cost[0] <= 3.0 + 1e-9
    assert chances[1, 0] > best_chance(3.0) - 0.05


@pytest.mark.parametrize(("wanted", "n"), [(0.5, 6), (0.99, 6), (0.5, 1)])
def test_candidates_are_spread_and_hold_the_top_and_the_cheapest(wanted: float, n: int) -> None:
    """At most n places, the likeliest among them, and the cheapest with the chance wanted where there is one."""
    found = seek_frontier(knapsack, 5, Effort(40, 30, 7))
    places = spread(found, n, wanted)
    assert places == sorted(set(places))
    assert len(places) <= n
    assert len(found.cost) - 1 in places
    if n > 1 and wanted < 0.9:
        assert found.cheapest(wanted) in places


def test_the_file_of_a_path_gives_the_path_that_was_run(tmp_path: Path) -> None:
    """Read by `load` it has the same intensity in every quarter, to the bit."""
    verdicts = pd.DataFrame(
        [
            {
                "target": "all_targets",
                "reached": True,
                "within_budget": True,
                "chance": 0.5,
                "chance_low": 0.4,
                "chance_high": 0.6,
                "members": 60,
                "added_cost": 1.5,
            }
        ]
    )
    for number, setting in enumerate([*training_settings(4, seed=9), np.zeros(N_INPUTS)]):
        file = tmp_path / f"sought_{number}.yaml"
        file.write_text(scenario_text("seek_1", setting, verdicts, 0.5), encoding="utf-8")
        (path,) = load([str(file)], 20)
        assert path.intensity.tobytes() == path_of(levels(setting), NAMED, 20).intensity.tobytes()
        assert is_levers_alone(path)
