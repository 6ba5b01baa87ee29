"""Reading a text file that a user wrote, naming it in a message, and writing a new one."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from model.errors import ScenarioError
from scenarios.fault_words import say


def shown(path: Path) -> str:
    """Name a file in a message: relative to where the user stands when it lies below, whole otherwise."""
    here = Path.cwd()
    whole = path.absolute()
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else str(whole)


def read_text(path: Path, language: str = "en") -> tuple[str, list[str]]:
    """Read a file in UTF-8, with or without a byte order mark.

    Returns
    -------
    The text, and the problem that kept it from being read or used, if there is one.
    """
    name = shown(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return "", [f"{name}: {say('no_file', language)}"]
    except OSError as error:
        return "", [f"{name}: {say('unreadable', language, why=error.strerror)}"]
    return decoded(content, name, language)


def decoded(content: bytes, name: str, language: str = "en") -> tuple[str, list[str]]:
    """Decode UTF-8, with or without a byte order mark; ends of lines are those of Unix.

    Returns
    -------
    The text, and the problem that keeps it from being used, if there is one.
    """
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return "", [f"{name}: {say('not_utf8', language)}"]
    return text, [] if text.strip() else [f"{name}:1:1: {say('empty', language)}"]


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
