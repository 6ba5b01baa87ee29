"""Members of an ensemble: base, parameters, outside world and luck, each drawn or held."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from calibration.base_2020 import build_base, draw_uncertain
from calibration.outside import draw_outside
from calibration.tables import DATA_DIR, Tables, load_tables
from model.base import Member
from model.errors import UsageError, near_match
from model.parameters import Parameters
from model.streams import key

UNCERTAINTIES = ("base", "parameters", "outside", "chance")
_SEED_BITS = 63


@lru_cache(maxsize=4)
def cached_tables(data_dir: Path) -> Tables:
    """Return the tables of a folder, loaded once per process."""
    return load_tables(data_dir)


@dataclass(frozen=True)
class MemberSource:
    """Makes members by index, the same ones in any order and on any worker; small enough to be sent to one.

    ``switch_off`` names uncertainties held: at central values, or for ``chance`` at one luck for all members.
    """

    data_dir: Path = DATA_DIR
    scale: int = 100
    seed: int = 0
    n_quarters: int = 20
    switch_off: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an unknown uncertainty."""
        unknown = [name for name in self.switch_off if name not in UNCERTAINTIES]
        if unknown:
            raise UsageError(
                [f"uncertainty '{name}' does not exist; {near_match(name, UNCERTAINTIES)}" for name in unknown]
            )

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
        drawn = draw_uncertain(tables, self.seed, picks["base"], central="base" in self.switch_off)
        base = build_base(tables, drawn, self.scale)
        held = "outside" in self.switch_off
        outside = draw_outside(tables, self.seed, picks["outside"], self.n_quarters, base.travel_hours, central=held)
        drawn_by = picks["parameters"]
        parameters = Parameters.central() if "parameters" in self.switch_off else Parameters.draw(self.seed, drawn_by)
        luck = 0 if "chance" in self.switch_off else picks["chance"]
        return Member(index=index, base=base, parameters=parameters, outside=outside, seed=member_seed(self.seed, luck))


def member_seed(seed: int, member: int) -> int:
    """Key of a member's individual luck, a whole number of 63 bits."""
    return int(key(seed, f"member:{member}")) >> (64 - _SEED_BITS)


def data_hash(data_dir: Path = DATA_DIR) -> str:
    """SHA-256 over the names and contents of all tables, sorted; line endings do not count."""
    digest = hashlib.sha256()
    for path in sorted(data_dir.rglob("*.csv"), key=lambda p: p.relative_to(data_dir).as_posix()):
        digest.update(path.relative_to(data_dir).as_posix().encode())
        digest.update(b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
        digest.update(b"\0")
    return digest.hexdigest()
