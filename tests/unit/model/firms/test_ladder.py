"""The ladder: certificates won and lost, and the above-scale threshold."""

import math
from dataclasses import replace

import numpy as np
import pytest

from model.base import NO_CERTIFICATE
from model.firms.ladder import (
    bunch,
    can_certify,
    certificates_that_end,
    certification_hazard,
    certify,
    cross_threshold,
    crosses_down,
    crosses_up,
    crown,
    firms_in_added_space,
    loss_hazard,
    may_be_crowned,
    near_threshold,
    renew,
    research_expected,
    scaled_up_in_parks,
    winners_of,
)
from model.firms.table import FirmTable
from model.parameters import Parameters
from model.policy import Policy
from model.streams import key, uniform


def firms_of(**columns: list[float]) -> FirmTable:
    """Open firms with some columns set, the others zero: one firm an agent, revenue as large as value added."""
    n = len(next(iter(columns.values())))
    usual = {"weight": 1, "alive": 1, "revenue_ratio": 1.0, "certified_until": NO_CERTIFICATE}
    rows = {name: np.full(n, usual.get(name, 0)) for name in FirmTable.COLUMNS}
    return FirmTable(**rows | {name: np.array(values) for name, values in columns.items()})


def ladder_and_sizes(f: FirmTable) -> tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
    """Columns that say who stands where, and those that make revenue."""
    return (f.alive, f.tech_sme, f.above_scale, f.certified_until), (f.value_added, f.revenue_ratio, f.weight)


def test_who_may_certify() -> None:
    """Alive, on the ladder by either way, without a certificate and with R&D: all are needed."""
    f = firms_of(
        alive=[1, 1, 1, 0, 1, 1],
        certified_until=[4, 4, 5, 4, 4, 4],
        tech_sme=[1, 0, 1, 1, 0, 1],
        above_scale=[0, 1, 1, 1, 0, 0],
        rd_intensity=[0.1, 0.1, 0.1, 0.1, 0.1, 0.0],
        value_added=[1e6] * 6,
    )
    rows, required = can_certify(5, *ladder_and_sizes(f), f.rd_intensity)
    assert (rows.tolist(), required.tolist()) == ([0, 1], [0.05, 0.05])


def test_who_does_enough_research_to_certify() -> None:
    """A firm can certify from six tenths of the notch, which is that of its own revenue and not of its agent's."""
    f = firms_of(
        tech_sme=[1, 1, 1, 1],
        value_added=[1e6, 1e6, 60e6, 60e6],
        revenue_ratio=[1.0, 1.0, 1.0, 1.0],
        rd_intensity=[0.0301, 0.0299, 0.0181, 0.0181],
        weight=[1, 1, 1, 10],
    )
    rows, required = can_certify(5, *ladder_and_sizes(f), f.rd_intensity)
    assert (rows.tolist(), required.tolist()) == ([0, 2], [0.05, 0.03])


@pytest.mark.parametrize(
    ("award", "elasticity", "hazard"),
    [(200_000.0, 0.5, 0.1), (800_000.0, 0.5, 0.2), (50_000.0, 0.5, 0.05), (800_000.0, 0.0, 0.1), (2e9, 0.5, 1.0)],
)
def test_certification_hazard_by_hand(award: float, elasticity: float, hazard: float) -> None:
    """Four times the award of 2020 at elasticity one half doubles the hazard, which never exceeds one."""
    assert certification_hazard(0.1, award, 200_000.0, elasticity) == pytest.approx(hazard, rel=1e-12)


@pytest.mark.parametrize(("usual", "winners"), [(0.0, [0, 2]), (1.0, [0, 1, 2])])
def test_who_wins_a_first_certificate(usual: float, winners: list[int]) -> None:
    """At a hazard of one the district's firms win, whatever it is elsewhere, and who would have won anyway is told."""
    rows, city = np.array([3, 1, 0]), np.array([0, 1, 0, 0], np.int8)
    won = winners_of(rows, np.arange(4, dtype=np.uint64), city, key(1, "certification"), usual, 1.0)
    assert [column.tolist() for column in won] == [winners, [usual == 1.0] * len(winners)]


def test_luck_decides_who_wins_a_first_certificate() -> None:
    """Those win whose draw lies below the hazard: between the two hazards of the district it is the award that does."""
    rows, firms, stream = np.arange(1000), np.arange(1000, dtype=np.uint64), key(1, "certification")
    luck = uniform(stream, firms)
    winners, usually = winners_of(rows, firms, np.zeros(1000, np.int8), stream, 0.2, 0.5)
    assert winners.tolist() == np.flatnonzero(luck < 0.5).tolist()
    assert usually.tolist() == (luck[winners] < 0.2).tolist()


def test_research_that_certificates_are_expected_to_add() -> None:
    """A tenth of the firms raise 0.1 to 0.2 at a value added of 30, one is above the notch; sums are by group."""
    reported = np.array([0.1, 0.3, 0.1]), np.array([4.0, 4.0, 4.0]), np.array([30.0, 30.0, 50.0])
    total = research_expected(np.array([0, 1]), np.array([0.05, 0.05]), 0.1, reported, np.array([1, 0, 1]), 3)
    assert total == pytest.approx([0.0, 0.3, 0.0], rel=1e-12)


def test_certified_firms_report_at_least_the_notch() -> None:
    """A firm below the notch reports R&D up to it, and is judged by as much more; one above it stays as it was."""
    intensity, opening, real_share = np.array([9.0, 0.10, 0.30]), np.array([9.0, 0.05, 0.2]), np.ones(3)
    bunch(np.array([1, 2]), np.array([0.05, 0.05]), np.full(3, 4.0), intensity, opening, real_share, 0.0)
    assert intensity == pytest.approx([9.0, 0.20, 0.30], rel=1e-12)
    assert opening == pytest.approx([9.0, 0.10, 0.2], rel=1e-12)
    assert real_share.tolist() == [1.0, 1.0, 1.0]


def test_part_of_what_is_added_is_relabelled() -> None:
    """Doubling reported R&D with a quarter of the addition relabelled leaves (1 + 0.75) / 2 of it real."""
    intensity, real_share = np.array([0.1, 0.1, 0.1, 0.0]), np.array([1.0, 0.8, 1.0, 1.0])
    required = np.array([0.2, 0.2, 0.1, 0.0])
    bunch(np.arange(4), required, np.ones(4), intensity, np.ones(4), real_share, 0.25)
    assert real_share == pytest.approx([0.875, (0.08 + 0.075) / 0.2, 1.0, 1.0], rel=1e-12)


def test_winners_of_certificates_report_the_notch_on_the_path_that_brought_them() -> None:
    """Of two firms of the district and one elsewhere those here win by the award alone: the reference path stays."""
    f = firms_of(
        firm_id=[0, 1, 2],
        city=[0, 0, 1],
        weight=[1, 3, 1],
        tech_sme=[1] * 3,
        value_added=[1e6] * 3,
        rd_intensity=[0.04] * 3,
    )
    for name in ("rd_intensity_opening", "rd_reference", "rd_reference_opening"):
        getattr(f, name)[:] = 0.04
    f.rd_real_share[:] = f.rd_reference_real_share[:] = 1.0
    path = f.rd_intensity, f.rd_intensity_opening, f.rd_real_share
    paths = path, (f.rd_reference, f.rd_reference_opening, f.rd_reference_real_share)
    firms = *ladder_and_sizes(f), (f.firm_id, f.city, f.group)
    for usual, reference in ((0.0, 0.04), (1.0, 0.05)):
        expected, n_here = certify(5, (key(1, "certification"), usual, 1.0), 0.5, *firms, paths, 1)
        assert expected == pytest.approx([usual * 3 * 0.01 * 1e6], rel=1e-12)
        assert n_here == 4
        assert f.certified_until.tolist() == [17, 17, 17 if usual else NO_CERTIFICATE]
        assert f.rd_intensity == pytest.approx([0.05, 0.05, 0.05 if usual else 0.04], rel=1e-12)
        assert f.rd_reference == pytest.approx([reference] * 3, rel=1e-12)
        assert f.rd_real_share[:2] == pytest.approx([0.9, 0.9], rel=1e-12)
        f.certified_until[:] = NO_CERTIFICATE
        f.rd_intensity[:], f.rd_intensity_opening[:], f.rd_real_share[:] = 0.04, 0.04, 1.0


def test_certificates_end_and_are_lost_or_renewed() -> None:
    """Of two living firms whose certificate ends now, one is sure to lose it and one to keep it for three years."""
    alive, until = np.array([1, 1, 1, 0], bool), np.array([5, 6, 5, 5], np.int16)
    rows, revenue = certificates_that_end(5, alive, until, (np.arange(4.0), np.full(4, 2.0), np.ones(4, np.int32)))
    assert (rows.tolist(), revenue.tolist()) == ([0, 2], [0.0, 16.0])
    renew(rows, np.array([1.0, 0.0]), key(1, "certificate renewal"), np.arange(4, dtype=np.uint64), until, 5)
    assert until.tolist() == [NO_CERTIFICATE, 6, 17, 5]


def test_titles_are_given_and_taken() -> None:
    """A certified firm above scale gets a title, who fell below the scale loses it, others do by chance."""
    above, until, places = (
        np.array([1, 0, 1], bool),
        np.full(3, 5, np.int16),
        (np.arange(3, dtype=np.uint64), np.zeros(3, np.int8)),
    )
    keys, alive = (key(1, "champion"), key(1, "champion loss")), np.ones(3, bool)
    for loss, after in ((0.0, [True, False, True]), (1.0, [True, False, False])):
        champion = np.array([False, True, True])
        crown(5, keys, (1.0, 1.0), loss, places, (alive, above, until, champion))
        assert champion.tolist() == after


def test_who_may_be_crowned() -> None:
    """Alive, above scale and certified, without a title: all are needed."""
    columns = np.array([[1, 0, 1, 1, 1], [1, 1, 0, 1, 1], [0, 0, 0, 0, 1]], bool)
    alive, above_scale, champion = columns
    certified_until = np.array([5, 5, 5, 4, 5], np.int16)
    assert may_be_crowned(alive, above_scale, certified_until, champion, 5).tolist() == [0]


def test_who_is_near_the_threshold() -> None:
    """Small industrial firms from 10 m yuan a year and above-scale ones below 20 m, of those alive."""
    kind = np.array([0.0, 1.0, 0.0, 1.0, -1.0, 0.0])
    alive, above_scale = np.array([1, 1, 1, 1, 1, 0], bool), np.array([0, 0, 1, 1, 0, 0], bool)
    value_added = np.array([10e6, 9.9e6, 19.9e6, 20e6, 15e6, 15e6]) / 4.0
    rows, revenue, n_small = near_threshold(kind, alive, above_scale, value_added, np.ones(6), np.ones(6, np.int32))
    assert (rows.tolist(), n_small) == ([0, 2], 2)
    assert revenue == pytest.approx([10e6, 19.9e6], rel=1e-12)


def test_loss_hazard_by_hand() -> None:
    """At the mean size 1 - 0.9^3 are lost after three years at a tenth a year; at ten times it, a factor e less."""
    hazard = loss_hazard(np.array([1e8, 1e9, 1e7]), 0.1, 1.0, 8.0)
    assert hazard == pytest.approx([0.271, 0.271 / math.e, 0.271 * math.e], rel=1e-12)


def test_loss_hazard_never_exceeds_one() -> None:
    """Even a firm without revenue loses its certificate at most once."""
    assert loss_hazard(np.array([0.0, 1.0]), 0.1, 1.5, 8.0).tolist() == [1.0, 1.0]


def no_more(n: int) -> tuple[float, np.ndarray]:
    """Nobody crosses beyond the usual."""
    return 0.0, np.zeros(n, bool)


@pytest.mark.parametrize(
    ("revenue", "luck", "small", "crosses"),
    [
        (26e6, 0.99, True, True),
        (25.9e6, 0.99, True, False),
        (25.9e6, 0.01, True, True),
        (10e6, 0.01, True, True),
        (9.9e6, 0.0, True, False),
        (99e6, 0.0, False, False),
    ],
)
def test_small_firms_cross_the_threshold_upwards(revenue: float, luck: float, small: bool, crosses: bool) -> None:
    """From 26 m yuan a small industrial firm enters the count, from 10 m with the hazard, other firms never."""
    assert crosses_up(np.array([luck]), np.array([small]), np.array([revenue]), 0.02, *no_more(1)).tolist() == [crosses]


@pytest.mark.parametrize(("n_near", "chance"), [(2, 0.08), (4, 0.04), (1, 0.16), (8, 0.02)])
def test_firms_near_the_threshold_bear_the_hazard_of_all(n_near: int, chance: float) -> None:
    """Of eight small firms at a hazard of 2 % the n near the threshold cross with a chance of 8 x 2 % / n."""
    near = np.arange(8) < n_near
    revenue = np.where(near, 15e6, 1e6)
    for luck, crosses in ((chance - 0.001, near), (chance + 0.001, np.zeros(8, bool))):
        assert (
            crosses_up(np.full(8, luck), np.ones(8, bool), revenue, 8 * 0.02, *no_more(8)).tolist() == crosses.tolist()
        )


def test_firms_that_parks_scale_up_come_on_top_and_from_nothing() -> None:
    """Half a firm more on four of eight near ones adds an eighth to their chance of 2 %, and no space adds nothing."""
    revenue, small, here = np.full(8, 15e6), np.ones(8, bool), np.arange(8) < 4
    for luck, crosses in ((0.144, here), (0.146, np.zeros(8, bool)), (0.019, small)):
        assert crosses_up(np.full(8, luck), small, revenue, 8 * 0.02, 0.5, here).tolist() == crosses.tolist()
    for luck in (0.019, 0.021):
        usual = crosses_up(np.full(8, luck), small, revenue, 8 * 0.02, *no_more(8))
        assert crosses_up(np.full(8, luck), small, revenue, 8 * 0.02, 0.0, here).tolist() == usual.tolist()


def test_at_most_a_quarter_of_those_near_the_threshold_cross_it() -> None:
    """Where one of a hundred small firms is near, it crosses with a chance of a quarter and not of two."""
    revenue, small = np.r_[15e6, np.full(99, 1e6)], np.ones(100, bool)
    assert crosses_up(np.full(100, 0.249), small, revenue, 100 * 0.02, *no_more(100)).sum() == 1
    assert not crosses_up(np.full(100, 0.251), small, revenue, 100 * 0.02, *no_more(100)).any()


@pytest.mark.parametrize(
    ("revenue", "luck", "above", "crosses"),
    [
        (9.9e6, 0.99, True, True),
        (10e6, 0.99, True, False),
        (10e6, 0.01, True, True),
        (19.9e6, 0.01, True, True),
        (20e6, 0.0, True, False),
        (1e6, 0.0, False, False),
    ],
)
def test_above_scale_firms_cross_the_threshold_downwards(
    revenue: float, luck: float, above: bool, crosses: bool
) -> None:
    """Below 10 m yuan an above-scale firm leaves the count, below 20 m with the hazard, at 20 m or above never."""
    assert crosses_down(np.array([luck]), np.array([above]), np.array([revenue]), 0.02).tolist() == [crosses]


def test_firms_cross_the_threshold_either_way() -> None:
    """Of industrial firms one grew out of the small ones and one fell far; services and those in between stay."""
    value_added, kind = np.array([30e6, 5e6, 30e6, 15e6]) / 4.0, np.array([1.0, 0.0, -1.0, 0.0])
    above, places = np.array([0, 1, 0, 1], bool), (np.arange(4, dtype=np.uint64), np.zeros(4, np.int8))
    sizes = value_added, np.ones(4), np.ones(4, np.int32)
    cross_threshold(key(1, "threshold"), (0.0, 0.0), 0.0, places, (kind, np.ones(4, bool), above), sizes)
    assert above.tolist() == [True, False, False, True]


def test_park_space_by_hand() -> None:
    """A million m2 a year at 320 firms, a quarter of them additional: 20 firms a quarter, 30 % by scaling up."""
    p = replace(
        Parameters.central(),
        park_firms_per_million_m2=320.0,
        park_additional_share=0.25,
        cluster_net_entry_share=0.7,
    )
    more = replace(Policy.neutral(), park_space=1_200_000.0)
    assert firms_in_added_space(more, p) == pytest.approx(20.0, rel=1e-12)
    assert scaled_up_in_parks(more, p) == pytest.approx(6.0, rel=1e-12)


def test_less_park_space_than_in_2020_takes_no_firm_away() -> None:
    """Nothing is built, and nobody is put out of what stands."""
    assert firms_in_added_space(replace(Policy.neutral(), park_space=0.0), Parameters.central()) == 0.0
