"""Points: chosen values of some inputs, a row a point, for designs of runs and for a posterior sample.

The name of an input is the name of the stream that would draw it: ``base:rd_intensity``, ``parameter:rd_adjust_speed``,
``outside:gdp_growth_2021``, ``outside:gdp_growth:2022`` (a value drawn anew for each year or city carries it).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from model.errors import UsageError

FloatArray = NDArray[np.float64]
Kind = Literal["quantile", "value"]
_ID_LENGTH = 12


@dataclass(frozen=True)
class Points:
    """A table of points that can be hashed, compared and sent to a worker."""

    names: tuple[str, ...]
    kind: Kind
    """Whether the rows hold quantiles of the priors in (0, 1), or values in plain units."""
    packed: bytes
    """The rows, float64, little-endian."""
    replicates: int = 1
    """Members that run each point."""
    shared_luck: bool = True
    """Whether the k-th replicate of every point has the same luck, and the same draws of what is not in the design."""
    lucks: tuple[int, ...] = ()
    """(n_points,) index of the luck of each point, where the design varies luck too; empty where ``shared_luck`` says.

    With it a design may set no input at all: its points then differ in luck, and in what another table sets for them.
    """
    partial: bool = False
    """Whether a cell that is not a number leaves its input as it would be drawn without the design."""

    def __post_init__(self) -> None:
        """Refuse a table that is none."""
        problems = [f"points: {name} is given twice" for name in set(self.names) if self.names.count(name) > 1]
        if not self.n_points or len(self.packed) != 8 * len(self.names) * self.n_points:
            problems.append("points: a table of at least one row and one column is needed")
        elif not np.isfinite(said := self._said).all():
            problems.append("points: every value must be a finite number")
        elif self.kind == "quantile" and not ((said > 0.0) & (said < 1.0)).all():
            problems.append("points: quantiles must lie between 0 and 1, both excluded")
        if self.replicates < 1:
            problems.append(f"points: replicates is {self.replicates}, it must be 1 or more")
        if any(luck < 0 for luck in self.lucks):
            problems.append("points: an index of luck is negative")
        if problems:
            raise UsageError(problems)

    @classmethod
    def of(
        cls,
        names: Sequence[str],
        rows: FloatArray,
        kind: Kind = "quantile",
        *,
        replicates: int = 1,
        shared_luck: bool = True,
        lucks: tuple[int, ...] = (),
    ) -> Points:
        """Make points of a matrix.

        Parameters
        ----------
        names : (n_inputs,) of the inputs.
        rows : (n_points, n_inputs) quantiles or values.
        lucks : as the field says.

        Raises
        ------
        UsageError : shapes do not fit, a value is not finite, or a quantile is outside (0, 1).
        """
        return cls(tuple(names), kind, _packed(names, rows), replicates, shared_luck, lucks)

    @classmethod
    def partly(cls, names: Sequence[str], rows: FloatArray, lucks: tuple[int, ...]) -> Points:
        """Make points of quantiles that set some inputs only; a cell that is not a number leaves its input as drawn.

        Raises
        ------
        UsageError : as `of` says.
        """
        return cls(tuple(names), "quantile", _packed(names, rows), lucks=lucks, partial=True)

    @property
    def _said(self) -> FloatArray:
        """Every value that the rows set."""
        return self.rows[~np.isnan(self.rows)] if self.partial else self.rows

    @property
    def rows(self) -> FloatArray:
        """(n_points, n_inputs), read only."""
        return np.frombuffer(self.packed, dtype="<f8").reshape(self.n_points, len(self.names))

    @property
    def n_points(self) -> int:
        """Number of rows."""
        return len(self.lucks) or len(self.packed) // (8 * max(len(self.names), 1))

    @property
    def n_members(self) -> int:
        """Members that run the whole design: member i runs point i // replicates."""
        return self.n_points * self.replicates

    def luck(self, member: int) -> int:
        """Index that keys the luck of a member, and its draws of all that the design does not set."""
        if self.lucks:
            point, replicate = divmod(member, self.replicates)
            return self.lucks[point] * self.replicates + replicate
        return member % self.replicates if self.shared_luck else member

    def of_member(self, member: int) -> Mapping[str, float]:
        """What the design sets for a member, by name of the input.

        Raises
        ------
        UsageError : the design ends before this member.
        """
        if not 0 <= member < self.n_members:
            raise UsageError(f"member {member} is not part of a design of {self.n_members} members")
        return self.row(member // self.replicates)

    def row(self, point: int) -> Mapping[str, float]:
        """One row, by name of the input; what it leaves as drawn is not in it."""
        row = zip(self.names, map(float, self.rows[point]), strict=True)
        return {name: value for name, value in row if not (self.partial and np.isnan(value))}

    @property
    def points_id(self) -> str:
        """First 12 hexadecimal digits of a hash of everything here: part of what defines a study."""
        about = f"{self.names}|{self.kind}|{self.replicates}|{self.shared_luck}|".encode()
        about += f"{self.lucks}|".encode() if self.lucks else b""
        about += b"partial|" if self.partial else b""
        return hashlib.sha256(about + self.packed).hexdigest()[:_ID_LENGTH]


def _packed(names: Sequence[str], rows: FloatArray) -> bytes:
    """The rows as bytes."""
    matrix = np.ascontiguousarray(rows, dtype="<f8")
    if matrix.ndim != 2 or matrix.shape[1] != len(names):
        raise UsageError(f"points: rows of shape {matrix.shape} do not fit {len(names)} names")
    return matrix.tobytes()


__all__ = ["Kind", "Points"]
