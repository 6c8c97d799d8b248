"""Rule 8 in a real browser: a challenge gets its level from the answers, and the page shows it."""

from __future__ import annotations

from typing import Any

from rdlib.figures.html import page_style
from rdlib.figures.rule08_triage import time_picture, triage_ladder, triage_table
from tests.rules.challenges import CRISIS, DRIVE, NUDGE, plan, priority


def test_the_levels_fit_a_telephone_and_stand_in_order(browser: Any, tmp_path: Any):
    subject = priority(NUDGE, DRIVE, CRISIS)
    whole = plan(subject)
    body = triage_ladder(subject, whole) + triage_table(subject, whole) + time_picture(subject)
    page_file = tmp_path / "triage.html"
    page_file.write_text(f"<!doctype html><meta charset=utf-8>{page_style()}<body>{body}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 400, "height": 800})
    try:
        page.goto(page_file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        badges = page.locator(".rd-step > p .rd-badge").all_inner_texts()
        assert [text.split()[1] for text in badges] == ["4", "3", "2", "1"]
        cards = page.locator(".rd-challenge strong").all_inner_texts()
        assert cards == ["The figures are wrong", "Beds are free in the afternoon", "Nurses need three signatures"]
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('role')") == "region"  # what scrolls is reached
    finally:
        page.close()
