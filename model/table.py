"""A population as a struct of arrays: one ndarray per attribute, index i is agent i, ids never reused."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray


class Table:
    """Columns that grow together; every attribute is a view on the rows in use.

    Subclasses list their columns in ``COLUMNS`` (name to dtype) and annotate them for the type checker.
    """

    COLUMNS: ClassVar[dict[str, type]] = {}

    def __init__(self, **columns: NDArray[Any]) -> None:
        """Copy the opening columns; all must be named in ``COLUMNS`` and of one length."""
        self.n = 0
        self._store: dict[str, NDArray[Any]] = {name: np.empty(0, dtype) for name, dtype in self.COLUMNS.items()}
        self.append(**columns)

    def append(self, **columns: NDArray[Any]) -> slice:
        """Add rows; returns the slice that holds them.

        Raises
        ------
        ValueError : a column is missing, unknown, or of another length.
        """
        store, lengths = self._store, {len(column) for column in columns.values()}
        if columns.keys() != store.keys() or len(lengths) != 1:
            wrong = sorted(columns.keys() ^ store.keys())
            raise ValueError(f"{type(self).__name__}: columns {wrong} missing or unknown, lengths {sorted(lengths)}")
        first, self.n = self.n, self.n + lengths.pop()
        if self.n > len(next(iter(store.values()))):
            self._grow()
        for name, column in columns.items():
            room = store[name]
            room[first : self.n] = column
            self.__dict__[name] = room[: self.n]
        return slice(first, self.n)

    def _grow(self) -> None:
        """Room for half as many rows again, so that growing stays linear."""
        for name, old in self._store.items():
            room = np.empty(self.n + self.n // 2 + 16, old.dtype)
            room[: len(old)] = old
            self._store[name] = room
