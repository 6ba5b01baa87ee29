"""Scenario files on the lever page, as a visitor meets them in a real browser: saved, loaded again, refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cli.browsing import needs_chromium, opened

pytestmark = [pytest.mark.usefixtures("one_chart"), needs_chromium]
SETTING = "univ_institutes:8@2024-2025~4"
LABEL = "label: {zh: 甲, en: A}\n"
ENGLISH, CHINESE = "was not loaded, no lever has moved", "没有载入，措施未变"
BAD = {
    "typo.yaml": (LABEL + "levers: {univ_institute: 8}\n").encode(),
    "worlds.yaml": (LABEL + "outside: {world: as_happened}\nlevers: {univ_institutes: 8}\n").encode(),
    "broken.yaml": b"levers: [\n",
    "tag.yaml": b"label: !!bool perhaps\n",
    "binary.yaml": bytes(range(256)),
    "huge.yaml": b"#" * 2_000_000,
    "<b>.yaml": b"",
}
TOLD = {
    "typo.yaml": ("typo.yaml:2:10: unknown lever 'univ_institute'", "typo.yaml:2:10: 没有“univ_institute”这项措施"),
    "worlds.yaml": ("outside.world (in the file or its base)", "outside.world（写在文件或其 base 中）"),
    "broken.yaml": ("broken.yaml:2:1: not YAML", "broken.yaml:2:1: 此处不是有效的 YAML"),
    "tag.yaml": ("tag.yaml:1:1: not YAML", "tag.yaml:1:1: 此处不是有效的 YAML"),
    "binary.yaml": ("the file is not UTF-8", "文件不是 UTF-8"),
    "huge.yaml": ("The file has 2000000 bytes", "文件有 2000000 字节"),
    "<b>.yaml": ("<b>.yaml:1:1: the file is empty", "<b>.yaml:1:1: 文件是空的"),
}


def pick(page: Page, name: str, content: bytes) -> None:
    """Choose a file that lies nowhere."""
    field = page.get_by_label(re.compile("Load a scenario file|载入情景文件"))
    field.set_input_files({"name": name, "mimeType": "application/yaml", "buffer": content})


def test_a_saved_setting_is_loaded_again(address: str, browser: Browser) -> None:
    """What was saved comes back after all levers were moved away; another visitor's levers stay."""
    faults, hosts = list[str](), set[str]()
    one, other = (
        opened(browser.new_context().new_page(), f"{address}/?lang=en&set={setting}", faults, hosts)
        for setting in (SETTING, "fly_in_enclave:5@2022")
    )
    one.get_by_role("button", name="Save as a scenario file").click()
    with one.expect_download() as saved:
        one.get_by_role("button", name="Download", exact=True).click()
    content = Path(saved.value.path()).read_bytes()
    assert b"univ_institutes" in content
    one.get_by_role("button", name="All back to 2020").click()
    expect(one).not_to_have_url(re.compile("set="))
    pick(one, "my_setting.yaml", content)
    expect(one.locator(".levers").get_by_role("status")).to_have_text("“my_setting.yaml” is loaded; levers moved: 1.")
    expect(one).to_have_url(re.compile(re.escape(f"set={SETTING}")))
    before = [one.get_by_role("slider", name=re.compile("[Ii]nstitutes")).nth(place).input_value() for place in (0, 1)]
    assert before == ["8", "4"]
    expect(other).to_have_url(re.compile("set=fly_in_enclave:5@2022$"))
    assert other.locator(".levers").get_by_role("status").inner_text() == ""
    pick(other, "my_setting.yaml", content)
    expect(other).to_have_url(re.compile(re.escape(f"set={SETTING}")))
    assert (faults, hosts) == ([], {address.removeprefix("http://")})


@pytest.mark.parametrize(("language", "place"), [("en", 0), ("zh", 1)])
def test_a_bad_file_is_one_message(address: str, browser: Browser, language: str, place: int) -> None:
    """Each bad file is told in the page's language, the levers stay where they are, and the next good one is taken."""
    faults, hosts = list[str](), set[str]()
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    opened(page, f"{address}/?lang={language}&set={SETTING}", faults, hosts)
    alert = page.locator(".levers").get_by_role("alert")
    for name, content in BAD.items():
        pick(page, name, content)
        expect(alert).to_contain_text(TOLD[name][place])
        assert alert.inner_text().count((ENGLISH, CHINESE)[place]) == 1
        assert (CHINESE, ENGLISH)[place] not in alert.inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert f"set={SETTING}" in page.url
    pick(page, "good.yaml", (LABEL + "base: plan\n").encode())
    expect(page.locator(".levers").get_by_role("status")).to_contain_text("good.yaml")
    expect(alert).to_be_empty()
    expect(page).to_have_url(re.compile("angel_fund"))
    assert faults == []


def test_a_file_is_chosen_by_keys(address: str, browser: Browser, tmp_path: Path) -> None:
    """Tab reaches the control after the reset button, a key opens the browser's own choice, its name is heard."""
    faults, hosts = list[str](), set[str]()
    page = browser.new_context().new_page()
    # The driver catches choosers once it has learnt that somebody listens, which a key pressed at once was ahead of.
    page.on("filechooser", lambda _chooser: None)
    opened(page, f"{address}/?lang=en", faults, hosts)
    page.get_by_role("button", name="All back to 2020").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Load a scenario file")).to_be_focused()
    file = tmp_path / "by_hand.yaml"
    file.write_text(LABEL + "levers: {univ_institutes: {level_2025: 8, start: 2024}}\n", encoding="utf-8")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(file)
    expect(page).to_have_url(re.compile("set=univ_institutes:8@2024-2025"))
    assert faults == []
