"""The page of one visitor: everything here belongs to that visitor alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from urllib.parse import urlencode

from nicegui import background_tasks, ui

from model.policy import Lever
from outputs.language import LANGUAGES, text
from outputs.page import tools
from outputs.page.confirmed import Confirmed, difference
from outputs.page.controls import Panel
from outputs.page.desk import Desk
from outputs.page.emulated import Emulated
from outputs.page.link import Fault
from outputs.page.picking import FilePicker
from outputs.page.results import Compared, Results
from outputs.page.setting import Lift, Setting
from outputs.page.summary import Summary
from outputs.page.telling import Words
from outputs.page.tidy import tidy

_QUIET = 1.2
"""Seconds without a move after which true runs begin."""
_LOOK = 0.5
"""Seconds between two looks at the true runs."""


class View:
    """What one visitor sees; requests are numbered, and an answer that came too late is dropped."""

    def __init__(self, desk: Desk, language: str, setting: Setting, other: Setting | None) -> None:
        """Keep what is asked; `draw` draws it.

        Parameters
        ----------
        other : setting B to compare with.
        """
        self.desk, self.language, self.setting, self.other = desk, language, setting, other
        self.words = Words(desk.emulation, language)
        self.for_other = object()
        """Waits for the true runs of B."""
        self.number = 0
        """Of the latest request."""
        self.shown: Emulated | None = None
        self.shown_other: Emulated | None = None
        self.run: Confirmed | None = None
        self.wait_until = time.monotonic() + _QUIET / 2
        self.seen: tuple[object, ...] = ()
        self.heard: tuple[object, ...] = ()
        self.client = ui.context.client

    @staticmethod
    def title(language: str) -> str:
        """Of the window."""
        return text("page_title", language)

    # --- moves and answers ---------------------------------------------------------------------

    def move(self, lever: Lever, lift: Lift) -> None:
        """Take a move of a control; what it makes is no scenario of the library any more."""
        self.start.set_value(None)
        self.take(self.desk.choices.moved(self.setting, lever, lift))

    def take(self, setting: Setting) -> None:
        """Take a new setting: its answer is asked for, true runs of the old one are given up."""
        self.setting = self.panel.setting = setting
        self.number += 1
        self.wait_until = time.monotonic() + _QUIET
        self.desk.runs.leave(self)
        background_tasks.create(self.answer(self.number))

    def put(self, setting: Setting, *, is_named: bool = False) -> None:
        """Take a setting that did not come from the controls."""
        if not is_named:
            self.start.set_value(None)
        self.panel.put(setting)
        self.take(setting)

    async def answer(self, number: int) -> None:
        """Ask the emulator, and show what it says if nothing newer was asked since."""
        emulated = await asyncio.to_thread(self.desk.emulation.answer, self.setting)
        if number != self.number:
            return
        self.shown, self.run = emulated, self.desk.confirmed(self.desk.job(self.setting))
        with self.client:
            self.show()
            ui.navigate.history.replace(self.address())

    async def look(self) -> None:
        """Begin true runs once the controls rest, and show what came since."""
        if self.shown is None or time.monotonic() < self.wait_until:
            return
        job = self.desk.ask(self.setting, self)
        other = self.desk.ask(self.other, self.for_other) if self.other is not None else None
        seen = (job.key, job.done, job.broken, other.done if other else 0)
        if seen != self.seen:
            self.seen = seen
            self.run = self.desk.confirmed(job)
            self.show()
        heard = (job.key, job.is_over)
        if heard != self.heard:
            self.heard = heard
            self.summary.read_out(self.shown, self.run, job)

    def gone(self) -> None:
        """Give up the runs that this visitor waited for."""
        self.desk.runs.leave(self)
        self.desk.runs.leave(self.for_other)

    def address(self, language: str = "") -> str:
        """Link to what is shown."""
        query = {"lang": language or self.language, "set": self.desk.key(self.setting)}
        if self.other is not None:
            query["b"] = self.desk.key(self.other)
        return "/?" + urlencode({key: value for key, value in query.items() if value or key == "b"}, safe=":@,~")

    # --- drawing -------------------------------------------------------------------------------

    async def draw(self, faults: Sequence[Fault]) -> None:
        """Draw the page in the order in which it is read; ``faults`` are of the link."""
        say = self.words.say
        with ui.element("div").classes("page"):
            ui.html(f'<a class="skip" href="#answer">{say("skip")}</a>', sanitize=False)
            self._head(faults)
            self.summary = Summary(self.words)
            with ui.element("div").classes("two"):
                with (
                    ui.element("section")
                    .classes("levers")
                    .props(f'id="levers" tabindex="-1" aria-label="{say("levers")}"')
                ):
                    self._levers()
                with (
                    ui.element("section")
                    .classes("answer")
                    .props(f'id="answer" tabindex="-1" aria-label="{say("results")}"')
                ):
                    self._tools()
                    self.results = Results(self.desk, self.words, self._swap, self._drop)
        self.shown = await asyncio.to_thread(self.desk.emulation.answer, self.setting)
        if self.other is not None:
            self.shown_other = await asyncio.to_thread(self.desk.emulation.answer, self.other)
        self.run = self.desk.confirmed(self.desk.job(self.setting))
        self.show()
        ui.timer(_LOOK, self.look)

    def _head(self, faults: Sequence[Fault]) -> None:
        say = self.words.say
        with ui.element("header").classes("top"):
            with ui.element("h1"):
                ui.label(say("title"))
            other = LANGUAGES[1 - LANGUAGES.index(self.language)]
            ui.button(say("other"), on_click=lambda: ui.navigate.to(self.address(other))).props(
                f'flat no-caps dense lang="{"en" if other == "en" else "zh-CN"}"'
            ).mark("language")
        ui.label(self.words.about()).classes("about")
        if faults:
            with ui.element("div").classes("warn").props('role="alert"'):
                ui.label(say("bad_link"))
                for fault in faults:
                    ui.label(say(f"fault_{fault.key}", **fault.values))

    def _levers(self) -> None:
        say = self.words.say
        with ui.element("h2"):
            ui.label(say("levers"))
        presets = {named.scenario_id: vector for named, vector in self.desk.settings.presets}
        labels = {
            named.scenario_id: named.label_zh if self.language == "zh" else named.label_en
            for named, _ in self.desk.settings.presets
        }

        def start(chosen: str | None) -> None:
            if chosen in presets:
                self.picker.clear()
                self.put(self.desk.choices.of_vector(presets[chosen]), is_named=True)

        def reset() -> None:
            self.picker.clear()
            self.put(Setting())

        self.start = ui.select(labels, label=say("start"), on_change=lambda event: start(event.value))
        self.start.props(f'dense outlined options-dense aria-label="{say("start")}"').classes("w-full").mark("start")
        with ui.element("div").classes("tools"):
            tools.button(say("reset"), reset, "reset")
            self.picker = FilePicker(self.desk, self.words, self.put)
        self.picker.draw_outcome()
        self.panel = Panel(self.words, self.setting, self.move)

    def _tools(self) -> None:
        say = self.words.say
        save = tools.save_dialog(self.desk, self.words, lambda: (self.setting, self.shown))
        share = tools.share_dialog(self.words, self.address)
        with ui.element("div").classes("tools"):
            tools.button(say("keep"), self._keep, "keep")
            tools.button(say("save"), save.open, "save")
            tools.button(say("share"), share, "share")
            tools.button(say("table"), self._table, "table")

    def _table(self) -> None:
        if self.shown:
            content = tidy(self.desk.emulation, self.shown, self.run, self.desk.key(self.setting))
            ui.download.content("\ufeff" + content, "answer.csv", "text/csv")

    def _keep(self) -> None:
        self.other, self.shown_other = self.setting, self.shown
        self._changed()

    def _drop(self) -> None:
        self.other = self.shown_other = None
        self.desk.runs.leave(self.for_other)
        self._changed()

    def _swap(self) -> None:
        if self.other is not None:
            setting, self.other, self.shown_other = self.other, self.setting, self.shown
            self.put(setting)

    def _changed(self) -> None:
        self.show()
        ui.navigate.history.replace(self.address())

    def show(self) -> None:
        """Show the latest answer and the runs that are there."""
        if self.shown is None:
            return
        self.summary.show(self.shown, self.run, self.desk.job(self.setting))
        self.panel.show(self.setting, self.shown)
        self.results.show(self.shown, self.run, self._compared())

    def _compared(self) -> Compared | None:
        if self.other is None or self.shown_other is None:
            return None
        run = self.desk.confirmed(self.desk.job(self.other))
        return Compared(self.shown_other, run, difference(self.run, run) if self.run and run else None)


__all__ = ["View"]
