"""What the tests of the static faces share: a priority to draw, hostile text, and a reader of fragments."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import Any

import attrs

from rdlib.plan.fields import LISTS, Kind, fields_of
from rdlib.plan.indicator import Baseline, Indicator, Target, ThreeM
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Outcome, Person, Priority
from rdlib.plan.values import Missing, read_period

WAITS = Indicator(
    id="i1",
    name="Share of emergency patients through within four hours",
    outcome="o2",
    unit="%",
    three_m=ThreeM(meaningful=True, sources=("Hospital returns", "Patient survey"), data_owner="stat"),
    baseline=Baseline(value=76.3, when=read_period("2016/17")),
    target=Target(wording="At least 85% by March 2018", kind="at-least", value=85.0, due=read_period("2018-03")),
)
HARM = Indicator(
    id="i2",
    name="Deaths within 30 days",
    outcome="o1",
    unit="per 1 000 admissions",
    baseline=Baseline(value=40.25, when=read_period("2015-04-01")),
    target=Target(kind="fall", value=30.0, change_unit="percent", due=read_period("2020"), commitment="provisional"),
)
BEDS = Indicator(id="i3", name="Free beds", outcome="o3", unit="beds", target=Target(value=Missing.TO_BE_DETERMINED))
PRIORITY = Priority(
    id="waits",
    title="Shorter waits in emergency rooms",
    leaders=("min",),
    outcomes=(
        Outcome(id="o1", statement="Fewer people are harmed by waiting", level="long-term"),
        Outcome(id="o2", statement="People are seen quickly", level="shorter-term", leads_to="o1", leader="min"),
        Outcome(id="o3", statement="Beds are free when needed", level="output", leads_to="o2"),
    ),
    indicators=(WAITS, HARM, BEDS),
)
PLAN = Plan(
    title="Delivery plan",
    mandate_end=date(2019, 10, 21),
    people=(Person(id="min", name="Minister of Health"), Person(id="stat", name="Chief statistician")),
    priorities=(PRIORITY,),
)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</svg></text></style></table><svg onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#60;b&#62;",
    "]]><![CDATA[<b>x</b>]]> <!-- --> {{ 7 * 7 }} ${7}",
    "javascript:alert(1)",
    "a\x00b\x1b[31mc\u202edcba\ud800e",
    "<a href=\"javascript:alert(1)\">x</a>\n\n<iframe srcdoc='<script>alert(1)</script>'>",
)

#: Every tag that a static face may hold.
TAGS = {
    *("p", "br", "span", "strong", "small", "ul", "ol", "li", "div", "a", "details", "summary", "section"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("figure", "figcaption", "svg", "title", "desc", "g", "rect", "path", "line", "circle", "text", "tspan"),
}
VOID = {"br", "rect", "path", "line", "circle"}


@attrs.define
class Element:
    """A tag of a fragment with its attributes and the text directly and indirectly inside it."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Element] = []
        self.open: list[Element] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.found.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes nothing")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"a declaration: {decl}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"an instruction: {data}")


def read(html: str) -> list[Element]:
    """Return the elements of a fragment; every tag has to be known and closed in its place."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.faults, reader.faults
    assert not reader.open, [element.tag for element in reader.open]
    assert {element.tag for element in reader.found} <= TAGS
    return reader.found


def of(html: str, tag: str) -> list[Element]:
    """Return the elements of a fragment that have this tag."""
    return [element for element in read(html) if element.tag == tag]


def text_of(html: str) -> str:
    """Return the text of a fragment."""
    return read(f"<div>{html}</div>")[0].text


def assert_harmless(html: str) -> None:
    """No part of a fragment runs anything, asks for anything, or was put there by a user's text."""
    for element in read(html):
        for name, value in element.attributes.items():
            assert not name.startswith("on"), (element.tag, name)
            assert name not in {"src", "srcdoc", "xlink:href", "formaction"}, (element.tag, name)
            if name == "href":
                assert (value or "").split(":")[0].lower() not in {"javascript", "data", "vbscript"}
    assert not set(html) & {"\x00", "\x1b", "\u202e"}
    html.encode("utf-8")


def filled(record: type, text: str, **fixed: Any) -> Any:
    """Return a record with the same text in every field that a person types text into."""
    values: dict[str, Any] = {}
    for field in fields_of(record):
        if field.kind in {Kind.ID, Kind.TEXT, Kind.LONG_TEXT, Kind.PERSON, Kind.CHOICE, Kind.LINK}:
            values[field.name] = text
        elif field.kind in LISTS:
            values[field.name] = (text, text)
        elif field.kind is Kind.RECORD and field.record:
            values[field.name] = filled(field.record, text)
    return record(**{**values, **fixed})
