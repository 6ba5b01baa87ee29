"""Policies that differ from member to member: each chosen lever somewhere between two scenarios."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.errors import UsageError
from model.policy import PolicyPath, replace

FloatArray = NDArray[np.float64]
_ID_LENGTH = 12


@dataclass(frozen=True)
class PolicyPoints:
    """Where each chosen lever stands between two paths, a row a member; it can be hashed and sent to a worker.

    A share of 0 is the lever's path in ``low``, 1 that in ``high``, quarter by quarter in a straight line between them.
    Levers that are not chosen stay as the scenario has them.
    """

    lever_ids: tuple[str, ...]
    packed: bytes
    """The rows, float64, little-endian."""
    low: PolicyPath
    high: PolicyPath

    def __post_init__(self) -> None:
        """Refuse what is no such table."""
        known = [lever.lever_id for lever in self.low.levers]
        problems = [f"policy points: lever '{name}' does not exist" for name in self.lever_ids if name not in known]
        if self.low.intensity.shape != self.high.intensity.shape:
            problems.append("policy points: the two scenarios do not reach equally far")
        if not self.lever_ids or not self.packed or len(self.packed) % (8 * len(self.lever_ids)):
            problems.append("policy points: a table of at least one row and one lever is needed")
        elif not ((self.rows >= 0.0) & (self.rows <= 1.0)).all():
            problems.append("policy points: shares must lie between 0 and 1")
        if problems:
            raise UsageError(problems)

    @classmethod
    def of(cls, lever_ids: Sequence[str], rows: FloatArray, low: PolicyPath, high: PolicyPath) -> PolicyPoints:
        """Make them of a matrix.

        Parameters
        ----------
        rows : (n_members, n_levers) shares of the way from ``low`` to ``high``.

        Raises
        ------
        UsageError : shapes do not fit, a lever is unknown, or a share is outside 0 to 1.
        """
        matrix = np.ascontiguousarray(rows, dtype="<f8")
        if matrix.ndim != 2 or matrix.shape[1] != len(lever_ids):
            raise UsageError(f"policy points: rows of shape {matrix.shape} do not fit {len(lever_ids)} levers")
        return cls(tuple(lever_ids), matrix.tobytes(), low, high)

    @property
    def rows(self) -> FloatArray:
        """(n_members, n_levers) shares, read only."""
        return np.frombuffer(self.packed, dtype="<f8").reshape(-1, len(self.lever_ids))

    def path_of(self, path: PolicyPath, member: int) -> PolicyPath:
        """The scenario with its chosen levers where this member has them.

        Raises
        ------
        UsageError : the table ends before this member.
        """
        if not 0 <= member < len(self.rows):
            raise UsageError(f"member {member} is not among the {len(self.rows)} of the policy points")
        index = [[lever.lever_id for lever in path.levers].index(name) for name in self.lever_ids]
        low, high = self.low.intensity[index], self.high.intensity[index]
        intensity = path.intensity.copy()
        intensity[index] = low + self.rows[member][:, None] * (high - low)
        intensity.setflags(write=False)
        return replace(path, intensity=intensity)

    @property
    def points_id(self) -> str:
        """First 12 hexadecimal digits of a hash of everything here: part of what defines a study."""
        digest = hashlib.sha256(f"{self.lever_ids}|".encode() + self.packed)
        for path in (self.low, self.high):
            digest.update(np.ascontiguousarray(path.intensity, dtype="<f8").tobytes())
        return digest.hexdigest()[:_ID_LENGTH]


__all__ = ["PolicyPoints"]
