"""Coalitions: a scenario with the levers of some players alone, so that its effect can be shared out among them.

A player is a lever, or a family of levers. The levers of a coalition stand as the scenario sets them, all others as the
reference does; the outside world is the scenario's own in every coalition.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from model.policy import PolicyPath

By = Literal["family", "lever"]


@dataclass(frozen=True)
class Player:
    """One who takes a share: a lever, or all moving levers of a family."""

    player_id: str
    family: str
    levers: tuple[str, ...]


@dataclass(frozen=True)
class Coalitions:
    """The game that a scenario plays against a reference: who takes part, and every coalition to be run."""

    whole: PolicyPath
    reference: PolicyPath
    by: By
    players: tuple[Player, ...]
    """Those whose levers differ between the two scenarios; nobody else can have a share."""
    masks: tuple[int, ...]
    """Coalitions in ascending order: bit k of a mask is player k; 0 is nobody, the last is everybody."""
    paths: tuple[PolicyPath, ...]
    """(n_coalitions,) of ``masks``."""
    orders: tuple[tuple[int, ...], ...] = ()
    """Orders in which players join, each followed by its reverse; none where every coalition is run."""
    other_world: tuple[str, ...] = ()
    """What beside levers the two scenarios differ in; it is the scenario's in every coalition, and nobody's share."""

    @property
    def exact(self) -> bool:
        """Whether all coalitions are run, so that shares carry no error of sampling."""
        return not self.orders


__all__ = ["By", "Coalitions", "Player"]
