"""What the page says in sentences and cells, from numbers alone; no page is known here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from model.policy import BASE_YEAR, Lever
from outputs.language import difference_unit, percent, significant, text, unit_of
from outputs.page.confirmed import Confirmed, Difference
from outputs.page.emulated import BILLION, Emulated, Emulation, Figure
from outputs.page.runs import Job
from outputs.page.setting import Choices, Lift, Span

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
        return f"{self._amount(billion)} {self.money_unit()}"

    def _amount(self, billion: float) -> str:
        unit = unit_of("bn yuan", self.language)
        digits = unit.decimals + (self.language == "en")
        shown = round(billion * unit.factor, digits) + 0.0  # no negative zero
        return f"{shown:,.{digits}f}".replace("-", "−")

    def money_unit(self) -> str:
        """Name of the unit of `money`."""
        return unit_of("bn yuan", self.language).name

    def about(self) -> str:
        """What the page does, and on what it rests."""
        settings = self.emulation.settings
        known, definition = settings.known, settings.study.definition
        told = {"study": self.emulation.study_id, "paths": len(known.path_ids), "members": len(known.members)}
        line = self.say("about", **told, base=self.emulation.n_base, scale=definition.scale)
        if self.emulation.last_year < max(target.year for target in self.emulation.targets):
            line += " " + self.say("outlook", year=self.emulation.last_year)
        return line

    def usual_line(self) -> str:
        """The chance under the policy of 2020, which no move changes."""
        usual = self.emulation.usual_chances()[-1]
        return self.say("usual_chance", chance=percent(usual.value), interval=self.interval(usual))

    def heard_chance(self, name: str, figure: Figure) -> str:
        """One chance of a chart, for those who hear it."""
        return self.say("chart_words", target=name, chance=percent(figure.value), interval=self.interval(figure))

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
        return self.say("emulated_line", interval=self.interval(figure), error=_points(figure))

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
            gap = f"{unit.signed(emulated.gaps[row])} {name}".replace("-", "−")
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
            if self._amount(amount) != self._amount(0.0) or len(run.by_payer) == 1
        )
        ends = {"low": self._end(cost.low), "high": self._end(cost.high)}
        lines.append(self.say("cost_run", cost=self.money(cost.value), payers=payers, **ends))
        years = gap.join(f"{year} {percent(paid)}" for year, paid in enumerate(run.least_paid, start=BASE_YEAR + 1))
        share = {"low": percent(run.rationed.low), "high": percent(run.rationed.high)}
        return [*lines, self.say("rationed", share=percent(run.rationed.value), years=years, **share)]

    def _end(self, billion: float) -> str:
        return self.money(billion) if math.isfinite(billion) else "–"

    def level(self, lever: Lever, level: float) -> str:
        """Level of a lever with its unit."""
        unit = lever.unit_zh if self.language == "zh" else lever.unit
        gap = " × " if unit[0].isdigit() else " "
        return f"{level:,.4g}{gap}{unit}"

    def room(self, lever: Lever) -> str:
        """Level of 2020 and bounds of a lever."""
        low, usual, high = (f"{value:,.4g}" for value in (lever.bounds[0], lever.baseline, lever.bounds[1]))
        return self.say("room", low=low, usual=usual, high=high)

    def no_fall(self, lever: Lever) -> str:
        """That a lever cannot be set below its level of 2020 although its bounds allow it; else nothing."""
        (declared,) = [each for each in self.emulation.settings.levers if each.lever_id == lever.lever_id]
        return self.say("not_learnt") if declared.bounds[0] < lever.bounds[0] else ""

    def span(self, span: Span, choices: Choices) -> str:
        """Years in which a lever moves."""
        said = {"first": span.first, "last": span.last}
        if span.first == span.last:
            return self.say("at_once" if span.first == choices.years[0] else "at_last", **said)
        return self.say("straight" if span == choices.straight else "span", **said)

    def lift(self, lever: Lever, lift: Lift, choices: Choices) -> str:
        """Where a lever goes, for those who hear the page."""
        said = [self.level(lever, lift.level), self.span(lift.span, choices)]
        if lift.before != lever.baseline:
            said.append(self.say("before_is", level=self.level(lever, lift.before)))
        return ("，" if self.language == "zh" else ", ").join(said)

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
            value = ""
            if row < len(self.emulation.targets):
                target = self.emulation.targets[row]
                unit = unit_of(target.unit, self.language, target.value)
                error = significant(emulated.values[row].error * unit.factor, 2)
                value = f"{unit.number(emulated.values[row].value)} ± {error} {unit.name}"
            chance = emulated.chances[row]
            cells = [self.name(row), value, self.chance(chance), _points(chance)]
            rows.append([*cells, self.chance(run.chances[row]) if run else "…"])
        return rows

    def target_header(self) -> list[str]:
        """Of `target_rows`."""
        return [self.say(key) for key in ("target", "value", "chance", "chance_error", "chance_run")]

    def chance(self, figure: Figure) -> str:
        """A chance with its 95 % bounds."""
        return f"{percent(figure.value)} [{100 * figure.low:.0f}, {100 * figure.high:.0f}]"

    def gain_rows(self, emulated: Emulated, levers: Sequence[Lever]) -> list[tuple[list[str], bool]]:
        """Cells of what moved levers add, and whether both lie within the emulator's error."""
        by_id = {lever.lever_id: lever for lever in levers}
        unit = unit_of("bn yuan", self.language)
        return [
            (
                [
                    self.lever(by_id[gain.lever_id]),
                    f"{round(100 * gain.chance, 1) + 0.0:+.1f}".replace("-", "−"),
                    f"{round(gain.cost * unit.factor, unit.decimals) + 0.0:+,.{unit.decimals}f}".replace("-", "−"),
                ],
                abs(gain.chance) < emulated.chances[-1].error and abs(gain.cost) < emulated.cost.error,
            )
            for gain in emulated.gains
        ]

    def compare_rows(
        self, pair: tuple[Emulated, Emulated], runs: tuple[Confirmed | None, Confirmed | None], gap: Difference | None
    ) -> list[list[str]]:
        """Cells of A beside B: chances, then cost; each emulated and run."""
        rows = []
        for row in range(len(self.emulation.targets) + 1):
            cells = [self.name(row)]
            for emulated, run in zip(pair, runs, strict=True):
                cells.append(self.chance(emulated.chances[row]))
                cells.append(self.chance(run.chances[row]) if run else "…")
            rows.append([*cells, self._change(gap.chances[row]) if gap else "…"])
        cells = [self.say("added_cost", unit=self.money_unit())]
        for emulated, run in zip(pair, runs, strict=True):
            cells.append(f"{self._amount(emulated.cost.value)} ± {self._amount(emulated.cost.error)}")
            cells.append(self._amount(run.cost.value) if run else "…")
        rows.append([*cells, self._gap_money(gap.cost) if gap else "…"])
        return rows

    def compare_header(self) -> list[str]:
        """Of `compare_rows`."""
        kinds = [self.say("emulated"), self.say("confirmed")]
        both = [f"{self.say(side)} · {kind}" for side in ("a", "b") for kind in kinds]
        return [self.say("target"), *both, self.say("a_less_b")]

    def _change(self, figure: Figure) -> str:
        value, low, high = (_whole(100 * each) for each in (figure.value, figure.low, figure.high))
        return self.say("points", value=f"{value} [{low}, {high}]")

    def _gap_money(self, figure: Figure) -> str:
        unit = unit_of("bn yuan", self.language)
        return f"{unit.signed(figure.value)} [{unit.signed(figure.low)}, {unit.signed(figure.high)}]"


def _points(figure: Figure) -> str:
    """Error of a chance in points; what is next to nothing says so."""
    points = 100 * figure.error
    return "< 0.1" if 0.0 < points < 0.05 else f"±{points:.1f}"


def _whole(number: float) -> str:
    """With its sign, but for a zero."""
    shown = round(number)
    return f"{shown:+d}".replace("-", "−") if shown else "0"


__all__ = ["Words"]
