"""The results below the answer: comparison, chances, what binds, budget, years, levers' parts, flows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nicegui import ui

from model.policy import BASE_YEAR
from outputs.page import flow_words, options, tools
from outputs.page.confirmed import Confirmed, Difference
from outputs.page.desk import Desk
from outputs.page.emulated import Emulated
from outputs.page.exchange import FLOWS
from outputs.page.tables import table
from outputs.page.telling import Words


@dataclass(frozen=True)
class Compared:
    """Another setting to hold the present one against."""

    emulated: Emulated
    run: Confirmed | None
    gap: Difference | None


class Results:
    """Everything below the answer; it knows numbers, not who moved what."""

    def __init__(self, desk: Desk, words: Words, on_swap: Callable[[], None], on_drop: Callable[[], None]) -> None:
        """Draw the empty blocks."""
        self.desk, self.words = desk, words
        with self._block("compare") as self.compare:
            self.compared = ui.html(sanitize=False).mark("compared")
            with ui.element("div").classes("tools"):
                tools.button(words.say("swap"), on_swap, "swap")
                tools.button(words.say("drop"), on_drop, "drop")
        with self._block("chances"):
            self.chances = self._chart("chances", "chances")
            self.targets = ui.html(sanitize=False).mark("targets")
        with self._block("binds"):
            self.binds = ui.html(sanitize=False).mark("binds")
        with self._block("budget"):
            self.budget = ui.html(sanitize=False).mark("budget")
        with self._block("fans"):
            targets = desk.emulation.targets
            with ui.element("div").classes("fans"):
                self.fans = [self._titled(words.name(row), targets[row].target_id) for row in range(len(targets))]
            ui.label(words.say("fan_note")).classes("note")
        with self._block("gains"):
            self.gains = ui.html(sanitize=False).mark("gains")
        with self._block("flows"):
            self._draw_flows()
        definition = desk.settings.study.definition
        told = {"study": desk.emulation.study_id, "seed": definition.seed, "fresh": desk.fresh_seed}
        ui.label(words.say("source", **told)).classes("note")
        self.took = ui.label().classes("note").mark("took")

    def _block(self, key: str) -> ui.element:
        block = ui.element("section").classes("part")
        with block, ui.element("h2"):
            ui.label(self.words.say(key))
        return block

    def _titled(self, title: str, name: str) -> ui.echart:
        with ui.element("div"):
            with ui.element("h3"):
                ui.label(title)
            return self._chart("fan", name)

    def _chart(self, look: str, name: str) -> ui.echart:
        """A chart and the button that takes it away."""
        chart = ui.echart({}).classes(look).mark(name)
        label = self.words.say("chart")
        tools.button(label, lambda: tools.download_chart(chart, f"{name}.png"), f"chart-{name}").classes("take")
        return chart

    def _draw_flows(self) -> None:
        self.flow_note = ui.label().mark("flow-note")
        self.flow_charts, self.flow_titles = dict[str, ui.echart](), dict[str, ui.label]()
        with ui.element("div").classes("fans") as self.flow_row:
            for kind in FLOWS:
                with ui.element("div"):
                    with ui.element("h3"):
                        self.flow_titles[kind] = ui.label()
                    self.flow_charts[kind] = self._chart("fan", f"flow_{kind}")
        self.flows = ui.html(sanitize=False).mark("flows")
        with ui.element("details").classes("more") as self.all_flows:
            with ui.element("summary"):
                ui.label(self.words.say("flow_all")).style("display:inline")
            self.matrices = ui.html(sanitize=False)

    def show(self, emulated: Emulated, run: Confirmed | None, other: Compared | None) -> None:
        """Show the latest answer and the runs that are there."""
        words = self.words
        self._show_charts(emulated, run)
        caption = "" if emulated.gains else words.say("no_moves")
        self.targets.set_content(table(words.target_header(), words.target_rows(emulated, run), caption))
        self.binds.set_content("".join(f"<p>{line}</p>" for line in words.binds(emulated, run)))
        self.budget.set_content("".join(f"<p>{line}</p>" for line in words.budget(emulated, run)))
        self._show_gains(emulated)
        self._show_flows(run)
        self._show_compared(emulated, run, other)
        self.took.set_text(words.say("took", ms=max(round(1000 * emulated.seconds), 1)))

    def _show_compared(self, emulated: Emulated, run: Confirmed | None, other: Compared | None) -> None:
        words = self.words
        self.compare.set_visibility(other is not None)
        if other is None:
            return
        said = words.say("compare_note", members=other.gap.members) if other.gap else words.say("compare_wait")
        rows = words.compare_rows((emulated, other.emulated), (run, other.run), other.gap)
        self.compared.set_content(table(words.compare_header(), rows, said))

    def _show_charts(self, emulated: Emulated, run: Confirmed | None) -> None:
        words, usual = self.words, self.desk.emulation.usual_chances()
        n = len(self.desk.emulation.targets)
        rows = [
            (words.name(row), emulated.chances[row], run.chances[row] if run else None, usual[row])
            for row in (n, *range(n))
        ]
        labels = (words.say("emulated"), words.say("confirmed"), words.say("usual", n=self.desk.emulation.n_base))
        said = "; ".join(words.heard_chance(name, figure) for name, figure, *_ in rows)
        _put(self.chances, options.chances(rows, labels, said))
        for row, (chart, target) in enumerate(zip(self.fans, self.desk.emulation.targets, strict=True)):
            _put(chart, options.fan(target, self.desk.usual[row], emulated, row, run, words.language))

    def _show_gains(self, emulated: Emulated) -> None:
        words = self.words
        header = [words.say("lever"), words.say("gain_chance"), words.say("gain_cost", unit=words.money_unit())]
        rows = words.gain_rows(emulated, self.desk.settings.levers)
        cells, faint = [row for row, _ in rows], [weak for _, weak in rows]
        said = words.say("gains_note") if rows else words.say("no_moves")
        self.gains.set_content(table(header, cells, said, faint) if rows else f"<p>{said}</p>")

    def _show_flows(self, run: Confirmed | None) -> None:
        words = self.words
        for part in (self.flow_row, self.flows, self.all_flows):
            part.set_visibility(run is not None)
        if run is None:
            self.flow_note.set_text(words.say("flows_wait"))
            return
        last = self.desk.emulation.last_year
        self.flow_note.set_text(words.say("flows_note", first=BASE_YEAR + 1, last=last, members=len(run.members)))
        names = self.desk.place_names(words.language)
        tables, matrices = [], []
        for kind, flows in run.flows.items():
            unit = flow_words.unit_of_flow(kind, flows, words.language)
            change = flow_words.unit_of_change(kind, flows, words.language)
            title, net = flow_words.title(words, kind, unit), flow_words.net_line(words, flows, change)
            self.flow_titles[kind].set_text(title)
            _put(self.flow_charts[kind], flow_words.chart(words, flows, unit, names, f"{title} {net}"))
            header = flow_words.exchange_header(words, change)
            tables.append(table(header, flow_words.exchange_rows(flows, unit, change, names), f"{title}　{net}"))
            cells = flow_words.matrix(flows, unit, names, run.places)
            matrices.append(table(["", *(names[place] for place in run.places)], cells, title))
        self.flows.set_content("".join(tables))
        self.matrices.set_content("".join(matrices))


def _put(chart: ui.echart, made: dict[str, object]) -> None:
    chart.options.clear()
    chart.options.update(made)
    chart.update()


__all__ = ["Compared", "Results"]
