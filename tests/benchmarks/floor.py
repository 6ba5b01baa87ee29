"""The floor of a quarter: bytes that the eleven calls must read and write, and how fast this machine copies.

Counted from the arrays of a running economy. **By call**: a call reads each column of a table that it names once from
end to end, and writes the elements that it changed. Where a call looks at some rows alone, as `SOME_ROWS` says, these
count alone. **State once**: each column that any call names is read once in the quarter, and what differs at its end is
written once: no order of rules could do with less. Work arrays, books, records and histories count nothing.

A rule on firms that looks at few rows counts as one that reads all, so the floor by call is on the high side for them;
at one to one firms are a hundredth of the agents.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from model.economy import Economy
from model.table import Table

TABLES = ("talents", "firms", "holdings")
Call = tuple[object, str]
"""The module that owns a call, and its name there."""


def befallen(economy: Economy) -> int:
    """Talents whom something befell: the labour market looks at those of them who are left."""
    return sum(len(rows) for rows in economy.events.values())


SOME_ROWS: dict[tuple[str, str], Callable[[Any], int]] = {("talents_search_and_are_hired", "talents"): befallen}
"""(call, table) -> number of rows that it looks at, asked when the call is over."""


@dataclass
class Touched:
    """Bytes of one quarter."""

    read: dict[str, float] = field(default_factory=dict)
    """By call."""
    written: dict[str, float] = field(default_factory=dict)
    once_read: float = 0.0
    once_written: float = 0.0

    @property
    def by_call(self) -> float:
        """Bytes read and written, call by call."""
        return sum(self.read.values()) + sum(self.written.values())

    @property
    def once(self) -> float:
        """Bytes of the state read once and its changes written once."""
        return self.once_read + self.once_written


def touched(economy: Any, calls: Sequence[Call], step: Callable[[], None]) -> Touched:
    """Bytes that a quarter touches; the quarter is really run.

    Parameters
    ----------
    economy : has the tables of `TABLES`.
    calls : each is wrapped while ``step`` runs, and takes the economy.
    step : runs one quarter.
    """
    found, watched = Touched(), [_Watched(getattr(economy, name)) for name in TABLES]
    before = [watch.copy() for watch in watched]
    originals = [getattr(owner, name) for owner, name in calls]
    for (owner, name), original in zip(calls, originals, strict=True):

        def counted(told: Any, name: str = name, call: Callable[[Any], None] = original) -> None:
            then = [watch.open() for watch in watched]
            call(told)
            found.read[name], found.written[name] = 0.0, 0.0
            for table, watch, old in zip(TABLES, watched, then, strict=True):
                some = SOME_ROWS.get((name, table))
                found.read[name] += watch.close(some(economy) if some else None)
                found.written[name] += watch.changed(old)

        setattr(owner, name, counted)
    try:
        step()
    finally:
        for (owner, name), original in zip(calls, originals, strict=True):
            setattr(owner, name, original)
        for watch in watched:
            watch.restore()
    for watch, old in zip(watched, before, strict=True):
        found.once_read += watch.bytes_of(watch.ever)
        found.once_written += watch.changed(old)
    return found


class _Watched:
    """A table whose columns are noted when they are asked for."""

    def __init__(self, table: Table) -> None:
        plain, self.names = type(table), set[str]()
        self.ever: set[str] = set()
        self.watching, self.plain, self.table = False, plain, table
        notes = self

        class Noting(plain):  # type: ignore[misc, valid-type] # a class made for this table
            def __getattribute__(self, name: str) -> Any:
                if notes.watching and name in plain.COLUMNS:
                    notes.names.add(name)
                return super().__getattribute__(name)

        table.__class__ = Noting

    def open(self) -> dict[str, Any]:
        """Begin to note, and keep what the columns hold."""
        kept = self.copy()
        self.names.clear()
        self.watching = True
        return kept

    def copy(self) -> dict[str, Any]:
        return {name: getattr(self.table, name).copy() for name in self.plain.COLUMNS}

    def close(self, rows: int | None) -> float:
        """Stop noting; bytes of the columns that were asked for, of all rows or of so many."""
        self.watching = False
        self.ever |= self.names
        return self.bytes_of(self.names, rows)

    def bytes_of(self, names: set[str], rows: int | None = None) -> float:
        """Bytes of columns."""
        n = self.table.n if rows is None else rows
        return float(sum(n * getattr(self.table, name).itemsize for name in names))

    def changed(self, old: dict[str, Any]) -> float:
        """Bytes of the elements that differ from what they were, new rows included."""
        total = 0
        for name, column in old.items():
            now = getattr(self.table, name)
            total += now.itemsize * (len(now) - len(column) + int(np.sum(now[: len(column)] != column)))
        return float(total)

    def restore(self) -> None:
        """Make the table what it was."""
        self.table.__class__ = self.plain


def copy_bandwidth(repeats: int = 5) -> list[float]:
    """Bytes a second that one thread reads and writes when it copies arrays far larger than the caches."""
    source, target = np.ones(32_000_000), np.empty(32_000_000)
    np.copyto(target, source)
    found = []
    for _ in range(repeats):
        start = time.perf_counter()
        np.copyto(target, source)
        found.append(2.0 * source.nbytes / (time.perf_counter() - start))
    return found
