"""Reading a text file that a user wrote, naming it in a message, and writing a new one."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from model.errors import ScenarioError


def shown(path: Path) -> str:
    """Name a file in a message: relative to where the user stands when it lies below, whole otherwise."""
    here = Path.cwd()
    whole = path.absolute()
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else str(whole)


def read_text(path: Path) -> tuple[str, list[str]]:
    """Read a file in UTF-8, with or without a byte order mark.

    Returns
    -------
    The text, and the problem that kept it from being read or used, if there is one.
    """
    name = shown(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return "", [f"{name}: no such file"]
    except UnicodeDecodeError:
        return "", [f"{name}: the file is not UTF-8; save it as UTF-8 (in Excel: 'CSV UTF-8')"]
    except OSError as error:
        return "", [f"{name}: cannot be read ({error.strerror})"]
    return text, [] if text.strip() else [f"{name}:1:1: the file is empty"]


def write_new(path: Path, content: bytes, *, overwrite: bool = False) -> None:
    """Write a file, whole or not at all.

    Raises
    ------
    ScenarioError : there is one already and ``overwrite`` is not said, or the system refuses.
    """
    if path.exists() and not overwrite:
        message = f"{shown(path)}: is there already; give another name, or --overwrite"
        raise ScenarioError(message)
    temporary = path.with_name(f"{path.name}.tmp{os.getpid()}")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:
        message = f"{shown(path)}: cannot be written ({error.strerror}); name a folder that is there and can be written"
        raise ScenarioError(message) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
