"""The lever page: its numbers against the model's own, its logic without a browser, and as a user meets it in one."""

from __future__ import annotations

import asyncio
import re
import socket
from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

import run
from model.errors import ScenarioError
from model.lever_settings import Named
from model.policy import quarter_of
from outputs.page.confirmed import confirmed, difference
from outputs.page.desk import Desk
from outputs.page.serving import open_desk, register
from outputs.page.setting import Lift, Setting, Span
from outputs.page.telling import Words
from outputs.page.tidy import tidy
from scenarios.emulating import answer_rows, trained
from scenarios.scenario import load
from tests.cli.browsing import free_port, needs_chromium, opened

pytestmark = pytest.mark.usefixtures("one_chart")


def args_of(studies: Path) -> Namespace:
    """What `page levers` is called with; two true runs confirm."""
    return run.parse(["page", "levers", "--studies-dir", str(studies), "--members", "2", "--workers", "1"])


@pytest.fixture(scope="module")
def desk(studies: Path) -> Desk:
    """The desk of that study."""
    return open_desk(args_of(studies), run.Project())


def preset(desk: Desk, name: str) -> Setting:
    """A scenario of the library as a setting."""
    (vector,) = [vector for named, vector in desk.settings.presets if named.scenario_id == name]
    return desk.choices.of_vector(vector)


def test_the_page_says_what_emulate_says(desk: Desk, studies: Path) -> None:
    """The chances of the plan's setting, with their bounds, are those of the verb `emulate` for the scenario plan."""
    answer = desk.emulation.answer(preset(desk, "plan"))
    found = trained(args_of(studies), run.Project(), desk.settings.targets)
    cells = answer_rows(found, load(["plan"], found.study.definition.n_quarters)[0])
    for figure, row in zip(answer.chances, cells, strict=False):
        assert row[3] == f"{figure.value:.0%}"
        assert row[4] == f"{figure.low:.0%} to {figure.high:.0%}"
    assert answer.cost.value == pytest.approx(float(cells[-1][1].split()[0]), abs=0.006)
    assert len(answer.gains) == len(preset(desk, "plan").lifts)
    assert desk.emulation.answer(Setting()).gains == ()


def test_a_saved_file_is_the_setting_and_spares_the_library(desk: Desk, tmp_path: Path) -> None:
    """The file of the plan's setting makes the plan's path but for rounding; a name of the library is refused."""
    setting = preset(desk, "plan")
    file = tmp_path / "mine.yaml"
    file.write_text(desk.file_text(setting, Named("mine", "我的", "Mine"), "note"), encoding="utf-8")
    mine, plan = load([str(file), "plan"], quarter_of(2025))
    span = np.array([lever.bounds[1] - lever.bounds[0] for lever in plan.levers])[:, None]
    assert (np.abs(mine.intensity - plan.intensity) <= 1e-3 * span).all()
    with pytest.raises(ScenarioError, match="library has a scenario 'plan'"):
        desk.file_text(setting, Named("plan", "我的", "Mine"), "")
    with pytest.raises(ScenarioError, match="label: must not be empty"):
        desk.file_text(setting, Named("mine", " ", "Mine"), "")


def test_true_runs_confirm_and_stale_ones_stop(desk: Desk) -> None:
    """Members are run beside the policy of 2020; shares, cost and flows are theirs; what nobody awaits is stopped."""

    async def work() -> None:
        lever = desk.settings.levers[0]
        high = Lift(lever.bounds[1], Span(2022, 2025), lever.baseline)
        setting, stale = preset(desk, "strong"), desk.choices.moved(Setting(), lever, high)
        desk.runs.start()
        try:
            dropped = desk.ask(stale, "one visitor")
            job = desk.ask(setting, "one visitor")
            assert desk.ask(setting, "another") is job
            assert desk.job(stale) is None
            assert job.task is not None
            await job.task
            assert dropped.is_stopped
            usual = desk.ask(Setting(), "one visitor")
            assert usual.task is not None
            await usual.task
        finally:
            await desk.runs.stop()
        told, same = desk.confirmed(job), desk.confirmed(usual)
        assert told is not None
        assert same is not None
        assert (told.members, told.is_whole, told.n_failed) == ((0, 1), True, 0)
        first, column = job.results[0], ("lever_cost", "")
        place = first[1].columns.index(column)
        quarters = range(4, first[1].values.shape[0], 4)
        added = sum(first[1].values[q, place] - first[0].values[q, place] for q in quarters) / 1e9
        assert told.added[0] == pytest.approx(added)
        assert sum(told.by_payer.values()) == pytest.approx(told.added.mean())
        share = np.mean([desk.emulation.targets[0].met_by(value) for value in told.values[0]])
        assert told.chances[0].value == share
        assert told.flows["talents"].mean.sum() > 0.0
        assert same.added.tolist() == [0.0, 0.0]
        gap = difference(told, same)
        assert gap is not None
        assert gap.cost.value == pytest.approx(told.added.mean())
        answer = desk.emulation.answer(setting)
        assert "true_runs,chance,all_targets" in tidy(desk.emulation, answer, told, desk.key(setting))
        for language in ("zh", "en"):
            words = Words(desk.emulation, language)
            assert words.run_line(job, told).count("2") >= 1
            assert len(words.budget(answer, told)) == 3
        assert confirmed(dropped, desk.emulation.targets) is None

    asyncio.run(work())


def test_an_ordinary_study_and_a_taken_port_are_one_error(studies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A study that is no training study names the command that makes one; so does one that is not there."""
    words = ["project", "--smoke", "--scale", "5000", "--members", "1", "--workers", "1", "--quiet", "--lang", "en"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YINZHOU_ENV", "own")
        words += ["--scenarios", "baseline", "--study", "plain", "--studies-dir", str(studies)]
        assert run.main(words) == 0
        capsys.readouterr()
        for name in ("plain", "nowhere"):
            assert run.main(["page", name, "--studies-dir", str(studies), "--port", str(free_port())]) == 1
            assert "python3 run.py learn --study" in capsys.readouterr().err
        with socket.create_server(("127.0.0.1", 0)) as door:
            port = str(door.getsockname()[1])
            assert run.main(["page", "levers", "--studies-dir", str(studies), "--port", port]) == 1
            assert f"--port {port}: cannot serve" in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_moves_languages_and_broken_links_without_a_browser(studies: Path) -> None:
    """A move is counted, a broken link is a message in the page; `should_see` fails where that is not so."""
    pytest.importorskip("nicegui")
    from nicegui.testing import user_simulation  # noqa: PLC0415

    desk = open_desk(args_of(studies), run.Project())

    async def work() -> None:
        async with user_simulation(root=None) as user:
            register(desk)
            desk.runs.start()
            await user.open("/?lang=en")
            await user.should_see("Chance that all 3 targets are met")
            user.find(marker="level-univ_institutes").trigger("input", 12.0)
            await user.should_see("1 moved")
            await user.open("/?lang=zh&set=univ_institutes:1e9@2022")
            await user.should_see("链接里的方案有误")
            await user.should_see("达到的概率")
            await desk.runs.stop()

    asyncio.run(work())


@needs_chromium
def test_a_visitor_in_a_browser(address: str, browser: Browser) -> None:
    """Load, move, confirm, save, language, two sessions, reload; no request leaves the machine, nothing fails."""
    faults, hosts = list[str](), set[str]()
    one, other = (opened(browser.new_context().new_page(), f"{address}/?lang=en", faults, hosts) for _ in range(2))
    slider = one.get_by_role("slider", name="Fly-in enclaves").first
    slider.focus()
    slider.press("ArrowRight")
    expect(one.locator("summary").first).to_contain_text("1 moved")
    expect(one.locator(".sure")).to_contain_text("2 true runs", timeout=60_000)
    assert "set=fly_in_enclave" in one.url
    assert "set=" not in other.url
    expect(other.locator("summary").first).not_to_contain_text("moved")
    one.get_by_role("button", name="Save as a scenario file").click()
    with one.expect_download() as saved:
        one.get_by_role("button", name="Download", exact=True).click()
    assert "fly_in_enclave" in Path(saved.value.path()).read_text("utf-8")
    with one.expect_download() as chart:
        one.locator("section", has_text="Flows to and from").get_by_role("button", name="Download chart").first.click()
    assert Path(chart.value.path()).read_bytes()[:4] == b"\x89PNG"
    one.reload()
    expect(one.locator("summary").first).to_contain_text("1 moved", timeout=30_000)
    one.get_by_role("button", name="中文").click()
    expect(one.locator(".big")).to_contain_text("概率", timeout=30_000)
    expect(one.locator("summary").first).to_contain_text("已移动 1 项")
    assert (faults, hosts) == ([], {address.removeprefix("http://")})


@needs_chromium
def test_keys_alone_on_a_phone(address: str, browser: Browser) -> None:
    """Keys set a lever lower and later; words say it, the answer stays in sight, and nothing is wider than a phone."""
    faults, hosts = list[str](), set[str]()
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    opened(page, f"{address}/?lang=zh&set=univ_institutes:8@2022", faults, hosts)
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.innerText")
        )
        if "高校创新研究院" in seen[-1]:
            break
    assert seen[:4] == ["跳到结果", "English", "措施", "结果"]
    slider = page.get_by_role("slider", name="高校创新研究院").first
    expect(slider).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    years = page.get_by_role("combobox", name="高校创新研究院")
    expect(years).to_be_focused()
    years.select_option("2024–2025 年逐年到位")
    before = page.get_by_role("slider", name="高校创新研究院").nth(1)
    expect(before).to_be_visible()
    page.keyboard.press("Tab")
    expect(before).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^0 家.*2024–2025 年逐年到位，此前 4 "))
    expect(page.get_by_role("status").first).to_contain_text("概率", timeout=30_000)
    assert "set=univ_institutes:0@2024-2025~4" in page.url
    page.mouse.wheel(0, 20_000)
    expect(page.locator(".big")).to_be_in_viewport(ratio=1.0)
    page.get_by_role("link", name="措施").click()
    expect(page.get_by_role("heading", name="措施", exact=True)).to_be_in_viewport(ratio=1.0)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert faults == []
