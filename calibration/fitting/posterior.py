"""The accepted posterior: a sample of joint values from which every member draws a row."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from calibration.members import POSTERIOR
from calibration.tables import DATA_DIR
from model.errors import CalibrationError
from model.points import Points
from model.wiring import STALE

FOLDER = DATA_DIR / POSTERIOR
ACCEPTANCE = "acceptance.json"
SAMPLE = "posterior.csv"


@dataclass(frozen=True)
class Accepted:
    """A sample, and what is said of it."""

    sample: Points
    accepted: str
    by: str
    data_hash: str

    @property
    def label(self) -> str:
        """What defines a study that draws from it; who accepted it, and when, stands in its folder."""
        return f"posterior {self.sample.points_id}"

    def label_for(self, tables: str, *, stale: bool) -> str:
        """The label, with a note where it was fitted to other tables than those with that hash.

        Parameters
        ----------
        tables : hash of the tables that a study reads.
        stale : whether it may be used all the same.

        Raises
        ------
        CalibrationError : the tables have changed since it was fitted, and ``stale`` does not allow that.
        """
        if self.data_hash == tables:
            return self.label
        if stale:
            return f"{self.label}, {STALE} ({self.data_hash[:12]})"
        raise CalibrationError(
            f"posterior accepted {self.accepted} by {self.by}: was fitted to tables with the hash "
            f"{self.data_hash[:12]}, now it is {tables[:12]}; run `calibrate` and `accept` again, draw from the priors "
            "with --prior, or use it all the same with --stale-posterior, which the study will say"
        )


def load_accepted(folder: Path = FOLDER) -> Accepted | None:
    """Read the accepted posterior; None where none was accepted.

    Raises
    ------
    CalibrationError : the folder is there but broken, or its sample is not the one that was accepted.
    """
    if not folder.exists():
        return None
    path = folder / ACCEPTANCE
    try:
        record = json.loads(path.read_text("utf-8"))
        sha, accepted, by, hashed = (str(record[name]) for name in ("sha256", "accepted", "accepted_by", "data_hash"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CalibrationError(
            f"{path}: cannot be read ({error!r}); accept a candidate again, or remove the folder"
        ) from None
    sample = read_sample(folder / SAMPLE)
    if hashlib.sha256((folder / SAMPLE).read_bytes()).hexdigest() != sha:
        raise CalibrationError(
            f"{folder / SAMPLE}: is not the sample that was accepted; restore it from the repository"
        )
    return Accepted(sample, accepted, by, hashed)


def read_sample(path: Path) -> Points:
    """Read a sample: a column an input, a row a draw, plain units.

    Raises
    ------
    CalibrationError : it is no such table.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            names, *rows = csv.reader(lines)
        return Points.of(names, np.array([[float(cell) for cell in row] for row in rows]), "value")
    except (OSError, ValueError) as error:
        raise CalibrationError(f"{path}: is no sample of a posterior ({error}); accept a candidate again") from None
