"""A lever setting, and what can be set."""

from __future__ import annotations

import numpy as np
import pytest

from outputs.page.setting import Choices, Lift, Setting, Span, within
from scenarios import lever_space
from scenarios.lever_space import CHOSEN, YEARS

CHOICES = Choices(CHOSEN, YEARS)
INSTITUTES = CHOICES.by_id["univ_institutes"]


def moved(level: float, first: int, last: int, before: float = INSTITUTES.baseline) -> Setting:
    """The institutes moved alone."""
    return CHOICES.moved(Setting(), INSTITUTES, Lift(level, Span(first, last), before))


def test_a_move_stays_within_bounds_and_back_at_2020_is_no_move() -> None:
    """Beyond a bound a lever stays there; at its level of 2020 nothing is left of the move."""
    assert moved(1e9, 2022, 2025).lifts["univ_institutes"].level == 18.0
    low = moved(-1e9, 2022, 2025)
    assert low.lifts == {"univ_institutes": Lift(0.0, Span(2022, 2025), 3.0)}
    assert CHOICES.moved(low, INSTITUTES, Lift(3.0, Span(2023, 2025), 3.0)) == Setting()


def test_nothing_stands_before_a_span_that_begins_at_once() -> None:
    """A level before is kept where years pass first, also beside a last level of 2020, and dropped elsewhere."""
    assert moved(3.0, 2024, 2025, before=6.0).lifts["univ_institutes"] == Lift(3.0, Span(2024, 2025), 6.0)
    assert moved(9.0, 2022, 2024, before=6.0).lifts["univ_institutes"].before == 3.0


@pytest.mark.parametrize(
    ("span", "before", "levels"),
    [
        (Span(2022, 2022), 3.0, [9.0, 9.0, 9.0, 9.0]),
        (Span(2022, 2023), 3.0, [6.0, 9.0, 9.0, 9.0]),
        (Span(2022, 2024), 3.0, [5.0, 7.0, 9.0, 9.0]),
        (Span(2022, 2025), 3.0, [4.5, 6.0, 7.5, 9.0]),
        (Span(2023, 2025), 3.0, [3.0, 5.0, 7.0, 9.0]),
        (Span(2024, 2025), 5.0, [5.0, 5.0, 7.0, 9.0]),
        (Span(2025, 2025), 1.0, [1.0, 1.0, 1.0, 9.0]),
    ],
)
def test_a_lever_goes_in_the_years_that_were_chosen(span: Span, before: float, levels: list[float]) -> None:
    """By year: where it stood before until the span begins, then a straight line to its level in the last year."""
    vector = CHOICES.vector(CHOICES.moved(Setting(), INSTITUTES, Lift(9.0, span, before)))
    assert lever_space.levels(vector) == {"univ_institutes": dict(zip(YEARS, levels, strict=True))}


def test_a_vector_gives_its_setting_back() -> None:
    """Levels above and below 2020, years and levels before come back; strengths below 2020 are negative."""
    setting = CHOICES.moved(moved(0.6, 2024, 2025, 12.0), CHOSEN[0], Lift(4.0, Span(2022, 2023), 0.0))
    vector = CHOICES.vector(setting)
    assert vector.shape == (3 * len(CHOSEN),)
    assert vector[CHOSEN.index(INSTITUTES)] == pytest.approx(-0.8)
    assert CHOICES.of_vector(vector) == setting
    assert CHOICES.of_vector(np.zeros(3 * len(CHOSEN))) == Setting()


def test_a_lever_that_was_not_taught_to_fall_does_not() -> None:
    """Its lower bound becomes its level of 2020; a lever that training took to its bound keeps it."""
    lowest = [lever.bounds[0] for lever in CHOSEN]
    lowest[CHOSEN.index(INSTITUTES)] = 2.0
    levers = within(CHOSEN, lowest)
    (kept,) = [lever for lever in levers if lever.lever_id == "univ_institutes"]
    assert kept.bounds == (3.0, 18.0)
    assert [lever for lever in levers if lever not in CHOSEN] == [kept]
