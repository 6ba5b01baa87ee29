"""The page of one visitor: everything here belongs to that visitor alone."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urlencode

from nicegui import background_tasks, ui

from model.policy import BASE_YEAR, Lever
from outputs.language import LANGUAGES, text
from outputs.page import options, tools
from outputs.page.confirmed import FLOWS, Confirmed, difference
from outputs.page.controls import Panel
from outputs.page.desk import Desk
from outputs.page.emulated import Emulated
from outputs.page.runs import Job
from outputs.page.setting import Setting, of_vector
from outputs.page.telling import Words, table, tidy

_QUIET = 1.2
"""Seconds without a move after which true runs begin."""
_LOOK = 0.5
"""Seconds between two looks at the true runs."""


class View:
    """What one visitor sees; requests are numbered, and an answer that came too late is dropped."""

    def __init__(self, desk: Desk, language: str, setting: Setting, other: Setting | None) -> None:
        """Draw the page, and ask for its first answer.

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
        self.client = ui.context.client

    @staticmethod
    def title(language: str) -> str:
        """Of the window."""
        return text("page_title", language)

    # --- moves and answers ---------------------------------------------------------------------

    def move(self, lever: Lever, level: float | None, timing: float | None) -> None:
        """Take a move of a slider."""
        lift = self.setting.lift(lever)
        self.take(
            self.setting.moved(lever, lift.level if level is None else level, lift.timing if timing is None else timing)
        )

    def take(self, setting: Setting) -> None:
        """Take a new setting: its answer is asked for, true runs of the old one are given up."""
        self.setting = setting
        self.number += 1
        self.wait_until = time.monotonic() + _QUIET
        self.desk.runs.leave(self)
        background_tasks.create(self.answer(self.number))

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
        """Begin true runs once the sliders rest, and show what came since."""
        if self.shown is None or time.monotonic() < self.wait_until:
            return
        job = self.desk.ask(self.setting, self)
        other = self.desk.ask(self.other, self.for_other) if self.other is not None else None
        seen = (job.key, job.done, job.broken, other.done if other else 0)
        if seen != self.seen:
            self.seen = seen
            self.run = self.desk.confirmed(job)
            self.show()

    def gone(self) -> None:
        """Give up the runs that this visitor waited for."""
        self.desk.runs.leave(self)
        self.desk.runs.leave(self.for_other)

    def address(self, language: str = "") -> str:
        """Link to what is shown."""
        query = {"lang": language or self.language, "set": self.desk.key(self.setting)}
        if self.other is not None:
            query["b"] = self.desk.key(self.other)
        return "/?" + urlencode({key: value for key, value in query.items() if value or key == "b"}, safe=":@,")

    # --- drawing -------------------------------------------------------------------------------

    async def draw(self, faults: list[str]) -> None:
        """Draw the page; ``faults`` are of the link."""
        say = self.words.say
        with ui.element("div").classes("page"):
            ui.html(f'<a class="skip" href="#answer">{say("skip")}</a>', sanitize=False)
            with ui.element("header").classes("top"):
                with ui.element("h1"):
                    ui.label(say("title"))
                other = LANGUAGES[1 - LANGUAGES.index(self.language)]
                ui.button(say("other"), on_click=lambda: ui.navigate.to(self.address(other))).props(
                    f'flat no-caps dense lang="{"en" if other == "en" else "zh-CN"}"'
                ).mark("language")
            self._about()
            if faults:
                with ui.element("div").classes("warn").props('role="alert"'):
                    ui.label(say("bad_link"))
                    for fault in faults:
                        ui.label(fault)
            with ui.element("div").classes("two"):
                with ui.element("nav").classes("levers").props(f'aria-label="{say("levers")}"'):
                    self._levers()
                with ui.element("main").classes("answer").props('id="answer" tabindex="-1"'):
                    self._first()
                    self._blocks()
        self.shown = await asyncio.to_thread(self.desk.emulation.answer, self.setting)
        if self.other is not None:
            self.shown_other = await asyncio.to_thread(self.desk.emulation.answer, self.other)
        self.run = self.desk.confirmed(self.desk.job(self.setting))
        self.show()
        ui.timer(_LOOK, self.look)

    def _about(self) -> None:
        settings = self.desk.settings
        known, definition = settings.known, settings.study.definition
        told = {"study": settings.study.study_id, "paths": len(known.path_ids), "members": len(known.members)}
        line = self.words.say("about", **told, base=self.desk.emulation.n_base, scale=definition.scale)
        if self.desk.emulation.last_year < max(target.year for target in self.desk.emulation.targets):
            line += " " + self.words.say("outlook", year=self.desk.emulation.last_year)
        ui.label(line).classes("about")

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
                setting = of_vector(presets[chosen], self.desk.settings.levers)
                self.panel.put(setting)
                self.take(setting)

        ui.select(labels, label=say("start"), on_change=lambda event: start(event.value)).props(
            f'dense outlined options-dense aria-label="{say("start")}"'
        ).classes("w-full").mark("start")
        self.panel = Panel(self.words, self.setting, self.move)

    def _first(self) -> None:
        # The count of runs changes too often to be read out: only the answer and the verdict are live.
        with ui.element("div").classes("first"):
            with ui.element("div").props('role="status" aria-live="polite" aria-atomic="true"'):
                self.headline = ui.label().classes("big").mark("headline")
                self.guess = ui.label().classes("guess").mark("emulated")
            self.sure = ui.label().classes("sure").mark("confirmed")
            self.agree = ui.label().classes("note").props('role="status" aria-live="polite"').mark("agree")
        self.before = ui.label().classes("small")
        self._tools()

    def _tools(self) -> None:
        say = self.words.say
        save = tools.save_dialog(self.desk, self.words, lambda: (self.setting, self.shown))
        share = tools.share_dialog(self.words, self.address)
        with ui.element("div").classes("tools"):
            tools.button(say("save"), save.open, "save")
            tools.button(say("share"), share, "share")
            tools.button(say("table"), self._table, "table")
            tools.button(say("chart"), lambda: tools.download_chart(self.chances, "chances.png"), "chart")
            tools.button(say("keep"), self._keep, "keep")

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
            self.panel.put(setting)
            self.take(setting)

    def _changed(self) -> None:
        self.show()
        ui.navigate.history.replace(self.address())

    def _blocks(self) -> None:
        say = self.words.say
        with self._block("compare") as self.compare:
            self.compared = ui.html(sanitize=False).mark("compared")
            with ui.element("div").classes("tools"):
                tools.button(say("swap"), self._swap, "swap")
                tools.button(say("drop"), self._drop, "drop")
        with self._block("chances"):
            self.chances = ui.echart({}).classes("chances").mark("chances")
            self.targets = ui.html(sanitize=False).mark("targets")
        with self._block("binds"):
            self.binds = ui.html(sanitize=False).mark("binds")
        with self._block("budget"):
            self.budget = ui.html(sanitize=False).mark("budget")
        with self._block("fans"):
            with ui.element("div").classes("fans"):
                self.fans = [self._fan(row) for row in range(len(self.desk.emulation.targets))]
            ui.label(say("fan_note")).classes("note")
        with self._block("gains"):
            self.gains = ui.html(sanitize=False).mark("gains")
        with self._block("flows"):
            self.flows = ui.html(sanitize=False).mark("flows")
        definition = self.desk.settings.study.definition
        told = {"study": self.desk.settings.study.study_id, "seed": definition.seed, "fresh": self.desk.fresh_seed}
        ui.label(say("source", **told)).classes("note")

    def _fan(self, row: int) -> ui.echart:
        with ui.element("div"):
            with ui.element("h3"):
                ui.label(self.words.name(row))
            return ui.echart({}).classes("fan")

    def _block(self, key: str) -> ui.element:
        block = ui.element("section").classes("part")
        with block, ui.element("h2"):
            ui.label(self.words.say(key))
        return block

    # --- showing -------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the latest answer and the runs that are there."""
        emulated, run, words = self.shown, self.run, self.words
        if emulated is None:
            return
        job = self.desk.job(self.setting)
        self._show_first(emulated, job)
        self.panel.show(self.setting, emulated)
        self._show_charts(emulated)
        caption = "" if self.setting.lifts else words.say("no_moves")
        self.targets.set_content(table(words.target_header(), words.target_rows(emulated, run), caption))
        self.binds.set_content("".join(f"<p>{line}</p>" for line in words.binds(emulated, run)))
        self.budget.set_content("".join(f"<p>{line}</p>" for line in words.budget(emulated, run)))
        self._show_gains(emulated)
        self._show_flows()
        self._show_compared(emulated)

    def _show_compared(self, emulated: Emulated) -> None:
        words, other = self.words, self.shown_other
        self.compare.set_visibility(other is not None)
        if other is None or self.other is None:
            return
        runs = (self.run, self.desk.confirmed(self.desk.job(self.other)))
        gap = difference(runs[0], runs[1]) if runs[0] and runs[1] else None
        said = words.say("compare_note", members=gap.members) if gap else words.say("compare_wait")
        self.compared.set_content(table(words.compare_header(), words.compare_rows((emulated, other), runs, gap), said))

    def _show_first(self, emulated: Emulated, job: Job | None) -> None:
        words = self.words
        self.headline.set_text(words.headline(emulated))
        self.guess.set_text(words.emulated_line(emulated))
        self.sure.set_text(words.run_line(job, self.run))
        self.agree.set_text(words.agreement(emulated, self.run))
        usual = self.desk.emulation.usual_chances()[-1]
        self.before.set_text(
            words.say("usual_chance", chance=f"{100 * usual.value:.0f}%", interval=words.interval(usual))
        )

    def _show_charts(self, emulated: Emulated) -> None:
        words, run, usual = self.words, self.run, self.desk.emulation.usual_chances()
        n = len(self.desk.emulation.targets)
        order = [n, *range(n)]
        rows = [(words.name(r), emulated.chances[r], run.chances[r] if run else None, usual[r]) for r in order]
        labels = (words.say("emulated"), words.say("confirmed"), words.say("usual", n=self.desk.emulation.n_base))
        said = "; ".join(
            words.say("chart_words", target=name, chance=f"{figure.value:.0%}", interval=words.interval(figure))
            for name, figure, *_ in rows
        )
        self._put(self.chances, options.chances(rows, labels, said))
        for row, (chart, target) in enumerate(zip(self.fans, self.desk.emulation.targets, strict=True)):
            self._put(chart, options.fan(target, self.desk.usual[row], emulated, row, run, self.language))

    @staticmethod
    def _put(chart: ui.echart, made: dict[str, object]) -> None:
        chart.options.clear()
        chart.options.update(made)
        chart.update()

    def _show_gains(self, emulated: Emulated) -> None:
        words = self.words
        unit = words.money(1.0).split(" ", 1)[1]
        header = [words.say("lever"), words.say("gain_chance"), words.say("gain_cost", unit=unit)]
        rows = words.gain_rows(emulated, self.desk.settings.levers)
        cells, faint = [row for row, _ in rows], [weak for _, weak in rows]
        said = words.say("gains_note") if rows else words.say("no_moves")
        self.gains.set_content(table(header, cells, said, faint) if rows else f"<p>{said}</p>")

    def _show_flows(self) -> None:
        words, run = self.words, self.run
        if run is None:
            self.flows.set_content(f"<p>{words.say('flows_wait')}</p>")
            return
        places = self.desk.place_names(run.places, self.language)
        last = self.desk.emulation.last_year
        parts = [
            f"<p>{words.say('flows_note', first=BASE_YEAR + 1, last=last, members=len(run.members))}</p>",
        ]
        for kind in FLOWS:
            if kind in run.flows:
                caption, rows = words.flow_table(run, kind, places)
                parts.append(table(["", *places], rows, caption))
        self.flows.set_content("".join(parts))


__all__ = ["View"]
