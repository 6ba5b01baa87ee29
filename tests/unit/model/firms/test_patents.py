"""Patents: how the opening stock is spread, what R&D of years ago grants, and what lapses."""

import numpy as np
import pytest

from model.firms.patents import opening_patents, over_told, patents_granted, renew

SITE = np.array([0, 0, 1, 2], np.int8)


def test_patents_of_a_site_go_to_its_firms_by_their_knowledge() -> None:
    """Of 40 patents on knowledge of 1 and 3 the firms have 10 and 30; the one firm of the other site has its 60."""
    held = opening_patents(np.array([1.0, 3.0, 6.0, 0.0]), SITE, np.array([40.0, 60.0, 0.0]))
    assert held.tolist() == [10.0, 30.0, 60.0, 0.0]


def test_where_patents_are_not_known_firms_have_the_mean_of_the_others() -> None:
    """100 patents on knowledge of 10 make 10 a yuan, also for a firm with knowledge of 2 where none are known."""
    held = opening_patents(np.array([1.0, 3.0, 6.0, 2.0]), SITE, np.array([40.0, 60.0, 0.0]))
    assert held[3] == pytest.approx(20.0, rel=1e-12)


def test_patents_without_any_knowledge_are_refused() -> None:
    """Patents cannot be spread over firms that have no knowledge at all."""
    with pytest.raises(ValueError, match="no site whose firms have knowledge"):
        opening_patents(np.zeros(4), SITE, np.array([40.0, 0.0, 0.0]))


def test_grants_are_in_proportion_to_research() -> None:
    """At 0.3 patents a million yuan, ten million give three patents, half as many half of them, nothing none."""
    assert patents_granted(10e6, 1.0, 0.3) == pytest.approx(3.0, rel=1e-12)
    assert patents_granted(10e6, 0.5, 0.3) == pytest.approx(1.5, rel=1e-12)
    assert patents_granted(0.0, 1.0, 0.3) == 0.0


@pytest.mark.parametrize(("quarters", "expected"), [(10, np.exp(-0.2)), (0, 1.0), (-3, 1.0)])
def test_research_before_the_run_is_told_back_at_the_pace_of_2020(quarters: int, expected: float) -> None:
    """At 2 % a quarter R&D of ten quarters ago was exp(-0.2) of today's; R&D that the run holds is taken as it is."""
    assert over_told(0.02, quarters) == pytest.approx(expected, rel=1e-12)


def test_patents_after_a_quarter_and_what_the_books_hold() -> None:
    """Of 100 patents a tenth lapses and 5 are granted; both are told by city, and a closed firm has neither."""
    patents, research = np.array([100.0, 40.0, 0.0]), np.array([20e6, 8e6, 36e6])
    by_city = renew(patents, research, 0.5, (0.5, 0.1), np.array([1, 0, -1], np.int8), 2)
    assert patents.tolist() == [95.0, 38.0, 0.0]
    assert by_city.tolist() == [[2.0, 5.0], [4.0, 10.0]]
