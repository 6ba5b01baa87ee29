"""The accepted posterior: a sample of joint values from which every member draws a row."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from calibration.members import POSTERIOR, data_hash
from calibration.tables import DATA_DIR
from model.errors import CalibrationError
from model.points import Points

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

    def warning(self, data_dir: Path = DATA_DIR) -> str:
        """A sentence where the tables have changed since; empty where they have not."""
        now = data_hash(data_dir)
        if self.data_hash == now:
            return ""
        return (
            f"warning: the posterior was fitted to tables with the hash {self.data_hash[:12]}, now it is {now[:12]}; "
            "it is used all the same: run `calibrate` and `accept` again, or give --prior"
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
