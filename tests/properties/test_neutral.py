"""Without trend, tax change or lever the district follows outside demand; the first year is plausible."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from model.base import Member
from model.policy import PolicyPath
from model.results import RunResult
from model.simulate import simulate

MEMBERS = 40


def _without_trend(member: Member) -> Member:
    """The same member without R&D trend, tax change and growth gap of high-tech clusters."""
    world = member.outside["known_2021"]
    law = np.repeat(world.super_deduction[:, :1], world.super_deduction.shape[1], axis=1)
    base = replace(member.base, rd_intensity_trend=0.0, hightech_growth_gap=0.0)
    return replace(member, base=base, outside={"known_2021": replace(world, super_deduction=law)})


def test_shocks_entry_exit_and_ladder_only_reallocate(
    draw: Callable[..., Member], path_of: Callable[[str], PolicyPath]
) -> None:
    """Over many seeds GDP, above-scale industry, R&D intensity and high-tech share stay where demand puts them."""
    moves: dict[str, list[float]] = {"gdp": [], "above_scale_value_added": [], "rd_intensity": [], "hightech_share": []}
    definitions = {"rd_intensity": "first_published", "hightech_share": "own_level"}
    for index in range(MEMBERS):
        member = _without_trend(draw(index))
        result = simulate(member, path_of("baseline"), 20)
        world = member.outside["known_2021"]
        growth = np.r_[0.0, [world.gdp_growth_2020] * 3, world.gdp_growth[0, 1:]]
        levels = np.exp(np.cumsum(growth))
        demand = float(np.log(levels[-4:].sum() / levels[:4].sum()))
        for name, values in moves.items():
            at = result.columns.index((name, definitions.get(name, "")))
            move = float(np.log(result.values[-1, at] / result.values[0, at]))
            values.append(move - (demand if name in {"gdp", "above_scale_value_added"} else 0.0))
    for name, values in moves.items():
        error = np.std(values, ddof=1) / np.sqrt(MEMBERS)
        assert abs(np.mean(values)) < 0.01 + 3.0 * error, f"{name} drifts by {np.mean(values):.3f} in five years"


def test_the_first_baseline_year_is_what_the_evidence_allows(run: Callable[..., RunResult]) -> None:
    """Moves of 2021: talents +6 400 to +38 000, R&D intensity -3 to +8 % of itself, high-tech share within 3 points."""
    talents, research, share = [], [], []
    for index in range(MEMBERS):
        result = run(index, "baseline")
        pick = {key: result.values[:5, at] for at, key in enumerate(result.columns)}
        talents.append(np.ptp(pick["talent_total", "residents"][[0, 4]]))
        rd = pick["rd_intensity", "first_published"]
        research.append(rd[4] / rd[0] - 1.0)
        share.append(pick["hightech_share", "own_level"][4] - pick["hightech_share", "own_level"][0])
    assert 6_400 < np.median(talents) < 38_000
    assert -0.03 < np.median(research) < 0.08
    assert abs(np.median(share)) < 3.0
    assert np.mean(np.abs(share) < 4.0) > 0.9


def test_headline_indicators_do_not_depend_on_the_scale(run: Callable[..., RunResult]) -> None:
    """At 1:1000 and 1:300 the means of the headline indicators agree within their Monte-Carlo error."""
    for key in (("rd_intensity", "first_published"), ("hightech_share", "own_level"), ("talent_total", "residents")):
        gaps = []
        for index in range(16):
            coarse, fine = run(index, "plan"), run(index, "plan", 300)
            at = coarse.columns.index(key)
            gaps.append(coarse.values[-1, at] / fine.values[-1, at] - 1.0)
        error = np.std(gaps, ddof=1) / np.sqrt(len(gaps))
        assert abs(np.mean(gaps)) < 3.0 * error + 0.002, f"{key}: {np.mean(gaps):.4f} +- {error:.4f}"
