"""Controls of the page: native ranges for levers, by family, which keyboards, phones and screen readers know."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby

from nicegui import events, ui

from model.policy import FAMILY_NAMES, Lever
from outputs.language import LANGUAGES, significant
from outputs.page.emulated import Emulated
from outputs.page.setting import Setting
from outputs.page.telling import Words

_THROTTLE = 0.05
"""Seconds between two events of one slider; the last one always comes."""
_STEPS = 50
Moved = Callable[[Lever, float | None, float | None], None]


def step_of(lever: Lever) -> float:
    """A round step of some fiftieth of the way to the upper bound; whole where the lever is counted in whole things."""
    span = lever.bounds[1] - lever.baseline
    rough = span / _STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= rough * 0.999) * power
    whole = lever.baseline.is_integer() and lever.bounds[1].is_integer() and span >= 10.0
    return max(step, 1.0) if whole else step


def a_range(label: str, ends: tuple[float, float, float], value: float, on_move: Callable[[float], None]) -> ui.element:
    """A native range; its value belongs to the browser, so that an answer under way never pulls it back.

    Parameters
    ----------
    ends : lowest, highest, step.
    """
    low, high, step = ends
    made = ui.element("input")
    made.props["type"] = "range"
    made.props["min"], made.props["max"], made.props["step"] = low, high, step
    made.props["defaultValue"] = str(value)
    made.props["aria-label"] = label

    def take(event: events.GenericEventArguments) -> None:
        number = event.args
        if isinstance(number, int | float) and math.isfinite(number):
            on_move(float(number))

    made.on("input", take, throttle=_THROTTLE, js_handler="(e) => emit(Number(e.target.value))")
    return made


@dataclass(eq=False)
class Row:
    """What of one lever changes."""

    level: ui.element
    timing: ui.element
    now: ui.label
    when: ui.label
    money: ui.label


class Panel:
    """All levers by family."""

    def __init__(self, words: Words, setting: Setting, on_move: Moved) -> None:
        """Draw them."""
        self.words, self.rows, self.counts = words, dict[str, Row](), dict[str, ui.label]()
        levers = words.emulation.settings.levers
        self.families = {family: list(each) for family, each in groupby(levers, key=lambda lever: lever.family)}
        for family, each in self.families.items():
            with ui.element("details").classes("family") as details:
                if any(lever.lever_id in setting.lifts for lever in each) or family == levers[0].family:
                    details.props["open"] = True
                with ui.element("summary"):
                    ui.label(FAMILY_NAMES[family][LANGUAGES.index(words.language)]).style("display:inline")
                    self.counts[family] = ui.label().classes("n").style("display:inline")
                for lever in each:
                    self.rows[lever.lever_id] = self._row(lever, setting, on_move)

    def _row(self, lever: Lever, setting: Setting, on_move: Moved) -> Row:
        words, lift = self.words, setting.lift(lever)
        name = words.lever(lever)
        ends = (lever.baseline, lever.bounds[1], step_of(lever))
        with ui.element("div").classes("lever"):
            ui.label(name).classes("name")
            now = ui.label().classes("now")
            level = a_range(words.say("level", name=name), ends, lift.level, lambda value: on_move(lever, value, None))
            level.mark(f"level-{lever.lever_id}")
            timing = a_range(
                words.say("timing", name=name), (0.0, 1.0, 0.1), lift.timing, lambda value: on_move(lever, None, value)
            )
            timing.classes("timing").mark(f"timing-{lever.lever_id}")
            when = ui.label().classes("when")
            money = ui.label().classes("money")
        return Row(level, timing, now, when, money)

    def show(self, setting: Setting, emulated: Emulated | None) -> None:
        """Write levels, timings and costs beside the levers."""
        costs: Mapping[str, float] = {gain.lever_id: gain.cost for gain in emulated.gains} if emulated else {}
        words = self.words
        for lever in words.emulation.settings.levers:
            row, lift = self.rows[lever.lever_id], setting.lift(lever)
            is_moved = lever.lever_id in setting.lifts
            low, high = significant(lever.baseline, 4), significant(lever.bounds[1], 4)
            row.now.set_text(f"{words.level(lever, lift)} [{low} – {high}]")
            row.when.set_text(f"{words.say('when')}: {words.timing(lift.timing)}" if is_moved else words.say("at_2020"))
            row.timing.set_visibility(is_moved)
            said = [words.unit_cost(lever)]
            if emulated and lever.lever_id in costs:
                error = words.money(emulated.cost.error)
                said.insert(0, words.say("added", cost=words.money(costs[lever.lever_id]), error=error))
            row.money.set_text(" · ".join(said))
        for family, each in self.families.items():
            moved = sum(lever.lever_id in setting.lifts for lever in each)
            self.counts[family].set_text(words.say("moved", n=moved) if moved else "")

    def put(self, setting: Setting) -> None:
        """Move the sliders to a setting that came otherwise than by moving them."""
        values = {}
        for lever in self.words.emulation.settings.levers:
            row, lift = self.rows[lever.lever_id], setting.lift(lever)
            values[row.level.html_id] = lift.level
            values[row.timing.html_id] = lift.timing
            row.level.props["defaultValue"], row.timing.props["defaultValue"] = str(lift.level), str(lift.timing)
        ui.run_javascript(
            f"for (const [id, value] of Object.entries({values!r})) document.getElementById(id).value = value;"
        )


__all__ = ["Panel", "a_range", "step_of"]
