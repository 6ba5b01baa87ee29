"""Members of an ensemble: base, parameters, outside world and luck, each drawn or held."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from calibration.base_2020 import build_base, draw_uncertain
from calibration.inputs import check_points, inputs, plain_values
from calibration.outside import OutsideDraws, outside_worlds
from calibration.tables import DATA_DIR, cached_tables
from model.base import Member
from model.errors import UsageError, near_match
from model.parameters import Parameters
from model.points import Points
from model.strata import draw_of
from model.streams import key

UNCERTAINTIES = ("base", "parameters", "outside", "chance")
POSTERIOR = "posterior"
"""Folder of the accepted posterior, below that of the tables."""
_SEED_BITS = 63


@dataclass(frozen=True)
class MemberSource:
    """Makes members by index, the same ones in any order and on any worker; small enough to be sent to one.

    ``switch_off`` names uncertainties held: at central values, or for ``chance`` at one luck for all members.
    ``points`` sets chosen inputs, member by member, whatever is held; a member draws the rest, keyed by its luck.
    ``posterior`` is a sample of plain values from which each member draws one row; what it does not name, or what
    ``points`` sets, is as without it. Held values are central ones, and for what the posterior names its medians.
    ``draws`` says how uncertain values are drawn: each member for itself (``independent``), or ``stratified``
    (`model.strata`); the row of the posterior then by rows in the order of their first principal component. Individual
    luck (``chance``) is each member's own either way.
    """

    data_dir: Path = DATA_DIR
    scale: int = 100
    seed: int = 0
    n_quarters: int = 20
    switch_off: tuple[str, ...] = ()
    points: Points | None = None
    posterior: Points | None = None
    draws: str = "independent"

    def __post_init__(self) -> None:
        """Refuse an unknown uncertainty, an unknown input, and a value that its prior excludes."""
        unknown = [name for name in self.switch_off if name not in UNCERTAINTIES]
        if unknown:
            raise UsageError(
                [f"uncertainty '{name}' does not exist; {near_match(name, UNCERTAINTIES)}" for name in unknown]
            )
        draw_of(self.draws)
        if self.posterior and self.posterior.kind != "value":
            raise UsageError("posterior: a sample must hold values, not quantiles")
        for points in (self.points, self.posterior):
            if points:
                check_points(points, self.data_dir)

    def __call__(self, index: int) -> Member:
        """Make member ``index``; raises as `mixed` does."""
        return self.mixed(index, dict.fromkeys(UNCERTAINTIES, index))

    def mixed(self, index: int, picks: Mapping[str, int]) -> Member:
        """Make a member whose uncertainties are those of several members.

        Parameters
        ----------
        index : its own number, which decides nothing.
        picks : uncertainty -> member whose draw of it is taken.

        Raises
        ------
        DataError : the tables are broken.
        CalibrationError : the drawn base year cannot be balanced.
        """
        tables = cached_tables(self.data_dir)
        luck = {kind: self.points.luck(pick) if self.points else pick for kind, pick in picks.items()}
        given = {kind: self._given(kind, pick, luck[kind]) for kind, pick in picks.items()}
        held = {kind: kind in self.switch_off for kind in UNCERTAINTIES}
        seed, draw = self.seed, draw_of(self.draws)
        drawn = draw_uncertain(tables, seed, luck["base"], central=held["base"], draw=draw) | given["base"]
        base = build_base(tables, drawn, self.scale)
        own = partial(draw, seed, luck["outside"])
        outside = OutsideDraws(tables, own, central=held["outside"], given=given["outside"])
        parameters = Parameters.central() if held["parameters"] else Parameters.draw(seed, luck["parameters"], draw)
        return Member(
            index=index,
            base=base,
            parameters=replace(parameters, **given["parameters"]) if given["parameters"] else parameters,
            outside=outside_worlds(outside, self.n_quarters, base.travel_hours),
            seed=member_seed(self.seed, 0 if held["chance"] else luck["chance"]),
        )

    def _given(self, kind: str, pick: int, luck: int) -> dict[str, float]:
        """What of a kind is not drawn from a prior for a member with that luck, in plain units by name."""
        given: dict[str, float] = {}
        known = inputs(self.data_dir) if self.points or self.posterior else {}
        if self.posterior and kind in self.switch_off:
            middle = np.median(self.posterior.rows, axis=0)
            given = dict(zip(self.posterior.names, map(float, middle), strict=True))
        elif self.posterior:
            given = dict(self.posterior.row(self._row(self.posterior, luck)))
        if self.points:
            given |= plain_values(self.points, self.points.of_member(pick), self.data_dir)
        return {known[name].short: value for name, value in given.items() if known[name].kind == kind}

    def _row(self, posterior: Points, luck: int) -> int:
        """Row of the posterior that a member with that luck draws."""
        place = int(draw_of(self.draws)(self.seed, luck, "posterior:row") * posterior.n_points)
        return place if self.draws == "independent" else int(along_component(posterior)[place])


@lru_cache(maxsize=4)
def along_component(sample: Points) -> NDArray[np.int64]:
    """(n_points,) rows of a sample in the order of their first principal component.

    Columns count in their standard deviations; a column that is constant counts nothing. Sums are numpy's own, not
    those of a linear algebra library, whose last bit can hang on the number of threads.
    """
    rows = sample.rows - sample.rows.mean(axis=0)
    spread = rows.std(axis=0)
    rows = np.divide(rows, spread, out=np.zeros_like(rows), where=spread > 0.0)
    _, vectors = np.linalg.eigh(np.einsum("ki,kj->ij", rows, rows))
    first = vectors[:, -1] * np.sign(vectors[np.abs(vectors[:, -1]).argmax(), -1])
    return np.argsort(np.einsum("ki,i->k", rows, first), kind="stable")


def member_seed(seed: int, member: int) -> int:
    """Key of a member's individual luck, a whole number of 63 bits."""
    return int(key(seed, f"member:{member}")) >> (64 - _SEED_BITS)


def data_hash(data_dir: Path = DATA_DIR) -> str:
    """SHA-256 over the names and contents of all tables, sorted; line endings do not count.

    The accepted posterior is no table: it rests on them, and remembers this hash.
    """
    digest = hashlib.sha256()
    tables = (path for path in data_dir.rglob("*.csv") if POSTERIOR not in path.relative_to(data_dir).parts)
    for path in sorted(tables, key=lambda p: p.relative_to(data_dir).as_posix()):
        digest.update(path.relative_to(data_dir).as_posix().encode())
        digest.update(b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
        digest.update(b"\0")
    return digest.hexdigest()
