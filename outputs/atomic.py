"""Files that are either whole or not there: written beside their place, then renamed into it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

TEMPORARY = ".tmp"


def write_with(path: Path, write: Callable[[Path], object]) -> None:
    """Let ``write`` fill a temporary file, then rename it: a kill at any moment leaves the old file or none.

    Parameters
    ----------
    path : where the file belongs; its folder is made if need be.
    write : fills the path it is given.

    Notes
    -----
    ``<name>.tmp<pid>`` -> fsync -> ``os.replace``: the rename is atomic on one file system.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}{TEMPORARY}{os.getpid()}")
    try:
        write(temporary)
        with temporary.open("rb+") as handle:
            os.fsync(handle.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    r"""Write text with ``\n`` at the end of lines, atomically."""
    write_with(path, lambda temporary: temporary.write_bytes(text.encode(encoding)))


def sweep(folder: Path) -> None:
    """Remove what a killed writer left in a folder."""
    for path in sorted(folder.glob(f"*{TEMPORARY}[0-9]*")):
        path.unlink(missing_ok=True)
