"""Paired effects and prices: against studies that can be counted by hand."""

import math

import numpy as np
import pytest

from outputs import effects
from outputs.intervals import fieller, mean_interval
from outputs.screen import result_text
from outputs.store import Study
from outputs.summary import yearly


def test_the_interval_of_a_mean_by_hand() -> None:
    """Draws 1, 2, 3 have the mean 2 and reach 4.303 / sqrt(3) to either side; one draw bounds nothing."""
    low, high = mean_interval([1.0, 2.0, 3.0])
    assert (low, high) == pytest.approx((2 - 4.302653 / math.sqrt(3), 2 + 4.302653 / math.sqrt(3)), rel=1e-6)
    assert mean_interval([5.0]) == (-math.inf, math.inf)


def test_a_ratio_of_means_covers_the_truth_at_its_level() -> None:
    """Over 2 000 studies of 30 pairs the interval of the ratio 4 / 2 holds it in 95 % of them, to four errors."""
    draws = np.random.default_rng(4).normal(size=(2000, 2, 30))
    held = 0
    for one, other in draws:
        ratio, low, high = fieller(4.0 + one + 0.5 * other, 2.0 + other)
        assert low < ratio < high
        held += low < 2.0 < high
    assert abs(held / 2000 - 0.95) < 4 * math.sqrt(0.95 * 0.05 / 2000)


def test_a_ratio_to_nothing_has_no_bounds() -> None:
    """Where the effect may be zero, or goes down, no price is named."""
    draws = np.random.default_rng(5).normal(size=40)
    assert all(math.isnan(value) for value in fieller(np.ones(40), draws))
    assert all(math.isnan(value) for value in fieller(np.ones(40), draws - 9.0))


@pytest.mark.parametrize(
    ("difference", "sign"),
    [
        ([0.0, 0.0, 0.0], effects.UNTOUCHED),
        ([1.0, 1.1, 0.9], effects.RISES),
        ([-1.0, -1.1, -0.9], effects.FALLS),
        ([-1.0, 1.1, 0.1], effects.UNSURE),
    ],
)
def test_signs(difference: list[float], sign: str) -> None:
    """A sign is told only when the interval of the mean leaves zero out; nothing at all is told apart from noise."""
    assert effects.effect(np.array(difference))["sign"] == sign


def test_differences_are_paired_by_member(study: Study) -> None:
    """The effect of a scenario is the mean of its members' own differences to the first scenario."""
    values = yearly(study, "talent_total", "residents")
    found = effects.paired(study, "talent_total", "residents")
    first, *others = [entry.scenario_id for entry in study.definition.scenarios]
    assert list(found) == others
    for scenario in others:
        assert found[scenario].tolist() == (values[scenario][:, -1] - values[first][:, -1]).tolist()


def test_added_cost_is_that_of_all_years_beyond_the_first_scenario(study: Study) -> None:
    """Cost of 2021 to the last year, all payers and the district, member by member."""
    rows = study.costs()
    sums = rows[rows["year"] > 2020] if "year" in rows else rows
    by_run = sums.groupby(["scenario", "member"], observed=True)["yuan"].sum()
    first, second, *_ = [entry.scenario_id for entry in study.definition.scenarios]
    whole, own = effects.added_cost(study)[second]
    expected = [by_run[second, member] - by_run[first, member] for member in study.finished_members(second)]
    assert whole == pytest.approx(expected, rel=1e-9, abs=1e-6)
    assert (np.abs(own) <= np.abs(whole) + 1e-6).all()


def test_tables_have_a_row_for_each_scenario_but_the_first(study: Study) -> None:
    """Every other scenario has an effect on each definition of each headline target, and a price or the lack of one."""
    table, prices = effects.effect_table(study), effects.price_table(study)
    others = [entry.scenario_id for entry in study.definition.scenarios[1:]]
    assert set(table["scenario"]) == set(prices["scenario"]) == set(others)
    assert len(prices) == 2 * len(others)
    assert {"revised_gdp", "enclave_at_home", "enclave_in_shanghai"} <= set(table["definition"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_screen_names_effects_and_prices(study: Study, language: str) -> None:
    """The result says what changes, at what cost, in both languages."""
    shown = result_text(study, language)
    title = {"zh": "相比 2025 年的变化", "en": "Change in 2025 against"}[language]
    assert title in shown
    assert {"zh": "累计新增费用", "en": "Added cost since 2021"}[language] in shown
