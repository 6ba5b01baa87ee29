"""The drawn values are keyed and bounded; the base built from them is plausible, frozen and the same each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from calibration.base_2020 import build_base, draw_uncertain
from calibration.tables import Tables, load_tables
from model.base import N_OTHER_EMPLOYERS, PUBLIC, SELF_EMPLOYED, UNEMPLOYED, Base
from model.errors import CalibrationError


def test_a_draw_does_not_depend_on_the_order_or_number_of_values(tables: Tables) -> None:
    """Reversing the table, or dropping half of it, changes no remaining value."""
    drawn = draw_uncertain(tables, 3, 7)
    fewer = draw_uncertain(replace(tables, uncertain=tables.uncertain[::-2]), 3, 7)
    assert fewer
    assert all(drawn[name] == value for name, value in fewer.items())


def test_members_and_seeds_draw_apart(tables: Tables) -> None:
    """Another member and another seed change every value that is uncertain, and no fixed one."""
    one, other, third = (draw_uncertain(tables, seed, member) for seed, member in ((3, 7), (3, 8), (4, 7)))
    for item in tables.uncertain:
        moved = item.low < item.high
        assert (one[item.name] != other[item.name]) == moved
        assert (one[item.name] != third[item.name]) == moved


def test_central_takes_the_central_column(tables: Tables) -> None:
    """Held at its centre the base has R&D at 2.7 % of GDP whatever the member."""
    drawn = draw_uncertain(tables, 1, 99, central=True)
    assert drawn["rd_intensity"] == 0.027
    assert drawn == draw_uncertain(tables, 2, 3, central=True)


def test_rd_intensity_fills_its_published_bounds(tables: Tables) -> None:
    """Draws lie within 2.5 to 2.85 % with a mean near 2.7."""
    values = [draw_uncertain(tables, 5, member)["rd_intensity"] for member in range(60)]
    assert 0.025 <= min(values) < 0.0260
    assert 0.0278 < max(values) <= 0.0285
    assert np.mean(values) == pytest.approx(0.027, abs=4e-4)


def test_the_same_draw_builds_the_same_base(tables: Tables, data_copy: Path) -> None:
    """Two builds from equal arguments agree in every array to the last bit, whatever was built between."""
    drawn = draw_uncertain(tables, 1, 1)
    first = build_base(tables, drawn, 1000)
    build_base(tables, draw_uncertain(tables, 1, 2), 500)
    second = build_base(load_tables(data_copy), drawn, 1000)
    for owner in ("firms", "talents"):
        for item in fields(getattr(first, owner)):
            assert np.array_equal(getattr(getattr(first, owner), item.name), getattr(getattr(second, owner), item.name))
    assert np.array_equal(first.talent_moves, second.talent_moves)
    with pytest.raises(ValueError, match="read-only"):
        first.firms.rd[0] = 0.0


def test_ids_do_not_change_with_the_draw(base_of: Callable[[int, int], Base]) -> None:
    """A firm or talent of a slot has the same id in every member, and no id appears twice."""
    one, other = base_of(0, 1000), base_of(1, 1000)
    own = [base.firms.firm_id[(base.firms.site == 0) & base.firms.above_scale] for base in (one, other)]
    assert np.array_equal(own[0], own[1])
    ids = np.concatenate([one.firms.firm_id, one.talents.talent_id])
    assert len(np.unique(ids)) == len(ids)


@pytest.mark.parametrize("member", range(6))
def test_value_added_over_revenue_is_plausible(tables: Tables, member: int) -> None:
    """High-tech and other above-scale firms of each site make 10 to 45 fen of value added a yuan sold."""
    base = build_base(tables, draw_uncertain(tables, 21, member), 1000)
    firms = base.firms
    hightech = np.array([c.catalogue for c in base.clusters])[firms.cluster] | (firms.certified_until >= 0)
    for site in (0, 1):
        for flag in (hightech, ~hightech):
            group = (firms.site == site) & firms.above_scale & flag
            assert 0.10 <= firms.value_added[group].sum() / firms.revenue[group].sum() <= 0.45


def test_firms_are_sized_as_their_class_says(base_of: Callable[[int, int], Base]) -> None:
    """Above-scale firms sell at least 20 m yuan, small industrial ones less; no site's firms exceed its GDP."""
    base = base_of(0, 1000)
    firms = base.firms
    focal, industry = firms.city == 0, np.array([c.industry for c in base.clusters])[firms.cluster]
    assert firms.revenue[focal & firms.above_scale].min() >= 20e6 * (1 - 1e-12)
    assert firms.revenue[focal & industry & ~firms.above_scale].max() < 20e6
    assert (np.bincount(firms.site, firms.value_added) < base.gdp).all()
    assert (firms.weight[focal] == 1).all()
    assert (firms.born <= 0).all()


def test_certified_firms_reach_the_notch_and_others_do_less(base_of: Callable[[int, int], Base]) -> None:
    """A certificate asks 5, 4 or 3 % of revenue by size; own-level firms above scale without one spend under 3 %."""
    firms = base_of(0, 1000).firms
    each, certified = firms.revenue / firms.weight, firms.certified_until >= 0
    asked = np.where(each < 5e7, 0.05, np.where(each <= 2e8, 0.04, 0.03))
    intensity = firms.rd / firms.revenue
    assert (intensity[certified] >= asked[certified] * (1 - 1e-12)).all()
    assert intensity[(firms.site == 0) & firms.above_scale & ~certified].max() < 0.03
    assert ((firms.certified_until[certified] >= 1) & (firms.certified_until[certified] <= 12)).all()


def test_certificates_expire_evenly(base_of: Callable[[int, int], Base]) -> None:
    """Each of the next twelve quarters ends between 4 and 13 % of the district's certificates."""
    firms = base_of(0, 1000).firms
    ends = firms.certified_until[(firms.city == 0) & (firms.certified_until >= 0)]
    shares = np.bincount(ends, minlength=13)[1:] / len(ends)
    assert shares.min() > 0.04
    assert shares.max() < 0.13


@pytest.mark.parametrize("scale", [100, 1000])
def test_agents_outside_the_district_follow_the_scale(base_of: Callable[[int, int], Base], scale: int) -> None:
    """Each other city has some firm agents, at most 700 at scale 100; their weights add up to the same firms."""
    base = base_of(0, scale)
    for city in (1, 2):
        mine = base.firms.city == city
        assert 10 <= mine.sum() <= 700
        assert base.firms.weight[mine].max() == scale
        assert base.firms.weight[mine].sum() == base_of(0, 100).firms.weight[base_of(0, 100).firms.city == city].sum()


@pytest.mark.parametrize("scale", [100, 1000])
def test_talents_below_senior_carry_the_scale(base_of: Callable[[int, int], Base], scale: int) -> None:
    """Leading and senior talents are one agent each; of the others one agent a cell carries the remainder."""
    talents = base_of(0, scale).talents
    assert (talents.weight[talents.tier <= 1] == 1).all()
    for city in range(3):
        for tier in (2, 3, 4):
            weights = talents.weight[(talents.city == city) & (talents.tier == tier)]
            assert np.sum(weights != scale) <= 1
            assert weights.min() >= 1
            assert weights.max() <= scale
    assert (talents.tier[talents.city == 1] <= 1).sum() <= 61_000
    assert (talents.tier[talents.city == 2] <= 1).sum() <= 31_000


def test_talents_work_where_the_drawn_shares_say(tables: Tables) -> None:
    """Public and self-employed talents take their drawn share, 2.5 % are out of work, and nobody works elsewhere."""
    drawn = draw_uncertain(tables, 1, 5)
    base = build_base(tables, drawn, 100)
    talents, n = base.talents, base.n_employers_per_site
    at_work = talents.employer != UNEMPLOYED
    kind = talents.employer % n - (n - N_OTHER_EMPLOYERS)
    heads = talents.weight.sum()
    apart = at_work & np.isin(kind, (PUBLIC, SELF_EMPLOYED))
    assert talents.weight[apart].sum() / talents.weight[at_work].sum() == pytest.approx(
        drawn["talent_public_share"], abs=2e-3
    )
    assert talents.weight[~at_work].sum() / heads == pytest.approx(0.025, abs=1e-3)
    assert (base.site_city[talents.employer[at_work] // n] == talents.city[at_work]).all()


def test_ages_and_homes_are_plausible(base_of: Callable[[int, int], Base]) -> None:
    """Talents are 22 to 60, graduates younger than senior ones, and two in five of the district's are natives."""
    base = base_of(0, 100)
    talents, age = base.talents, -base.talents.born / 4
    assert age.min() >= 22
    assert age.max() <= 60
    assert age[talents.tier == 3].mean() + 8 < age[talents.tier == 1].mean()
    mine = talents.city == 0
    native = talents.weight[mine & (talents.home == 0)].sum() / talents.weight[mine].sum()
    assert native == pytest.approx(0.40, abs=0.01)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rd_intensity": 0.015}, "certified firms must spend"),
        ({"zone_above_scale_firms": 2000.0}, "cannot hold 2000 firms"),
        ({"zone_hightech_share": 0.999}, "of its revenue"),
        ({"firm_size_tail_exponent": 0.4}, "the largest firm would sell"),
        ({"own_level_industrial_va": 21.3e9}, "value added over revenue"),
        ({"tech_smes": 200_000.0}, "its firms make"),
        ({"patents_per_10k": 20.0}, "more than the 3219.11 of the whole district"),
    ],
)
def test_a_base_that_cannot_be_balanced_is_refused(tables: Tables, change: dict[str, float], said: str) -> None:
    """A total that its firms cannot meet, or a rate or size that no firm has, is an error that says what to change."""
    with pytest.raises(CalibrationError, match=said):
        build_base(tables, draw_uncertain(tables, 0, 0, central=True) | change, 1000)
