"""The verb `page`: opens the study, then serves the page until it is stopped."""

from __future__ import annotations

import socket
from argparse import Namespace

from model.errors import UsageError
from model.wiring import Wiring
from outputs.language import LANGUAGES
from outputs.page.desk import Desk
from outputs.page.runs import TrueRuns

_PATIENCE = 30.0
"""Seconds that a visitor may wait for the page; a busy machine takes more than the three that NiceGUI grants."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(args: Namespace, wiring: Wiring) -> int:
    """Open the study, register the page and serve it.

    Raises
    ------
    UsageError : the port is taken.
    StudyError : the study is not one of `learn`, or its data have changed.
    """
    refuse_port(args.host, args.port)
    desk = open_desk(args, wiring)
    desk.warm()
    from nicegui import app, ui  # noqa: PLC0415 - an optional extra

    app.on_startup(desk.runs.start)
    app.on_shutdown(desk.runs.stop)
    register(desk)
    wiring.say(f"Page of study {desk.emulation.study_id}: http://{args.host}:{args.port} (stop it with Ctrl+C)")
    if args.host not in LOOPBACK:
        wiring.warn(f"It is served on {args.host}: whoever reaches this machine there can use it; there is no account.")
    ui.run(
        host=args.host,
        port=args.port,
        title="Yinzhou",
        reload=False,
        show=not args.no_browser,
        show_welcome_message=False,
        language="zh-CN",
    )
    return 0


def open_desk(args: Namespace, wiring: Wiring) -> Desk:
    """Open the study, and say how true runs are made; nothing runs yet."""
    settings = wiring.lever_settings(args)
    runner = settings.question(args.members, args.seed).runner
    return Desk(settings, TrueRuns(runner, args.members, args.workers), args.seed)


def register(desk: Desk) -> None:
    """Register the page with NiceGUI."""
    from nicegui import ui  # noqa: PLC0415

    from outputs.charts.style import LINE  # noqa: PLC0415
    from outputs.page.link import Fault, of_link  # noqa: PLC0415
    from outputs.page.look import CSS  # noqa: PLC0415
    from outputs.page.setting import Setting  # noqa: PLC0415
    from outputs.page.view import View  # noqa: PLC0415

    async def page(lang: str = "zh", set: str = "", b: str | None = None) -> None:  # noqa: A002 - as in the link
        """One visitor's page."""
        language = lang if lang in LANGUAGES else LANGUAGES[0]
        faults: list[Fault] = []

        def read(text: str) -> Setting:
            setting, found = of_link(text, desk.choices)
            faults.extend(found)
            return setting

        setting, other = read(set), None if b is None else read(b)
        ui.add_css(CSS)
        ui.colors(primary=LINE)
        ui.page_title(View.title(language))
        ui.run_javascript(f"document.documentElement.lang = '{'zh-CN' if language == 'zh' else 'en'}'")
        view = View(desk, language, setting, other)
        ui.context.client.on_delete(view.gone)
        await view.draw(faults)

    ui.page("/", response_timeout=_PATIENCE)(page)


def refuse_port(host: str, port: int) -> None:
    """Refuse an address at which nothing can be served.

    Raises
    ------
    UsageError : another program listens there, or the host is not of this machine.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind((host, port))
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"--port {port}: cannot serve at {host}:{port} ({reason}); try another --port") from error


__all__ = ["open_desk", "refuse_port", "register", "serve"]
