"""The pages of a batch as a reader meets them: in a browser, in the dark, on a narrow screen and on paper."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from rdlib import paths
from rdlib.reports import front
from rdlib.reports.html import page_of_displays
from rdlib.reports.manifest import Entry, Manifest, State, write, write_whole
from rdlib.reports.portfolio import PortfolioReport
from rdlib.reports.sections import PriorityReport, sections
from tests.browser.conftest import Watch

PAGES = ["emergency-rooms.html", "child-mortality.html", "index.html", "front.html"]


def template(name: str) -> list[str]:
    """Return the sections of a template, in its order."""
    cells = json.loads((paths.templates() / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    called = [re.fullmatch(r"report\.(\w+)\(\)", "".join(cell["source"])) for cell in cells]
    return [match[1].replace("_", "-") for match in called if match and match[1] != "page"]


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports of a worked case, their portfolio, and a front page.

    They are made here, without a batch: what papermill does to them is tested in tests/reports/test_batch.py.
    """
    out = tmp_path_factory.mktemp("reports")
    case = paths.exercises() / "four-examples"
    given = {"plan": case / "plan", "as_of": "2016-06-30"}
    entries = []
    for id_ in ("emergency-rooms", "child-mortality"):
        report = PriorityReport.open(**given, priority=id_)
        shown = [report.page(), *(report.show(anchor) for anchor in template("priority"))]
        write_whole(out / f"{id_}.html", page_of_displays(shown, home=("index.html", "All priorities")))
        entries.append(
            Entry(
                id=id_,
                title=report.title,
                state=State.DONE,
                seconds=1,
                error=None,
                page=f"{id_}.html",
                notebook="",
                parameters={},
                inputs={},
                made_with={},
                outputs={},
            )
        )
    write(out, Manifest(tuple(entries)))
    plan = PortfolioReport.open(**given, manifest=out / "manifest.json")
    shown = [getattr(plan, name.replace("-", "_"))() for name in ("page", *template("portfolio"))]
    write_whole(out / "index.html", page_of_displays(shown, home=("front.html", "All")))
    card = front.Card("index.html", front.read_case(case), 4)
    write_whole(out / "front.html", front.front_page([card]))
    return out


def faults(page: Page) -> list[str]:
    found = Axe().run(page)
    return [
        f"{fault['id']} ({fault['impact']}): {node['html'][:200]} {node.get('failureSummary', '')}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


def opened(browser: Browser, watch: Watch, file: Path, **settings: Any) -> Page:
    context = browser.new_context(locale="en-GB", **settings)
    watch.follow(context)
    page = context.new_page()
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_the_accessibility_checker_finds_nothing(
    browser: Browser, watch: Watch, reports: Path, look: Callable[[Page, str], None], name: str, scheme: str
):
    page = opened(browser, watch, reports / name, color_scheme=scheme, viewport={"width": 1280, "height": 900})
    look(page, f"report-{Path(name).stem}-{scheme}")
    assert faults(page) == []


def test_the_checker_would_find_something(browser: Browser, watch: Watch, tmp_path: Path):
    broken = tmp_path / "broken.html"
    broken.write_text('<html><body><img src="data:,"><p style="color:#ccc">pale</p></body></html>', encoding="utf-8")
    assert len(faults(opened(browser, watch, broken))) >= 3


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_screen_shows_all_of_it(
    browser: Browser, watch: Watch, reports: Path, look: Callable[[Page, str], None], name: str
):
    page = opened(browser, watch, reports / name, viewport={"width": 400, "height": 800})
    look(page, f"report-{Path(name).stem}-narrow")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    assert faults(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_headings_are_in_order_with_one_title(page: Page, reports: Path, name: str):
    page.goto((reports / name).as_uri())
    levels = page.eval_on_selector_all("h1, h2, h3, h4, h5, h6", "found => found.map(each => Number(each.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(page: Page, reports: Path, name: str):
    page.goto((reports / name).as_uri())
    for address in page.eval_on_selector_all("a", "found => found.map(each => each.getAttribute('href'))"):
        if address.startswith("#"):
            assert page.locator(f"[id='{address[1:]}']").count() == 1, address
        elif not re.match(r"https?:|mailto:", address):
            assert (reports / address).is_file(), address


def test_the_first_screen_says_the_verdict_and_what_is_asked(page: Page, reports: Path):
    page.goto((reports / "emergency-rooms.html").as_uri())
    verdict = page.locator(".rd-verdict")
    box = verdict.bounding_box()
    assert box is not None
    assert box["y"] < 400
    assert "not due yet" in verdict.inner_text()
    asked = page.get_by_role("heading", name="What is asked").bounding_box()
    assert asked is not None
    assert asked["y"] < 700


def test_every_section_is_on_the_page(page: Page, reports: Path):
    page.goto((reports / "emergency-rooms.html").as_uri())
    for anchor, section in sections().items():
        if section.exercises and all(each.case for each in section.exercises):
            continue  # practice that nobody began has no section
        begun = page.locator(f"[id='{anchor}']").count()
        assert begun == 1 or section.of, anchor
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    for each in page.locator("main .rd-section").all():
        assert each.is_visible()


def test_working_papers_open_by_keyboard_and_for_a_link_that_leads_into_them(page: Page, reports: Path):
    page.goto((reports / "emergency-rooms.html").as_uri())
    papers = page.locator("details.rd-papers").first
    assert not page.locator("#three-m").is_visible()
    papers.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert papers.get_attribute("open") is not None
    page.goto("about:blank")
    page.goto((reports / "emergency-rooms.html").as_uri() + "#three-m")
    page.locator("#three-m").wait_for(state="visible")
    page.get_by_role("navigation").get_by_role("link", name="Rule 2").click()
    page.locator("#rule-2").wait_for(state="visible")


def test_nothing_of_the_program_shows(page: Page, reports: Path):
    for name in PAGES:
        page.goto((reports / name).as_uri())
        said = page.locator("body").inner_text()
        assert not re.search(r"Traceback|PriorityReport|<\w+|^None$|\bnan\b|0x[0-9a-f]{6}", said, re.MULTILINE), name


def test_the_keyboard_reaches_the_report_past_the_contents(page: Page, reports: Path):
    page.goto((reports / "emergency-rooms.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "rd-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_pictures_have_words(page: Page, reports: Path):
    page.goto((reports / "emergency-rooms.html").as_uri())
    assert page.locator("img").count() >= 1
    for alt in page.eval_on_selector_all("img", "found => found.map(each => each.alt)"):
        assert len(alt) > 40
        assert "No description has been provided" not in alt


def test_the_portfolio_leads_to_a_report_and_back(page: Page, reports: Path):
    page.goto((reports / "index.html").as_uri())
    page.get_by_role("link", name="Emergency rooms").first.click()
    assert page.url.endswith("/emergency-rooms.html")
    page.get_by_role("link", name="All priorities").click()
    assert page.url.endswith("/index.html")


def test_paper_gets_no_links_and_no_contents_and_breaks_no_picture(page: Page, reports: Path, tmp_path: Path):
    page.goto((reports / "emergency-rooms.html").as_uri())
    page.emulate_media(media="print")
    assert not page.locator(".rd-page-contents").is_visible()
    assert not page.locator(".rd-page-home").is_visible()
    breaks = page.eval_on_selector_all(
        "figure:not(:has(table:not(details table))), tr, img, svg",
        "found => found.map(each => getComputedStyle(each).breakInside)",
    )
    assert set(breaks) == {"avoid"}
    after = page.eval_on_selector_all("main a", "found => found.map(each => getComputedStyle(each, '::after').content)")
    assert set(after) <= {"none", "normal"}  # the address of a link is not printed behind it
    pdf = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    assert pdf.startswith(b"%PDF")
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 15


def test_a_page_with_nothing_to_contain_is_still_sound(browser: Browser, watch: Watch, tmp_path: Path):
    from rdlib.reports.html import Display
    from rdlib.reports.html import Page as Facts

    file = tmp_path / "bare.html"
    write_whole(file, page_of_displays([Display("", page=Facts("Bare", "A plan", None))]))
    assert faults(opened(browser, watch, file)) == []
