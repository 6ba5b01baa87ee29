"""Files that are either whole or not there: written beside their place, then renamed into it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from model.errors import StudyError

TEMPORARY = ".tmp"


def write_with(path: Path, write: Callable[[Path], object]) -> None:
    """Let ``write`` fill a temporary file, then rename it: a kill at any moment leaves the old file or none.

    Parameters
    ----------
    path : where the file belongs; its folder is made if need be.
    write : fills the path it is given.

    Raises
    ------
    StudyError : the system refuses, for want of space or of permission; the old file stands.

    Notes
    -----
    ``<name>.tmp<pid>`` -> fsync -> ``os.replace``: the rename is atomic on one file system.
    """
    temporary = path.with_name(f"{path.name}{TEMPORARY}{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(temporary)
        with temporary.open("rb+") as handle:
            os.fsync(handle.fileno())
        temporary.replace(path)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error) or type(error).__name__
        message = f"{path}: cannot be written ({reason}); finished runs are kept: see to it, then repeat the command"
        raise StudyError(message) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    r"""Write text with ``\n`` at the end of lines, atomically."""
    write_with(path, lambda temporary: temporary.write_bytes(text.encode(encoding)))


def sweep(folder: Path) -> None:
    """Remove what a killed writer left in a folder."""
    for path in sorted(folder.glob(f"*{TEMPORARY}[0-9]*")):
        path.unlink(missing_ok=True)
