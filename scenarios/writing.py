"""A scenario as the text of its file, and the comment at the head of one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from model.policy import FAMILIES
from scenarios.levers import BY_ID, LEVERS
from scenarios.reading import ScenarioFile
from scenarios.schema import LeverSetting, Scenario

_EDITOR_LINE = "yaml-language-server"
_NO_TEXT = {"true", "false", "null"}
_NOT_PLAIN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
"""Characters that JSON writes as they are, and that YAML takes for an end of line or not at all."""


def scenario_text(content: Scenario, notes: str = "") -> str:
    """Write a scenario as YAML 1.2: what it leaves out stays out, its levers stand by family.

    Parameters
    ----------
    content : of known levers.
    notes : lines of a comment for the head of the file.

    Returns
    -------
    Text that `scenarios.reading.parse` reads back to an equal scenario, but for units: each number gets that of its
    lever.
    """
    lines = [f"# {_printable(line)}".rstrip() for line in notes.splitlines()]
    lines += ["label:", f"  zh: {_text(content.label.zh)}", f"  en: {_text(content.label.en)}"]
    lines += [
        f"{name}: {_value(value)}"
        for name in ("base", "delay_quarters", "rivals", "ladder")
        if (value := getattr(content, name)) is not None
    ]
    parts = {"outside": content.outside.model_dump(exclude_none=True), "definitions": content.definitions}
    for name, part in parts.items():
        lines += [f"{name}:", *(f"  {key}: {_value(value)}" for key, value in part.items())] if part else []
    if content.switch_off is not None:
        lines.append(f"switch_off: [{', '.join(content.switch_off)}]")
    lines += ["levers:", *_lever_lines(content.levers)] if content.levers else []
    return "\n".join(lines) + "\n"


def notes_of(file: ScenarioFile) -> str:
    """Comment at the head of a file, without the line that is there for editors."""
    tokens = (file.raw.ca.comment or [None, None])[1] or []
    lines = [line.strip().lstrip("#").strip() for token in tokens for line in token.value.splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith(_EDITOR_LINE))


def _lever_lines(levers: dict[str, LeverSetting]) -> Iterator[str]:
    """Levers in the order of `LEVERS`, with their family above them."""
    for family in FAMILIES:
        chosen = [lever.lever_id for lever in LEVERS if lever.family == family and lever.lever_id in levers]
        if chosen:
            yield f"  # {family}"
        for lever_id in chosen:
            yield from _setting_lines(lever_id, levers[lever_id])


def _setting_lines(lever_id: str, setting: LeverSetting) -> Iterator[str]:
    """One lever: its level by name alone in short, everything else spelt out with its unit."""
    if isinstance(setting.level_2025, str) and setting.start is None:
        yield f"  {lever_id}: {setting.level_2025}"
        return
    yield f"  {lever_id}:"
    if not isinstance(setting.level_2025, str):
        yield f"    unit: {_text(BY_ID[lever_id].unit)}"
    if setting.by_year:
        years = ", ".join(f"{year}: {_value(level)}" for year, level in sorted(setting.by_year.items()))
        yield f"    by_year: {{{years}}}"
        return
    yield f"    level_2025: {_value(setting.level_2025)}"
    if setting.start is not None:
        yield f"    start: {setting.start}"


def _value(value: object) -> str:
    """A number with all its digits and no others; a word that needs no quotes bare, other text within quotes."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return text if text.isascii() and text.isidentifier() and text.lower() not in _NO_TEXT else _text(text)


def _text(text: str) -> str:
    """Text within quotes, so that no character of it means anything to YAML."""
    return _NOT_PLAIN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _printable(line: str) -> str:
    """A line of a comment, with blanks in place of what YAML does not take."""
    return "".join(char if char.isprintable() else " " for char in line)
