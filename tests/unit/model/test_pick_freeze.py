"""The design that swaps one uncertainty at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from calibration.members import UNCERTAINTIES
from model.pick_freeze import GROUPS, PickFreeze, picks

if TYPE_CHECKING:
    from model.pick_freeze import Mixing


class Recorded:
    """Gives back what it was asked for."""

    def mixed(self, index: int, chosen: dict[str, int]) -> Any:
        """Number and picks."""
        return index, chosen


def test_a_row_is_a_then_a_with_each_group_of_b_then_b() -> None:
    """Row 2 is made of members 4 and 5; its second place has the base of 5, its last is 5 altogether."""
    a, b = dict.fromkeys(GROUPS, 4), dict.fromkeys(GROUPS, 5)
    assert picks(12) == a
    assert [picks(13 + place) for place in range(4)] == [a | {group: 5} for group in GROUPS]
    assert picks(17) == b


def test_the_source_is_asked_for_the_mixture() -> None:
    """The member keeps its own number."""
    made = cast("Any", PickFreeze(cast("Mixing", Recorded()))(8))
    assert made == (8, {"base": 2, "parameters": 3, "outside": 2, "chance": 2})


def test_the_groups_are_the_uncertainties_of_members() -> None:
    """The two packages name them alike."""
    assert GROUPS == UNCERTAINTIES
