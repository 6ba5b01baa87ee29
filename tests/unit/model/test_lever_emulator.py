"""The emulator of lever settings finds known functions back, says how wrong it is, and is the same when made again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm, qmc, t

from model.lever_chances import ALL, Outcome, chances, interval, run_shares
from model.lever_emulator import LeverEmulator
from model.lever_features import FloatArray, LeverFeatures, chosen_rows
from model.lever_surfaces import Surfaces
from model.lever_validation import cross_validate
from model.policy import Cost, Lever

N_QUARTERS, N_MEMBERS = 8, 12


def lever(name: str, lag: int, cost: Cost | None = None) -> Lever:
    """Make a lever from 1 to 5 that turns nothing."""
    paid = cost or Cost(4.0, 4.0, 4.0, "intensity", "firms", {"district": 0.5, "city": 0.5})
    words = {"name_zh": name, "name_en": name, "unit": "units", "unit_zh": "个"}
    words |= dict.fromkeys(("plan_section", "evidence", "source"), "")
    return Lever(
        lever_id=name,
        family="talent",
        baseline=1.0,
        plan=2.0,
        strong=3.0,
        bounds=(0.0, 5.0),
        lag_quarters=lag,
        cost=paid,
        status="assumed",
        apply=lambda policy, _: policy,
        **words,
    )


LEVERS = (lever("a", 0), lever("b", 2), replace(lever("transport_opening", 0), bounds=(0.0, 2.0)))
FEATURES = LeverFeatures(LEVERS, np.zeros(3))


def ramps(strength: FloatArray) -> FloatArray:
    """(n, 3, N_QUARTERS + 1) straight lines from 1 to 1 + 4 x strength of the first two levers."""
    shares = np.linspace(0.0, 1.0, N_QUARTERS + 1)
    paths = np.ones((len(strength), 3, N_QUARTERS + 1))
    paths[:, :2] += 4.0 * strength[:, :, None] * shares
    return paths


def design(n: int, seed: int) -> FloatArray:
    """(n, 2) strengths."""
    sampler = qmc.Sobol(2, rng=np.random.default_rng(seed))
    return np.asarray(sampler.random_base2(int(np.ceil(np.log2(n))))[:n])


def outcomes(strength: FloatArray, noise: float = 0.0) -> list[Outcome]:
    """A target near the middle, one that is always met, and a cost; members differ in level and in how they respond."""
    level = norm.ppf((np.arange(N_MEMBERS) + 0.5) / N_MEMBERS)
    push = strength[:, :1] + 0.5 * strength[:, 1:] ** 2
    drawn = np.random.default_rng(3).normal(0.0, 1.0, (len(strength), N_MEMBERS))
    near = 10.0 + level + push * (1.0 + 0.2 * level[::-1]) + noise * drawn
    base, cost = 10.0 + level, strength.sum(axis=1, keepdims=True) * np.linspace(0.9, 1.1, N_MEMBERS)
    return [
        Outcome("near", near, base, base, 11.0),
        Outcome("sure", near + 100.0, base + 100.0, base + 100.0, 11.0),
        Outcome("cost", cost, np.zeros(N_MEMBERS), np.zeros(N_MEMBERS), is_cost=True),
    ]


def as_run(known: list[Outcome]) -> FloatArray:
    """(n_goals + 1, n_paths) chances of paths that were run."""
    runs = np.stack([outcome.runs for outcome in known])
    return chances(known, runs, np.zeros_like(runs)).chance


def test_what_is_felt_comes_after_the_lag_and_the_outside_lever_is_left_out() -> None:
    """A lever at full strength from the first quarter is felt in all quarters, or in those after its lag."""
    path = np.ones((1, 3, N_QUARTERS + 1))
    path[0, :, 1:] = 5.0
    assert chosen_rows(LEVERS) == [0, 1]
    assert FEATURES.outcomes(path)[0, :4] == pytest.approx([1.0, 1.0, 1.0, 6 / 8])
    # Each of three levers costs 0.5 of 1 a unit and quarter: asked is five times what the policy of 2020 asks.
    assert FEATURES.outcomes(path)[0, 4:] == pytest.approx([4.0, 4.0])
    assert FEATURES.costs(path)[0] == pytest.approx([1.0, 1.0, 4.0, 4.0])


def test_what_is_asked_counts_rises_once_and_events_by_their_multiplier() -> None:
    """A rise of 4 at 10 yuan is asked once; events that cost 6 yuan a quarter at intensity 1 cost 30 at 5."""
    rise = lever("a", 0, Cost(10.0, 10.0, 10.0, "intensity_change", "firms", {"district": 1.0}))
    event = lever("b", 0, Cost(3.0, 3.0, 3.0, "event:firms_certified", "firms", {"district": 1.0}, multiplier=True))
    path = np.ones((1, 2, N_QUARTERS + 1))
    path[0, :, 1:] = 5.0
    whole, last = LeverFeatures((rise, event), np.array([0.0, 6.0])).outcomes(path)[0, -2:]
    assert whole == pytest.approx((40.0 + 8 * 30.0) / (8 * 6.0) - 1.0)
    assert last == pytest.approx(5.0 - 1.0)


def test_surfaces_meet_a_smooth_function_and_know_it() -> None:
    """From 64 points a bent plane is met to 1 % of its spread, and again with the sizes that were found."""
    x, new = design(64, 1), design(128, 2)
    y = np.column_stack([3.0 * x[:, 0] - x[:, 1], np.sin(3.0 * x[:, 0]) * x[:, 1]])
    truth = np.column_stack([3.0 * new[:, 0] - new[:, 1], np.sin(3.0 * new[:, 0]) * new[:, 1]])
    surfaces = Surfaces.fit(x, y)
    mean, sd = surfaces.predict(new)
    assert (np.abs(mean - truth).max(axis=0) < 0.03 * truth.std(axis=0)).all()
    assert (sd < 0.1 * truth.std(axis=0)).all()
    far_sd = surfaces.predict(np.full((1, 2), 4.0))[1]
    assert (far_sd > 5.0 * sd.max(axis=0)).all()
    again = Surfaces.fit(x, y, surfaces.sizes).predict(new)
    assert [part.tobytes() for part in again] == [mean.tobytes(), sd.tobytes()]


def test_chances_of_settings_that_were_not_run_are_met() -> None:
    """Trained on 40 settings it gives the mean to 0.01 and the chance to 1 point at 50 others."""
    strength, new = design(40, 1), design(50, 2)
    emulator = LeverEmulator.fit(FEATURES, outcomes(strength), ramps(strength))
    said, truth = emulator.predict(ramps(new)), outcomes(new)
    assert emulator.goals == ("near", "sure", ALL)
    assert said.mean[0] == pytest.approx(truth[0].runs, abs=0.01)
    assert said.mean[2].mean(axis=1) == pytest.approx(truth[2].runs.mean(axis=1), abs=0.01)
    assert said.chance == pytest.approx(as_run(truth), abs=0.01)
    assert said.chance[1] == pytest.approx(1.0)
    assert np.ptp(said.chance[0]) > 0.2


def test_a_chance_takes_its_level_from_the_many_and_its_effect_from_the_few() -> None:
    """Six members of training far above the others, with an effect of 0.5 and spread 0.3: the normal chance of both."""
    many = norm.ppf((np.arange(2000) + 0.5) / 2000)
    few, effect = np.full(6, 2.0), 0.5 + 0.3 * np.array([-1.0, 1.0, -1.0, 1.0, -1.0, 1.0])
    outcome = Outcome("x", np.stack([few, few + effect]), few, many, 1.0)
    said = chances([outcome], outcome.runs[None], np.zeros((1, 2, 6)))
    assert said.chance[0] == pytest.approx([norm.sf(1.0), norm.sf(0.5 / np.hypot(1.0, 0.3))], abs=2e-3)
    assert said.chance[1] == pytest.approx(said.chance[0])
    assert run_shares([outcome])[0] == pytest.approx([1.0, 1.0])
    off = t.ppf(0.975, 5) * 0.3 / np.sqrt(5.0)
    low, high = (norm.sf((0.5 - shift) / np.hypot(1.0, 0.3)) for shift in (-off, off))
    assert said.reach[0] == pytest.approx([0.0, (high - low) / 2.0], abs=2e-3)
    # An emulated effect that is unsure by 0.4 besides spreads more.
    unsure = chances([outcome], outcome.runs[None], np.full((1, 2, 6), 0.4))
    assert unsure.chance[0, 1] == pytest.approx(norm.sf(0.5 / np.hypot(1.0, 0.5)), abs=2e-3)


def test_all_targets_at_once_are_asked_of_the_same_member() -> None:
    """Two targets of which a member meets one or the other are never met together."""
    base = np.array([0.0, 0.0, 1.0, 1.0])
    one, other = (Outcome(name, values[None], values, values, 0.5) for name, values in (("a", base), ("b", 1.0 - base)))
    assert run_shares([one, other])[:, 0] == pytest.approx([0.5, 0.5, 0.0])
    assert as_run([one, other])[:, 0] == pytest.approx([0.5, 0.5, 0.0])


def test_cross_validation_beats_the_mean_where_levers_act_and_not_where_none_does() -> None:
    """Its error is far below that of the mean of paths for the target, and no better for an outcome of pure noise."""
    strength = design(40, 1)
    noise = np.random.default_rng(8).normal(0.0, 1.0, (40, N_MEMBERS))
    known = [*outcomes(strength, noise=0.05), Outcome("noise", noise, noise[0], noise[0])]
    rows = cross_validate(FEATURES, known, ramps(strength)).table().to_dict("records")
    found = {(row["what"], row["outcome"]): row for row in rows}
    assert found["mean", "near"]["over_trivial"] < 0.1
    assert found["chance", "near"]["over_trivial"] < 0.1
    assert found["mean", "cost"]["over_trivial"] < 0.05
    assert found["mean", "noise"]["over_trivial"] > 0.95
    assert np.isnan(found["chance", "sure"]["over_trivial"])
    assert 0.8 <= found["mean", "near"]["inside_90"] <= 1.0


def test_an_interval_holds_few_members_and_the_error() -> None:
    """With no error it is Wilson's, with error wider, and it stays between 0 and 1."""
    assert interval(0.5, 100, 0.0) == pytest.approx((0.4038, 0.5962), abs=1e-4)
    low, high = interval(0.5, 100, 0.05)
    assert low == pytest.approx(0.5 - np.hypot(0.0962, 1.96 * 0.05), abs=1e-3)
    assert high == pytest.approx(1.0 - low)
    assert interval(0.5, 100, 0.0, 0.1)[0] == pytest.approx(0.5 - np.hypot(0.0962, 0.1), abs=1e-3)
    assert interval(1.0, 20, 0.1)[1] == 1.0
    assert interval(0.0, 20, 0.1)[0] == 0.0


def test_what_does_not_fit_is_refused() -> None:
    """Too few paths for the folds, and sizes of another emulator."""
    strength = design(8, 1)
    with pytest.raises(ValueError, match="too few for 5 folds"):
        cross_validate(FEATURES, outcomes(strength), ramps(strength))
    with pytest.raises(ValueError, match="do not fit"):
        LeverEmulator.fit(FEATURES, outcomes(strength), ramps(strength), (np.zeros((1, 3)), np.zeros((1, 4))))
