"""A portfolio of a whole government's programmes in the browser: rows are chosen without a script, also by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from rdlib.reports.html import page_of_displays
from rdlib.reports.manifest import Manifest, write_whole
from rdlib.reports.portfolio import PortfolioReport, Row
from rdlib.reports.rows import Facts
from tests.browser.conftest import Watch
from tests.reports.plans import make_plan

MANY = 1303  # as many as there are programmes in the results of the Government of Canada


def row(number: int) -> Row:
    facts = Facts(
        title=f"Programme {number}",
        likelihood=(None, 1, 2, 3, 4)[number % 5],
        rated_on="2027-03-31",
        history=(("2027-03-31", 2),),
        targets=(("not met", "not met"),) if number % 7 == 0 else (("met", "met"),),
        cells={"targets": ("●", "met", 4, "1 target"), "findings": ("◆", "weak", 2, "2 weak")},
        rules={"1": ("●", "nothing to mend", 4, "1 of 1 begun")},
        overdue=(("Send the figures", "Ann", "2027-03-01", "7.5"),) if number == 0 else (),
    )
    return Row(f"p{number}", facts.title, facts, None, None)


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("portfolio")
    report = PortfolioReport(make_plan(folder / "plan"), date(2027, 3, 31), Manifest())
    report.__dict__["rows"] = [row(number) for number in range(MANY)]
    shown = [
        report.page(),
        report.overview(),
        report.priorities(),
        report.overdue(),
        report.over_time(),
        report.method(),
    ]
    write_whole(folder / "index.html", page_of_displays(shown))
    return folder / "index.html"


def test_a_reader_chooses_rows_by_keyboard(
    browser: Browser, watch: Watch, portfolio: Path, look: Callable[[Page, str], None]
):
    context = browser.new_context(java_script_enabled=True, locale="en-GB", viewport={"width": 1280, "height": 900})
    watch.follow(context)
    page = context.new_page()
    page.goto(portfolio.as_uri())
    rows = page.locator("#priorities tbody tr")
    assert rows.count() == MANY
    shown = rows.filter(visible=True)

    page.get_by_label("Likelihood", exact=True).focus()
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Likelihood", exact=True).input_value() == "1"
    assert shown.count() == len([n for n in range(MANY) if n % 5 == 1])

    page.get_by_label("Targets", exact=True).select_option("not-met")
    both = [n for n in range(MANY) if n % 5 == 1 and n % 7 == 0]
    assert shown.count() == len(both)
    assert shown.first.locator("th").inner_text() == f"Programme {both[0]}"
    look(page, "portfolio-chosen")

    page.get_by_label("Likelihood", exact=True).select_option("")
    page.get_by_label("Targets", exact=True).select_option("")
    page.get_by_role("combobox", name="Overdue").select_option("yes")
    assert shown.count() == 1


def test_the_checker_finds_nothing_in_the_lists(browser: Browser, watch: Watch, tmp_path: Path):
    report = PortfolioReport(make_plan(tmp_path / "plan"), date(2027, 3, 31), Manifest())
    report.__dict__["rows"] = [row(number) for number in range(12)]
    shown = [
        report.page(),
        report.overview(),
        report.priorities(),
        report.overdue(),
        report.over_time(),
        report.method(),
    ]
    write_whole(tmp_path / "index.html", page_of_displays(shown))
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        watch.follow(context)
        page = context.new_page()
        page.goto((tmp_path / "index.html").as_uri())
        assert Axe().run(page).response["violations"] == []
