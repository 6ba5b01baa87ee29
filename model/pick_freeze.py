"""Members whose uncertainties are swapped one at a time: the design that splits the variance of a result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from model.base import Member

GROUPS = ("base", "parameters", "outside", "chance")
"""The four kinds of uncertainty of a member."""
RUNS_PER_ROW = len(GROUPS) + 2


class Mixing(Protocol):
    """Makes members whose uncertainties are those of several members."""

    def mixed(self, index: int, picks: Mapping[str, int]) -> Member:
        """Make the member with that number; ``picks`` names, for each uncertainty, the member that it is taken from."""
        ...


@dataclass(frozen=True)
class PickFreeze:
    """A source of members by rows of six: A, then A with each of the four groups of B, then B.

    Row ``r`` is made of the members ``2 r`` (A) and ``2 r + 1`` (B) of ``source``: a longer design holds a shorter one.
    Saltelli et al. (2010), Comput. Phys. Commun. 181.
    """

    source: Mixing

    def __call__(self, index: int) -> Member:
        """Make member ``index``: row ``index // 6``, place ``index % 6``."""
        return self.source.mixed(index, picks(index))


def picks(index: int) -> dict[str, int]:
    """Member of the source from which each group of a member of the design is taken."""
    row, place = divmod(index, RUNS_PER_ROW)
    a, b = 2 * row, 2 * row + 1
    if place == RUNS_PER_ROW - 1:
        return dict.fromkeys(GROUPS, b)
    return {group: b if place == swapped else a for swapped, group in enumerate(GROUPS, start=1)}
