"""The control that takes a scenario file from a visitor; nothing of it is kept on the server."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Callable
from typing import Any, NamedTuple

from nicegui import events, ui

from model.errors import ProjectError
from outputs.page.desk import Desk
from outputs.page.setting import Setting
from outputs.page.telling import Words

_LARGEST = 32_768
"""Bytes of a file; one with all levers in all years has some 6 000."""
_LONGEST_NAME = 60
_LONGEST_LINE = 400
_MOST_LINES = 6
_READ = f"""(event) => {{
  const input = event.target, file = input.files[0];
  if (!file) return;
  const tell = (data) => {{ emit({{name: file.name, size: file.size, data}}); input.value = ''; }};
  if (file.size > {_LARGEST}) return tell('');
  const reader = new FileReader();
  reader.onload = () => tell(String(reader.result).split(',')[1] || '');
  reader.onerror = () => tell(null);
  reader.readAsDataURL(file);
}}"""
"""The browser reads the file, so that a large one never leaves the visitor's machine."""


class Picked(NamedTuple):
    """What a browser sent of a file."""

    name: str
    size: int
    content: bytes | None
    """None where the browser could not read it."""


class FilePicker:
    """The browser's own choice of a file under a plain button, with what came of it below."""

    def __init__(self, desk: Desk, words: Words, put: Callable[[Setting], None]) -> None:
        """Draw it; ``put`` takes the setting of a file."""
        self.desk, self.words, self.put = desk, words, put
        self.number = 0
        """Of the latest file; what came of an earlier one is dropped."""
        with ui.element("label").classes("pick"):
            ui.html(words.say("load"), sanitize=False, tag="span")
            field = ui.element("input").props('type="file" accept=".yaml,.yml"').classes("sr").mark("load")
        field.on("change", self.take, js_handler=_READ)

    def draw_outcome(self) -> None:
        """Draw the places where a fault or a success is said; a screen reader must know them before they speak."""
        self.fault = ui.element("div").props('role="alert"').mark("load-fault")
        self.done = ui.label().classes("note").props('role="status"').mark("load-done")

    async def take(self, event: events.GenericEventArguments) -> None:
        """Take a file: the levers go where it says, or stay and it is told why."""
        self.number += 1
        number, picked = self.number, received(event.args)
        problems = [self._unreadable(picked)] if picked.content is None else []
        notes = list[str]()
        setting = Setting()
        if picked.content is not None:
            try:
                loaded = await asyncio.to_thread(self.desk.read, picked.content, picked.name, self.words.language)
            except ProjectError as error:
                problems = error.lines()
            else:
                setting = loaded.setting
                problems, notes = self._said(loaded.faults), self._said(loaded.notes)
        if number != self.number:
            return
        self.clear()
        if problems:
            self._complain(picked.name, problems)
            return
        self.put(setting)
        done = self.words.say("loaded", name=picked.name, n=len(setting.lifts))
        self.done.set_text(" ".join([done, *notes]))

    def clear(self) -> None:
        """Forget what was said of the last file."""
        self.fault.clear()
        self.fault.classes(remove="warn")
        self.done.set_text("")

    def _said(self, faults: list[Any]) -> list[str]:
        return [self.words.say(f"fault_{fault.key}", **fault.values) for fault in faults]

    def _unreadable(self, picked: Picked) -> str:
        say = self.words.say
        return say("too_large", size=picked.size, most=_LARGEST) if picked.size > _LARGEST else say("not_sent")

    def _complain(self, name: str, problems: list[str]) -> None:
        say = self.words.say
        self.fault.classes("warn")
        with self.fault:
            ui.label(say("not_loaded", name=name))
            for line in problems[:_MOST_LINES]:
                ui.label(line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}...").classes("small")
            if len(problems) > _MOST_LINES:
                ui.label(say("more_faults", n=len(problems) - _MOST_LINES)).classes("small")


def received(sent: object) -> Picked:
    """Read what a browser sent, of which nothing is sure: its name cut, its content None where there is none."""
    if not isinstance(sent, dict):
        return Picked("?", 0, None)
    name, size, data = sent.get("name"), sent.get("size"), sent.get("data")
    shown = "".join(char if char.isprintable() and char not in "/\\" else "_" for char in str(name)[:_LONGEST_NAME])
    size = size if isinstance(size, int) else 0
    if size > _LARGEST or not isinstance(data, str) or len(data) > 2 * _LARGEST:
        return Picked(shown, max(size, len(data) if isinstance(data, str) else 0), None)
    try:
        content = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return Picked(shown, size, None)
    return Picked(shown, size, content)


__all__ = ["FilePicker", "received"]
