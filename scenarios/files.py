"""Reading a text file that a user wrote, and naming it in a message."""

from __future__ import annotations

from pathlib import Path


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
