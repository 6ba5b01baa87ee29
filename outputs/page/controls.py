"""Controls of the page: native ranges and lists, by family, which keyboards, phones and screen readers know."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from nicegui import events, ui

from model.policy import FAMILY_NAMES, Lever
from outputs.language import LANGUAGES
from outputs.page.emulated import Emulated
from outputs.page.setting import Lift, Setting
from outputs.page.telling import Words

_THROTTLE = 0.05
"""Seconds between two events of one slider; the last one always comes."""
_STEPS = 50
_FINEST = 1000
Moved = Callable[[Lever, Lift], None]


def step_of(lever: Lever) -> float:
    """A round step, some fiftieth of the range, that meets the level of 2020; whole where things are counted."""
    low, high = lever.bounds
    span = high - low
    rough, whole = span / _STEPS, lever.baseline.is_integer() and high.is_integer() and span >= 10.0
    power = 10.0 ** math.floor(math.log10(rough))
    rounds = [factor * power / shrink for shrink in (1.0, 10.0, 100.0) for factor in (10.0, 5.0, 2.0, 1.0)]
    for step in rounds:
        if step > rough * 1.5 or step < span / _FINEST or (whole and not step.is_integer()):
            continue
        if all(math.isclose(way / step, round(way / step), abs_tol=1e-6) for way in (lever.baseline - low, span)):
            return step
    return 1.0 if whole else span / _FINEST


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


def a_list(label: str, choices: Sequence[str], chosen: int, on_choose: Callable[[int], None]) -> ui.element:
    """A native list; what is chosen belongs to the browser as well."""
    options = [
        f"<option{' selected' if place == chosen else ''}>{html.escape(words)}</option>"
        for place, words in enumerate(choices)
    ]
    made = ui.html("".join(options), sanitize=False, tag="select")  # one element, not one an option: pages open faster
    made.props["aria-label"] = label

    def take(event: events.GenericEventArguments) -> None:
        if isinstance(event.args, int) and 0 <= event.args < len(choices):
            on_choose(event.args)

    made.on("change", take, js_handler="(e) => emit(e.target.selectedIndex)")
    return made


@dataclass(eq=False)
class Row:
    """What of one lever changes."""

    level: ui.element
    span: ui.element
    before: ui.element
    now: ui.label
    until: ui.label
    money: ui.label


class Panel:
    """All levers by family."""

    def __init__(self, words: Words, setting: Setting, on_move: Moved) -> None:
        """Draw them."""
        self.words, self.choices, self.setting = words, words.emulation.choices, setting
        self.on_move = on_move
        self.rows, self.counts = dict[str, Row](), dict[str, ui.label]()
        levers = self.choices.levers
        self.families = {family: list(each) for family, each in groupby(levers, key=lambda lever: lever.family)}
        for family, each in self.families.items():
            with ui.element("details").classes("family") as details:
                if any(lever.lever_id in setting.lifts for lever in each) or family == levers[0].family:
                    details.props["open"] = True
                with ui.element("summary"):
                    ui.label(FAMILY_NAMES[family][LANGUAGES.index(words.language)]).style("display:inline")
                    self.counts[family] = ui.label().classes("n").style("display:inline")
                for lever in each:
                    self.rows[lever.lever_id] = self._row(lever)

    def _row(self, lever: Lever) -> Row:
        words, choices, lift = self.words, self.choices, self.choices.lift(self.setting, lever)
        name = words.lever(lever)
        ends = (*lever.bounds, step_of(lever))
        said = [words.span(span, choices) for span in choices.spans]

        def now_at() -> Lift:
            return choices.lift(self.setting, lever)

        def reach(value: float) -> None:
            self.on_move(lever, replace(now_at(), level=value))

        def stand(value: float) -> None:
            self.on_move(lever, replace(now_at(), before=value))

        def take_years(at: int) -> None:
            self.on_move(lever, replace(now_at(), span=choices.spans[at]))

        with ui.element("div").classes("lever"):
            ui.label(name).classes("name")
            now = ui.label().classes("now")
            level = a_range(words.say("level", name=name, year=choices.years[-1]), ends, lift.level, reach)
            level.mark(f"level-{lever.lever_id}")
            ui.label(" · ".join(filter(None, (words.room(lever), words.no_fall(lever))))).classes("money")
            place = choices.spans.index(lift.span)
            span = a_list(words.say("when", name=name), said, place, take_years)
            span.mark(f"span-{lever.lever_id}")
            until = ui.label().classes("now")
            before = a_range(words.say("before", name=name), ends, lift.before, stand)
            before.classes("before").mark(f"before-{lever.lever_id}")
            money = ui.label().classes("money")
        return Row(level, span, before, now, until, money)

    def show(self, setting: Setting, emulated: Emulated | None) -> None:
        """Write levels, years and costs beside the levers; the list of years shows where a lever is moved."""
        self.setting = setting
        costs: Mapping[str, float] = {gain.lever_id: gain.cost for gain in emulated.gains} if emulated else {}
        words, choices = self.words, self.choices
        for lever in choices.levers:
            row, lift = self.rows[lever.lever_id], choices.lift(setting, lever)
            waits = lever.lever_id in setting.lifts and choices.can_wait(lift.span)
            row.now.set_text(words.level(lever, lift.level))
            row.until.set_text(words.say("until", first=choices.years[0], level=words.level(lever, lift.before)))
            row.span.set_visibility(lever.lever_id in setting.lifts)
            row.until.set_visibility(waits)
            row.before.set_visibility(waits)
            _hear(row.level, words.lift(lever, lift, choices))
            _hear(row.before, words.level(lever, lift.before))
            said = [words.unit_cost(lever)]
            if emulated and lever.lever_id in costs:
                error = words.money(emulated.cost.error)
                said.insert(0, words.say("added", cost=words.money(costs[lever.lever_id]), error=error))
            row.money.set_text(" · ".join(said))
        for family, each in self.families.items():
            moved = sum(lever.lever_id in setting.lifts for lever in each)
            self.counts[family].set_text(words.say("moved", n=moved) if moved else "")

    def put(self, setting: Setting) -> None:
        """Move the controls to a setting that came otherwise than by moving them."""
        self.setting = setting
        values, places = dict[str, float](), dict[str, int]()
        for lever in self.choices.levers:
            row, lift = self.rows[lever.lever_id], self.choices.lift(setting, lever)
            values[row.level.html_id], values[row.before.html_id] = lift.level, lift.before
            places[row.span.html_id] = self.choices.spans.index(lift.span)
            row.level.props["defaultValue"], row.before.props["defaultValue"] = str(lift.level), str(lift.before)
        ui.run_javascript(
            f"for (const [id, value] of Object.entries({values!r})) document.getElementById(id).value = value;"
            f"for (const [id, place] of Object.entries({places!r})) document.getElementById(id).selectedIndex = place;"
        )


def _hear(control: ui.element, words: str) -> None:
    """What a screen reader says of a slider in place of its bare number."""
    if control.props.get("aria-valuetext") != words:
        control.props["aria-valuetext"] = words
        control.update()


__all__ = ["Panel", "a_list", "a_range", "step_of"]
