"""The bar that stays in sight: the answer, how sure it is, and the ways to the levers and to the results."""

from __future__ import annotations

from nicegui import ui

from outputs.page.confirmed import Confirmed
from outputs.page.emulated import Emulated
from outputs.page.runs import Job
from outputs.page.telling import Words


class Summary:
    """The answer in a few lines.

    What changes with each step of a slider is silent; a hidden line is read out when the sliders rest, and again when
    the true runs are there.
    """

    def __init__(self, words: Words) -> None:
        """Draw it."""
        self.words = words
        with ui.element("section").classes("first").props(f'aria-label="{words.say("answer")}"'):
            with ui.element("div").classes("said"):
                self.headline = ui.label().classes("big").mark("headline")
                self.before = ui.label().classes("small")
            with ui.element("div").classes("said"):
                self.guess = ui.label().classes("guess").mark("emulated")
                self.sure = ui.label().classes("sure").mark("confirmed")
                self.agree = ui.label().classes("note").mark("agree")
            with ui.element("nav").classes("jump").props(f'aria-label="{words.say("jump")}"'):
                ui.html(f'<a href="#levers">{words.say("levers")}</a>', sanitize=False, tag="span")
                ui.html(f'<a href="#answer">{words.say("results")}</a>', sanitize=False, tag="span")
        self.heard = ui.label().classes("sr").props('role="status" aria-live="polite" aria-atomic="true"').mark("heard")

    def show(self, emulated: Emulated, run: Confirmed | None, job: Job | None) -> None:
        """Write the latest answer."""
        words = self.words
        self.headline.set_text(words.headline(emulated))
        self.guess.set_text(words.emulated_line(emulated))
        self.sure.set_text(words.run_line(job, run))
        self.agree.set_text(words.agreement(emulated, run))
        self.before.set_text(words.usual_line())

    def read_out(self, emulated: Emulated, run: Confirmed | None, job: Job | None) -> None:
        """Have a screen reader say the answer once."""
        words = self.words
        said = [words.headline(emulated), words.emulated_line(emulated)]
        if run is not None and run.is_whole:
            said += [words.run_line(job, run), words.agreement(emulated, run)]
        self.heard.set_text(" ".join(said))


__all__ = ["Summary"]
