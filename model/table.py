"""A population as a struct of arrays: one ndarray per attribute, index i is agent i, ids never reused."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, ClassVar

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.compiled import RULE

_WIDTHS = (1, 2, 4, 8)
"""Of columns, in bytes."""
_SPARE = 30_000
"""Rows of room beyond, so that small tables hardly ever grow: memory that is never written to takes none."""


class Table:
    """Columns that grow together; every attribute is a view on the rows in use.

    Subclasses list their columns in ``COLUMNS`` (name to dtype) and annotate them for the type checker.
    """

    COLUMNS: ClassVar[dict[str, type]] = {}

    def __init__(self, **columns: NDArray[Any] | float) -> None:
        """Copy the opening columns; all must be named in ``COLUMNS`` and of one length, or one number for all rows."""
        self.n, self._room, widths = 0, 0, [np.dtype(dtype).itemsize for dtype in self.COLUMNS.values()]
        self._blocks = {width: np.empty((widths.count(width), 0), f"u{width}") for width in _WIDTHS}
        """Columns of one width in bytes lie in one block, (n_columns, room), so that rows are copied block by block."""
        self._open_columns()
        self.append(**columns)

    def append(self, **columns: NDArray[Any] | float) -> slice:
        """Add rows; returns the slice that holds them. A column may be one number for all of them.

        Raises
        ------
        ValueError : a column is missing, unknown, or of another length.
        """
        lengths = {np.size(column) for column in columns.values() if not np.isscalar(column)}
        if columns.keys() != self.COLUMNS.keys() or len(lengths) != 1:
            wrong = sorted(columns.keys() ^ self.COLUMNS.keys())
            raise ValueError(f"{type(self).__name__}: columns {wrong} missing or unknown, lengths {sorted(lengths)}")
        added = self._make_room(lengths.pop())
        return self._write(added, columns)

    def append_like(
        self, rows: NDArray[np.int64], blank: tuple[str, ...] = (), /, **columns: NDArray[Any] | float
    ) -> slice:
        """Add rows that take over from others, (n,) ``rows``, what ``columns`` do not give; returns their slice.

        A column may be one number for all rows; those named in ``blank`` are zero in the new rows.

        Raises
        ------
        ValueError : a column is unknown, ``blank`` or not, or of another length than ``rows``.
        """
        lengths = {np.size(column) for column in columns.values() if not np.isscalar(column)}
        if not columns.keys() <= self.COLUMNS.keys() or not lengths <= {len(rows)}:
            wrong = sorted(columns.keys() - self.COLUMNS.keys())
            raise ValueError(
                f"{type(self).__name__}: columns {wrong} unknown, lengths {sorted(lengths)}, not {len(rows)}"
            )
        lines_kept, added = self._lines_kept(blank), self._make_room(len(rows))
        _copy_rows(*self._blocks.values(), lines_kept, rows, added.start)
        return self._write(added, columns)

    def _write(self, added: slice, columns: Mapping[str, NDArray[Any] | float]) -> slice:
        """Fill new rows of some columns, and show the rows in use of all."""
        for name, column in columns.items():
            self._columns[name][added] = column
        shown, used = self.__dict__, slice(added.stop)
        for name, room in self._columns.items():
            shown[name] = room[used]
        return added

    def _make_room(self, n: int) -> slice:
        """Count new rows in; where room ends, make half as much again and more, so that growing stays linear."""
        first, self.n = self.n, self.n + n
        if self.n > self._room:
            self._room = self.n + self.n // 2 + _SPARE
            for width, old in self._blocks.items():
                self._blocks[width] = np.empty((len(old), self._room), old.dtype)
                self._blocks[width][:, :first] = old[:, :first]
            self._open_columns()
        return slice(first, self.n)

    def _open_columns(self) -> None:
        """Name the lines of the blocks."""
        lines = {width: iter(block) for width, block in self._blocks.items()}
        self._columns = {
            name: next(lines[np.dtype(dtype).itemsize]).view(dtype) for name, dtype in self.COLUMNS.items()
        }

    @classmethod
    @functools.cache
    def _lines_kept(cls, blank: tuple[str, ...]) -> NDArray[np.bool_]:
        """Of the lines of all blocks, one block after the other, which are not ``blank``."""
        if not set(blank) <= cls.COLUMNS.keys():
            raise ValueError(f"{cls.__name__}: blank columns {sorted(set(blank) - cls.COLUMNS.keys())} unknown")
        by_width = sorted(cls.COLUMNS, key=lambda name: np.dtype(cls.COLUMNS[name]).itemsize)
        return np.array([name not in blank for name in by_width])


@nb.njit(**RULE)
def _copy_rows(ones, twos, fours, eights, kept, rows, first):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """Fill new rows, from the ``first`` on, of the lines of all blocks with what other rows hold, or with zeros."""
    n_ones, n_twos, n_fours = len(ones), len(ones) + len(twos), len(ones) + len(twos) + len(fours)
    _copy_lines(ones, kept[:n_ones], rows, first)
    _copy_lines(twos, kept[n_ones:n_twos], rows, first)
    _copy_lines(fours, kept[n_twos:n_fours], rows, first)
    _copy_lines(eights, kept[n_fours:], rows, first)


@nb.njit(**RULE)
def _copy_lines(block, kept, rows, first):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """`_copy_rows` of one block."""
    for line in range(kept.size):
        column = block[line]
        if kept[line]:
            for i in range(rows.size):
                column[first + i] = column[rows[i]]
        else:
            for i in range(rows.size):
                column[first + i] = 0
