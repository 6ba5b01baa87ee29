"""A candidate becomes the posterior that is used: a person accepts it, and its folder says who, when and on what."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from calibration.fitting.posterior import ACCEPTANCE, FOLDER, SAMPLE, read_sample
from calibration.inputs import check_points
from calibration.members import data_hash
from model.errors import CalibrationError

KEPT = (SAMPLE, "fit.csv", "parameters.csv", "profile.csv", "recovery.csv", "emulator.csv")
"""What is kept of a candidate: small tables, so that a reader of the repository sees the fit."""


def accept(candidate: Path, by: str, note: str = "", into: Path | None = None) -> list[str]:
    """Accept a candidate.

    Parameters
    ----------
    candidate : folder that `calibrate` has left.
    by, note : who accepts, and why.
    into : folder that is written; the one that every verb reads by default.

    Returns
    -------
    Lines for the screen.

    Raises
    ------
    CalibrationError : something is missing, or the candidate was fitted to other tables; nothing is written then.
    """
    target = into or FOLDER
    about = _about(candidate)
    now = data_hash()
    if about.get("data_hash") != now:
        raise CalibrationError(
            f"{candidate}: fitted to tables with the hash {str(about.get('data_hash'))[:12]}, now it is {now[:12]}; "
            "run `calibrate` again"
        )
    sample = read_sample(candidate / SAMPLE)
    check_points(sample)
    record = {
        "accepted_by": by,
        "note": note,
        "accepted": datetime.now(UTC).isoformat(timespec="seconds"),
        "rows": sample.n_points,
        "sha256": hashlib.sha256((candidate / SAMPLE).read_bytes()).hexdigest(),
        **{name: value for name, value in about.items() if name != "verb"},
    }
    new, old = target.with_name(f"{target.name}.new"), target.with_name(f"{target.name}.old")
    for folder in (new, old):
        shutil.rmtree(folder, ignore_errors=True)
    new.mkdir(parents=True)
    for name in KEPT:
        shutil.copyfile(candidate / name, new / name)
    (new / ACCEPTANCE).write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if target.exists():
        target.replace(old)
    new.replace(target)
    shutil.rmtree(old, ignore_errors=True)
    return [
        f"accepted: {sample.n_points} draws of {len(sample.names)} inputs, by {by}",
        f"written: {target}; commit it, and every verb draws from it (--prior draws from the priors)",
    ]


def _about(candidate: Path) -> dict[str, Any]:
    """The manifest of a candidate, once every table that is kept is there."""
    missing = [name for name in ("manifest.json", *KEPT) if not (candidate / name).is_file()]
    if missing:
        raise CalibrationError(
            f"{candidate}: is no candidate, {', '.join(missing)} is missing; name a folder that `calibrate` has left"
        )
    try:
        about: dict[str, Any] = json.loads((candidate / "manifest.json").read_text("utf-8"))
    except ValueError as error:
        raise CalibrationError(f"{candidate}/manifest.json: cannot be read ({error})") from None
    if about.get("verb") != "calibrate":
        raise CalibrationError(f"{candidate}: was left by '{about.get('verb')}', not by `calibrate`")
    return about
