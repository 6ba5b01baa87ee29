"""What the page says in words and tables, from numbers alone; no page is known here."""

from __future__ import annotations

import csv
import html
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from model.policy import BASE_YEAR, Lever
from outputs.language import difference_unit, percent, significant, text, unit_of
from outputs.page.confirmed import Confirmed, Difference
from outputs.page.emulated import BILLION, Emulated, Emulation, Figure
from outputs.page.runs import Job
from outputs.page.setting import EVEN, Lift

_FLOW_UNITS = {"talents": "persons", "firms": "firms", "capital": "yuan"}
_SURE = 0.95


@dataclass(frozen=True)
class Words:
    """Sentences and tables in one language."""

    emulation: Emulation
    language: str

    def say(self, key: str, **values: object) -> str:
        """Fixed words of the page."""
        return text(f"page_{key}", self.language, **values)

    def name(self, row: int) -> str:
        """A headline target, or all of them."""
        targets = self.emulation.targets
        if row == len(targets):
            return self.say("all")
        return targets[row].name_zh if self.language == "zh" else targets[row].name_en

    def lever(self, lever: Lever) -> str:
        """Name of a lever."""
        return lever.name_zh if self.language == "zh" else lever.name_en

    def money(self, billion: float) -> str:
        """Bn yuan, or 亿元 in Chinese."""
        unit = unit_of("bn yuan", self.language)
        digits = unit.decimals + (self.language == "en")
        return f"{billion * unit.factor:,.{digits}f} {unit.name}".replace("-", "−")

    def interval(self, figure: Figure) -> str:
        """Bounds of a chance."""
        return self.say("interval", low=percent(figure.low), high=percent(figure.high))

    def headline(self, emulated: Emulated) -> str:
        """The answer in one line."""
        last, n = self.emulation.last_year, len(self.emulation.targets)
        return self.say("headline", year=last, n=n, chance=percent(emulated.chances[-1].value))

    def emulated_line(self, emulated: Emulated) -> str:
        """Interval, error and time of the answer."""
        figure = emulated.chances[-1]
        error = significant(100 * figure.error, 2)
        return self.say(
            "emulated_line", interval=self.interval(figure), error=error, ms=max(round(1000 * emulated.seconds), 1)
        )

    def run_line(self, job: Job | None, run: Confirmed | None) -> str:
        """How far the true runs are, and what they say."""
        if job is None:
            return self.say("waiting")
        if job.broken:
            return self.say("broken", why=self.say(f"broken_{job.broken.value}", fault=job.fault))
        if run is None:
            return self.say("first", members=job.members)
        chance = run.chances[-1]
        said = {"chance": percent(chance.value), "interval": self.interval(chance)}
        if not run.is_whole:
            return self.say("running_line", done=len(run.members) + run.n_failed, members=run.wanted, **said)
        failed = f" · {self.say('failed', n=run.n_failed)}" if run.n_failed else ""
        return self.say("confirmed_line", members=len(run.members), **said) + failed

    def agreement(self, emulated: Emulated, run: Confirmed | None) -> str:
        """Whether the two intervals of the chance of all targets touch, once all members were run."""
        if run is None or not run.is_whole:
            return ""
        one, other = emulated.chances[-1], run.chances[-1]
        return self.say("agree" if one.low <= other.high and other.low <= one.high else "disagree")

    def binds(self, emulated: Emulated, run: Confirmed | None) -> list[str]:
        """Which target binds: emulated, and among the runs."""
        row = emulated.binding
        target, chance = self.emulation.targets[row], emulated.chances[row]
        unit = unit_of(target.unit, self.language, target.value)
        name = difference_unit(target.unit, self.language)
        lines = [self.say("binds_none")]
        if chance.value < _SURE:
            gap = f"{unit.signed(emulated.gaps[row])} {name}"
            error = f"±{significant(emulated.values[row].error * unit.factor, 2)}"
            lines = [self.say("binds_line", target=self.name(row), chance=percent(chance.value), gap=gap, error=error)]
        if run:
            missed = int((~run.met[-1]).sum())
            lines.append(self.say("missed_none"))
            if run.binding is not None:
                share = percent(int((~run.met[run.binding]).sum()) / missed)
                lines[-1] = self.say("missed", missed=missed, share=share, target=self.name(run.binding))
        return lines

    def budget(self, emulated: Emulated, run: Confirmed | None) -> list[str]:
        """Added cost and who pays, and whether the budget reaches."""
        lines = [
            self.say(
                "cost_line",
                year=self.emulation.last_year,
                cost=self.money(emulated.cost.value),
                error=self.money(emulated.cost.error),
                district=self.money(emulated.district.value),
                district_error=self.money(emulated.district.error),
            )
        ]
        if run is None:
            return [*lines, self.say("ration_waits")]
        cost, gap = run.cost, "、" if self.language == "zh" else ", "
        payers = gap.join(
            self.say("payer", payer=text(payer, self.language), amount=self.money(amount))
            for payer, amount in run.by_payer.items()
        )
        ends = {"low": self._end(cost.low), "high": self._end(cost.high)}
        lines.append(self.say("cost_run", cost=self.money(cost.value), payers=payers, **ends))
        years = gap.join(f"{year} {percent(paid)}" for year, paid in enumerate(run.least_paid, start=BASE_YEAR + 1))
        share = {"low": percent(run.rationed.low), "high": percent(run.rationed.high)}
        return [*lines, self.say("rationed", share=percent(run.rationed.value), years=years, **share)]

    def _end(self, billion: float) -> str:
        return self.money(billion) if math.isfinite(billion) else "–"

    def level(self, lever: Lever, lift: Lift) -> str:
        """Level of a lever with its unit."""
        unit = lever.unit_zh if self.language == "zh" else lever.unit
        return f"{lift.level:,.4g} {unit}"

    def timing(self, timing: float) -> str:
        """Timing in words."""
        if timing == EVEN:
            return self.say("even")
        ends = {0.0: "early", 1.0: "late"}
        return self.say(ends.get(timing) or ("earlier" if timing < EVEN else "later"))

    def unit_cost(self, lever: Lever) -> str:
        """Declared unit cost with its range, and the source's note in English."""
        unit = unit_of("yuan", self.language) if lever.cost.unit_cost >= BILLION / 10 else None
        cost = lever.cost

        def shown(value: float) -> str:
            return f"{value * unit.factor:,.3g} {unit.name}" if unit else f"{self.yuan(value)}"

        return self.say("unit_cost", cost=shown(cost.unit_cost), low=shown(cost.low), high=shown(cost.high))

    def yuan(self, value: float) -> str:
        """Yuan in 万元 or thousand yuan where they are many; a small cost is no use in billions."""
        if value < 1e4:
            return f"{significant(value)} {text('unit yuan', self.language)}"
        if self.language == "zh":
            return f"{significant(value / 1e4)} 万元"
        return f"{significant(value / 1e6)} m yuan" if value >= 1e6 else f"{significant(value / 1e3)} thousand yuan"

    def target_rows(self, emulated: Emulated, run: Confirmed | None) -> list[list[str]]:
        """Cells of the table of targets."""
        rows = []
        for row in range(len(self.emulation.targets) + 1):
            chance = emulated.chances[row]
            value, error = "", ""
            if row < len(self.emulation.targets):
                target = self.emulation.targets[row]
                unit = unit_of(target.unit, self.language, target.value)
                value = f"{unit.number(emulated.values[row].value)} {unit.name}"
                error = f"±{significant(emulated.values[row].error * unit.factor, 2)}"
            cells = [self.name(row), value, error, percent(chance.value), self._span(chance)]
            cells.append(f"±{significant(100 * chance.error, 2)}")
            more = [percent(run.chances[row].value), self._span(run.chances[row])] if run else ["…", "…"]
            rows.append([*cells, *more])
        return rows

    def target_header(self) -> list[str]:
        """Of `target_rows`."""
        keys = ("target", "value", "error", "chance", "low_high", "chance_error", "chance_run", "low_high")
        return [self.say(key) for key in keys]

    def gain_rows(self, emulated: Emulated, levers: Sequence[Lever]) -> list[tuple[list[str], bool]]:
        """Cells of what moved levers add, and whether both lie within the emulator's error."""
        by_id = {lever.lever_id: lever for lever in levers}
        unit = unit_of("bn yuan", self.language)
        return [
            (
                [self.lever(by_id[gain.lever_id]), f"{100 * gain.chance:+.1f}", f"{unit.signed(gain.cost)}"],
                abs(gain.chance) < emulated.chances[-1].error and abs(gain.cost) < emulated.cost.error,
            )
            for gain in emulated.gains
        ]

    def flow_table(self, run: Confirmed, kind: str, names: Sequence[str]) -> tuple[str, list[list[str]]]:
        """Caption and cells of one kind of flow."""
        flows = run.flows[kind]
        unit = unit_of(_FLOW_UNITS[kind], self.language, float(flows["mean"].max()))
        name = unit.name if unit.name != "number" else text("unit firms", self.language)
        rows = []
        for origin, label in enumerate(names):
            cells = [label]
            for destination in range(len(names)):
                middle, low, high = (flows[key][origin, destination] for key in ("mean", "p05", "p95"))
                shown = f"{unit.short(middle)} [{unit.short(low)}, {unit.short(high)}]"
                cells.append(shown if middle or high else "–")
            rows.append(cells)
        return self.say("flow_of", name=text(kind, self.language), unit=name), rows

    def compare_rows(
        self, pair: tuple[Emulated, Emulated], runs: tuple[Confirmed | None, Confirmed | None], gap: Difference | None
    ) -> list[list[str]]:
        """Cells of A beside B: chances, then cost; each emulated and run."""
        rows = []
        for row in range(len(self.emulation.targets) + 1):
            cells = [self.name(row)]
            for emulated, run in zip(pair, runs, strict=True):
                cells.append(f"{percent(emulated.chances[row].value)} {self._span(emulated.chances[row])}")
                cells.append(f"{percent(run.chances[row].value)} {self._span(run.chances[row])}" if run else "…")
            rows.append([*cells, self._points(gap.chances[row]) if gap else "…"])
        cells = [self.say("added_cost")]
        for emulated, run in zip(pair, runs, strict=True):
            cells.append(f"{self.money(emulated.cost.value)} ±{self.money(emulated.cost.error)}")
            cells.append(f"{self.money(run.cost.value)}" if run else "…")
        rows.append([*cells, self._gap_money(gap.cost) if gap else "…"])
        return rows

    def compare_header(self) -> list[str]:
        """Of `compare_rows`."""
        kinds = [self.say("emulated"), self.say("confirmed")]
        both = [f"{self.say(side)} · {kind}" for side in ("a", "b") for kind in kinds]
        return [self.say("target"), *both, self.say("a_less_b")]

    def _points(self, figure: Figure) -> str:
        bounds = f"[{100 * figure.low:+.0f}, {100 * figure.high:+.0f}]"
        return self.say("points", value=f"{100 * figure.value:+.0f} {bounds}")

    def _gap_money(self, figure: Figure) -> str:
        unit = unit_of("bn yuan", self.language)
        return f"{unit.signed(figure.value)} [{unit.signed(figure.low)}, {unit.signed(figure.high)}] {unit.name}"

    @staticmethod
    def _span(figure: Figure) -> str:
        return f"[{100 * figure.low:.0f}, {100 * figure.high:.0f}]"


def table(header: Sequence[str], rows: Sequence[Sequence[str]], caption: str, faint: Sequence[bool] = ()) -> str:
    """A table in HTML, all its cells escaped; the first cell of a row heads it."""
    head = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in header)
    lines = []
    for place, (first, *cells) in enumerate(rows):
        row = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
        grey = ' class="faint"' if place < len(faint) and faint[place] else ""
        lines.append(f'<tr{grey}><th scope="row">{html.escape(first)}</th>{row}</tr>')
    about = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    return (
        f'<div class="wide"><table>{about}<thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>'
    )


def tidy(emulation: Emulation, emulated: Emulated, run: Confirmed | None, setting: str) -> str:
    """The answer as a tidy CSV: one number a row, with what it is, unit, error, bounds, members, study and setting."""
    stream = io.StringIO()
    write = csv.writer(stream, lineterminator="\n").writerow
    write(["study", "setting", "kind", "quantity", "target", "value", "unit", "error", "low", "high", "members"])
    study = emulation.settings.study.study_id
    names = [*(target.target_id for target in emulation.targets), "all_targets"]

    def row(kind: str, quantity: str, name: str, figure: Figure, unit: str, members: int) -> None:
        numbers = [
            _cell(value) for value in (figure.error if kind == "emulated" else math.nan, figure.low, figure.high)
        ]
        write([study, setting, kind, quantity, name, _cell(figure.value), unit, *numbers, members])

    for name, figure in zip(names, emulated.chances, strict=True):
        row("emulated", "chance", name, figure, "share", emulation.n_base)
    for target, figure in zip(emulation.targets, emulated.values, strict=True):
        row("emulated", "mean", target.target_id, figure, target.unit, emulation.n_base)
    row("emulated", "added_cost", "", emulated.cost, "bn yuan", emulation.n_base)
    row("emulated", "added_cost_district", "", emulated.district, "bn yuan", emulation.n_base)
    if run:
        for name, figure in zip(names, run.chances, strict=True):
            row("true_runs", "chance", name, figure, "share", len(run.members))
        row("true_runs", "added_cost", "", run.cost, "bn yuan", len(run.members))
        row("true_runs", "share_rationed", "", run.rationed, "share", len(run.members))
    return stream.getvalue()


def _cell(value: float) -> str:
    return f"{value:.10g}" if math.isfinite(value) else ""


__all__ = ["Words", "table", "tidy"]
