"""What a visitor can take away: a scenario file, a link, a table, a chart."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from nicegui import ui

from model.errors import ProjectError
from model.lever_settings import Named
from outputs.language import percent
from outputs.page.desk import Desk
from outputs.page.emulated import Emulated
from outputs.page.setting import Setting
from outputs.page.telling import Words

_FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,60}")


def button(label: str, on_click: Callable[[], object], mark: str) -> ui.button:
    """A plain button of the house."""
    return ui.button(label, on_click=on_click).props("flat no-caps dense padding='4px 12px'").mark(mark)


def scenario_text(desk: Desk, words: Words, setting: Setting, emulated: Emulated, names: tuple[str, str, str]) -> str:
    """Scenario file of a setting, with what was emulated of it at its head.

    Raises
    ------
    ProjectError : the name cannot be that of a file or is the library's, or a label is empty.
    """
    file_id, label_zh, label_en = (name.strip() for name in names)
    if not _FILE_ID.fullmatch(file_id):
        raise ProjectError(words.say("bad_id"))
    if file_id in desk.settings.taken:
        raise ProjectError(words.say("taken_id", name=file_id))
    if not (label_zh and label_en):
        raise ProjectError(words.say("no_label"))
    chance = emulated.chances[-1]
    told = {"study": desk.emulation.study_id, "chance": percent(chance.value), "interval": words.interval(chance)}
    return desk.file_text(setting, Named(file_id, label_zh, label_en), words.say("notes", **told))


def save_dialog(desk: Desk, words: Words, now: Callable[[], tuple[Setting, Emulated | None]]) -> ui.dialog:
    """Ask for a name and labels, and download the scenario file; nothing is written on the server."""
    say = words.say
    with ui.dialog() as dialog, ui.card().style("min-width: min(420px, 90vw)"):
        ui.label(say("save")).classes("text-lg")
        file_id = ui.input(say("file_id"), value="my_setting").classes("w-full").mark("file-id")
        label_zh = ui.input(say("label_zh"), value="我的方案").classes("w-full").mark("label-zh")
        label_en = ui.input(say("label_en"), value="My setting").classes("w-full").mark("label-en")
        fault = ui.label().props('role="alert"').style("color: var(--goal)").mark("fault")

        def save() -> None:
            setting, emulated = now()
            if emulated is None:
                return
            try:
                names = (file_id.value or "", label_zh.value or "", label_en.value or "")
                text = scenario_text(desk, words, setting, emulated, names)
            except ProjectError as error:
                fault.set_text("; ".join(error.lines()))
                return
            fault.set_text("")
            ui.download.content(text, f"{names[0].strip()}.yaml", "application/yaml")
            dialog.close()

        with ui.row():
            button(say("download"), save, "download")
            button(say("cancel"), dialog.close, "cancel")
    return dialog


def share_dialog(words: Words, address: Callable[[], str]) -> Callable[[], Awaitable[None]]:
    """Give the function that shows the link of what is shown."""
    with ui.dialog() as dialog, ui.card().style("min-width: min(520px, 90vw)"):
        ui.label(words.say("share")).classes("text-lg")
        field = ui.input(words.say("share")).props("readonly").classes("w-full").mark("link")
        ui.label(words.say("share_note")).classes("note")

        def copy() -> None:
            ui.clipboard.write(field.value)
            ui.notify(words.say("copied"))

        with ui.row():
            button(words.say("copy"), copy, "copy")
            button(words.say("cancel"), dialog.close, "close-link")

    async def show() -> None:
        origin = await ui.run_javascript("window.location.origin")
        field.set_value(f"{origin}{address()}")
        dialog.open()

    return show


def download_chart(chart: ui.echart, name: str) -> None:
    """Have the browser save a chart as it stands, twice as fine as on the screen."""
    ui.run_javascript(
        f"const made = getElement({chart.id}).chart"
        ".getDataURL({type: 'png', pixelRatio: 2, backgroundColor: '#fff'});"
        f"const link = document.createElement('a'); link.href = made; link.download = {name!r}; link.click();"
    )


__all__ = ["button", "download_chart", "save_dialog", "scenario_text", "share_dialog"]
