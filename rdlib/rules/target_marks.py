"""The numbers and dates that stand in a sentence, found and set apart: the first step of reading a target.

Each number and each date of the sentence is replaced by one character of its own (a mark), so that the words around it
can then be compared with what people write around targets, whatever way the number itself was written. A year is
always a date and never a number, unless words such as "at least" stand right before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import attrs

from rdlib.plan.values import NotReadError, Period, read_number, read_period, squeeze
from rdlib.words import _

#: What a mark of a date and a mark of a number look like to a regular expression.
DATE = "[\ue000-\ue0ff]"
NUMBER = "[\ue100-\ue1ff]"
_MARKS = re.compile("[\ue000-\ue1ff]")
_MOST = 60  # a sentence with more numbers than this is no target


@attrs.frozen
class Number:
    """A number as it stands in a sentence.

    Attributes:
        value: the number itself, with "million" and the like worked in.
        unit: ``"%"``, ``"part"`` (a share in words, such as "a third", as percent), ``"points"``,
            ``"percentage points"``, ``"$"``, ``"€"``, ``"£"``, ``"rank"`` (for 5th) or None.
        sign: ``"+"`` or ``"-"`` where one is written before it, else empty.
        times: what "million" and the like stand for where one is written, else 1.
        written: how it stands in the sentence.
    """

    value: float
    unit: str | None = None
    sign: str = ""
    times: float = attrs.field(default=1.0, repr=False)
    written: str = attrs.field(default="", eq=False, repr=False)


@attrs.frozen
class Marked:
    """A sentence in lower case with a mark in place of each number and date; ``source`` is the sentence itself."""

    text: str
    numbers: tuple[Number, ...]
    dates: tuple[Period | None, ...]
    source: str = ""

    def number(self, mark: str) -> Number:
        """Return the number behind a mark."""
        return self.numbers[ord(mark) - 0xE100]

    def written(self, words: str) -> str:
        """Return words of this sentence as they were written, with the numbers back in place of their marks."""
        lower = re.sub(NUMBER, lambda m: self.number(m[0]).written, words).strip()
        found = re.search(re.escape(lower), self.source, re.IGNORECASE)
        return found[0] if found else lower

    def date(self, mark: str) -> Period | None:
        """Return the period behind a mark; None where the date is no period that can be named ("spring 2019")."""
        return self.dates[ord(mark) - 0xE000]


_PLAIN = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "‐": "-",
        "‑": "-",
        "–": "-",
        "—": "-",
        "−": "-",
        "＋": "+",
        "#": " ",
        "⩾": "≥",
        "⩽": "≤",
    }
)


def plain(text: str) -> str:
    """Return a text in lower case with plain spaces, dashes and apostrophes.

    >>> plain("Moins de 10\u202f% d’ici\u00a02020")
    "moins de 10 % d'ici 2020"
    """
    return _tidy(text).lower()


def _tidy(text: str) -> str:
    return squeeze(_MARKS.sub(" ", unicodedata.normalize("NFC", text)).translate(_PLAIN))


def mark(text: str, *, fiscal_start: int = 4, decimal_comma: bool = False, scores: bool = False) -> Marked:
    """Set the numbers and dates of a sentence apart.

    Args:
        text: the sentence.
        fiscal_start: the month (1 to 12) in which the fiscal year starts.
        decimal_comma: how ``1,234`` is read; see :func:`rdlib.plan.values.read_number`.
        scores: whether "4 out of 5" is a score of 4 rather than a share of 80%.

    Raises:
        NotReadError: a number in it has no reading or more than one, or there are far too many.

    >>> marked = mark("At least 85% of patients by March 2018")
    >>> marked.numbers, [str(d) for d in marked.dates]
    ((Number(value=85.0, unit='%', sign=''),), ['March 2018'])
    """
    dates: list[Period | None] = []
    numbers: list[Number] = []
    marked = _mark_dates(_tidy(text), dates, fiscal_start)
    marked = _mark_numbers(marked.lower(), numbers, decimal_comma, scores=scores)
    return Marked(squeeze(marked), tuple(numbers), tuple(dates), _tidy(text))


# --- dates -------------------------------------------------------------------------------------------------------

_YEAR = r"(?:19[5-9]\d|20\d\d|2100)"
_WORD = r"[^\W\d_]{3,9}"
_DAY = r"(?:\d{1,2})(?:st|nd|rd|th|er)?"
_FISCAL = r"(?:the )?(?:fy ?|fiscal (?:year )?|l'exercice (?:financier )?|exercice (?:financier )?)"
_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4} | {
    "premier": 1, "1er": 1, "deuxième": 2, "2e": 2, "troisième": 3, "3e": 3, "quatrième": 4, "4e": 4, "dernier": 4,
}  # fmt: skip
_NOT_A_YEAR = re.compile(
    r"(?i)(?:at least|at most|(?:no|not) (?:less|fewer|more) than|au moins|au plus|(?:mini|maxi)mum(?: of| de)?"
    r"|exactly|exactement|≥|≤|>=|<=|>|<|[$€£]) ?$"
)


def _mark_dates(text: str, dates: list[Period | None], fiscal_start: int) -> str:
    def keep(written: str | None) -> str:
        """Take a date in; the text that read_period reads, or None for a date that is no period."""
        if len(dates) >= _MOST:
            raise NotReadError(_("a shorter sentence"))
        dates.append(read_period(written, fiscal_start=fiscal_start) if written else None)
        return chr(0xE000 + len(dates) - 1)

    def replace(pattern: str, written: Callable[[re.Match[str]], str | None]) -> None:
        nonlocal text

        def one(m: re.Match[str]) -> str:
            try:
                return keep(written(m))
            except NotReadError:
                return m[0]

        text = re.sub(rf"(?i)(?<![\w.,$€£]){pattern}(?!\w|[.,]\d| ?%)", one, text)

    def slashed(m: re.Match[str]) -> str | None:
        """2018-19 and 2018-2019 are fiscal years; 2011-12 is a month as everywhere; 2016-2020 is only a span."""
        first, second = int(m["first"]), m["second"]
        follows = int(second) == (first + 1 if len(second) == 4 else (first + 1) % 100)
        if m["fiscal"] or m["slash"] == "/" or len(second) == 4 or not 1 <= int(second) <= 12:
            return f"{first}/{second}" if follows else None
        return f"{first}-{second}"

    def fiscal_year(m: re.Match[str]) -> str:
        """A fiscal year named by one year is the one that ends in it."""
        last = int(m["year"]) + (2000 if len(m["year"]) == 2 else 0)
        return f"{last}" if fiscal_start == 1 else f"{last - 1}/{last}"

    def quarter(m: re.Match[str]) -> str:
        which = m["which"].lower()
        number = _QUARTERS.get(which) or which[-1]
        years = m["years"].replace("-", "/")
        return f"{years} Q{number}" if "/" in years else f"{years}-Q{number}"

    def year(m: re.Match[str]) -> str:
        if _NOT_A_YEAR.search(m.string[: m.start()]):
            raise NotReadError(m[0])
        return m[0]

    ordinals = "|".join(_QUARTERS)
    years = rf"(?P<years>{_YEAR}(?:[-/](?:\d{{4}}|\d\d))?)"
    between = r"(?: (?:of|de|du|d'|the|l'|fiscal|financial|exercice|year|fy)| l'exercice)*"

    def numeric(m: re.Match[str]) -> str | None:
        """31/03/2020 is a day; 03/04/2020 may be two, and is taken for none."""
        try:
            read_period(m[0])
        except NotReadError:
            return None
        return m[0]

    replace(r"\d{4}-\d{2}-\d{2}", lambda m: m[0])
    replace(rf"\d{{1,2}}[/.]\d{{1,2}}[/.]{_YEAR}", numeric)
    replace(rf"(?P<which>[qt][1-4]){between},?[ -]?{years}", quarter)
    replace(rf"(?P<years>{_YEAR})[ -](?P<which>[qt][1-4])", quarter)
    replace(rf"(?P<which>{ordinals}) (?:quarter|trimestre){between},? ?{years}", quarter)
    replace(rf"(?P<d>{_DAY}) (?:of |de )?(?P<m>{_WORD})\.?,? (?P<y>{_YEAR})", lambda m: f"{m['d']} {m['m']} {m['y']}")
    replace(rf"(?P<m>{_WORD})\.? (?P<d>{_DAY}),? (?P<y>{_YEAR})", lambda m: f"{m['d']} {m['m']} {m['y']}")
    replace(rf"(?P<fiscal>{_FISCAL})?(?P<first>{_YEAR})(?P<slash>[-/])(?P<second>\d{{4}}|\d\d)", slashed)
    replace(rf"{_FISCAL}'?(?P<year>{_YEAR}|\d\d)", fiscal_year)
    replace(rf"(?P<m>{_WORD})\.?,? (?P<y>{_YEAR})", lambda m: f"{m['m']} {m['y']}")
    replace(
        r"(?:spring|summer|autumn|fall|winter|early|mid|(?:the )?(?:beginning|start|middle|first half|second half) of"
        r"|printemps|été|automne|hiver|début|mi|milieu|premier semestre|second semestre)[ -](?:of |d[e'] ?|the )?"
        rf"{_YEAR}",
        lambda _m: None,
    )
    replace(_YEAR, year)
    for pattern in (rf"(?P<m>{_WORD})\.? (?P<d>{_DAY})", rf"(?P<d>{_DAY}) (?P<m>{_WORD})"):  # a day of no year
        text = re.sub(
            rf"(?i)(?<=\bby |\ble |\bon ){pattern}(?!\w)",
            lambda m: keep(None) if _is_day(m["d"], m["m"]) else m[0],
            text,
        )
    return text


def _is_day(day: str, month: str) -> bool:
    try:
        read_period(f"{day} {month} 2000")
    except NotReadError:
        return False
    return True


# --- numbers -----------------------------------------------------------------------------------------------------

_VALUES = {
    "zero": 0, "zéro": 0, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8,
    "dix": 10, "onze": 11, "douze": 12,
}  # fmt: skip
# Numbers in words beyond those: a text with one of them is not read at all, rather than read by half.
_BEYOND = re.compile(
    r"(?<!\w)(?:(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|dozens?"
    r"|thousands?|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|centaines?|douzaines?"
    r"|(?<!pour )(?<!per )cents?)(?!\w)"
)
# These also are articles or adjectives, and count as numbers only right after words such as "at least".
_SHY = {"one": 1, "un": 1, "une": 1, "neuf": 9}
_AFTER = "|".join(
    f"(?<={words} )"
    for words in ("at least", "at most", "au moins", "au plus", "exactly", "more than", "exactement", "top")
)
_ONE_OF = _VALUES | _SHY | {"a": 1, "half": 1}
_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10, "moitié": 2, "tiers": 3, "quart": 4, "cinquième": 5,
    "dixième": 10,
}  # fmt: skip
_TIMES = {
    "thousand": 1e3, "mille": 1e3, "k": 1e3, "k$": 1e3, "million": 1e6, "millions": 1e6, "mn": 1e6, "m": 1e6, "m$": 1e6,
    "milliard": 1e9, "milliards": 1e9, "billion": 1e9, "billions": 1e9, "bn": 1e9, "b": 1e9, "g$": 1e9,
}  # fmt: skip

_COUNT = rf"(?:\d{{1,3}}|{'|'.join(sorted(_VALUES | _SHY, key=len, reverse=True))})"
_OUT_OF = (
    # one in five, 9 out of 10, un sur cinq
    re.compile(rf"(?<![\w.,-])(?P<a>{_COUNT}) (?:in every|in|out of every|out of|sur) (?P<b>{_COUNT})(?![\w.,%]| ?%)"),
    # one student in five, deux élèves sur trois
    re.compile(r"(?<![\w.,-])(?P<a>one) [\w'-]+ (?:in|out of) " rf"(?P<b>{_COUNT})(?![\w.,%]| ?%)"),
    re.compile(rf"(?<![\w.,-])(?P<a>{_COUNT}) [\w'-]+ (?:[\w'-]+ )?sur (?P<b>{_COUNT})(?![\w.,%]| ?%)"),
)
_SHARES = (
    # two thirds, trois quarts, a quarter of, by half, la moitié
    re.compile(
        r"(?<![\w-])(?P<a>two|three|four|deux|trois|quatre|[2-9])[- ]"
        r"(?P<p>third|quarter|fifth|tenth|tiers|quart|cinquième|dixième)s?(?!\w)"
    ),
    re.compile(
        r"(?<![\w-])(?P<a>one|a|un)[- ](?P<p>half|third|quarter|fifth|tenth|tiers|quart|cinquième|dixième)"
        r"(?= (?:of|d[eu]s?|fewer|more|less|lower|higher|reduction|increase)\b| d'|[,.;]?$)"
    ),
    re.compile(r"(?<!\w)(?:(?<=by )(?:a |one )?(?P<p>half)|(?P<p2>half)(?= (?:of|the))|la (?P<p3>moitié))(?!\w)"),
    re.compile(
        r"(?<=by )(?:a|one)[- ](?P<p>third|quarter|fifth|tenth)(?!\w)|(?<=d')un (?P<p2>tiers|quart|cinquième)(?!\w)"
    ),
)
_SHARE_OF_TIME = re.compile(
    r" ?(?:business |working )?(?:hours?|days?|weeks?|months?|years?|heures?|jours?|mois|ans)\b"
)

_NUMBER = re.compile(
    r"(?<![\w.,])(?P<sign>(?<![\d)%] )(?<![\w)%])[+-](?=[\d.$€£]))?"
    r"(?P<money>(?:c|ca|us)?[$€£] ?)?"
    r"(?:(?P<digits>\d{1,3}(?:[ '.,]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?|\.\d+)"
    rf"|(?<!-)(?P<word>{'|'.join(sorted(_VALUES, key=len, reverse=True))}|(?:{_AFTER})(?:{'|'.join(_SHY)}))"
    r"(?!\w|-(?!hour|day|week|month|year|minute|point)))"
    r"(?P<th>(?:st|nd|rd|th|er|ère|ème|ième|e)(?!\w))?"
    r"(?: ?(?P<times>thousand|mille|millions?|milliards?|billions?|bn|mn|[kmg]\$|k)(?!\w)|(?P<letter>[mb])(?!\w))?"
    r"(?P<unit> ?(?:%|per ?cent(?:age)?|pour ?cent|pct|p\. ?c\.|p\. ?100)(?:[ -]?(?:points?|pts?)(?!\w))?"
    r"|[- ]?(?:percentage[- ]points?|points? de (?:pourcentage|pour ?cent)|points?|pts|pp|p\.p\.)(?!\w|[- ]scale)"
    r"|(?: de | d')?(?: ?[$€£]| ?dollars?| ?euros?)(?!\w))?"
    r"(?!\w|[.,]\d)"
)


def _mark_numbers(text: str, numbers: list[Number], decimal_comma: bool, *, scores: bool) -> str:
    def keep(number: Number) -> str:
        if len(numbers) >= _MOST:
            raise NotReadError(_("a shorter sentence"))
        numbers.append(number)
        return chr(0xE100 + len(numbers) - 1)

    def share(m: re.Match[str]) -> str:
        found = m.groupdict()
        a = _count(found["a"]) if found.get("a") else 1
        named = found.get("p") or found.get("p2") or found.get("p3")
        b = _PARTS[named] if named else _count(m["b"])
        out_of = "b" in found and (b < 2 or a > b or _SHARE_OF_TIME.match(m.string, m.end()))
        return m[0] if out_of else keep(Number(100 * a / b, "part", written=m[0]))

    def number(m: re.Match[str]) -> str:
        if m["word"]:
            value = float((_VALUES | _SHY)[m["word"]])
        else:
            value = read_number(m["digits"], decimal_comma=decimal_comma)
        times = m["times"] or m["letter"]
        if m["letter"] and not m["money"]:
            return m[0]
        if times and times.startswith("billion") and decimal_comma:
            raise NotReadError(_("milliard (1 000 million), since a French “billion” is a thousand times more"))
        money = m["money"] or (times if (times or "").endswith("$") else None)
        unit = _money(money) if money else "rank" if m["th"] else _unit(m["unit"])
        by = _TIMES.get(times or "", 1.0)
        return keep(Number(value * by, unit, m["sign"] or "", by, m[0]))

    for pattern in _SHARES if scores else (*_OUT_OF, *_SHARES):
        text = pattern.sub(share, text)
    text = _NUMBER.sub(number, text)
    if _BEYOND.search(text):
        raise NotReadError(_("numbers in digits"))
    return text


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _ONE_OF[word]


def _money(written: str) -> str:
    return "€" if re.search("€|euro", written) else "£" if "£" in written else "$"


def _unit(written: str | None) -> str | None:
    word = (written or "").strip(" -")
    if not word:
        return None
    if re.search(r"[$€£]|dollar|euro", word):
        return _money(word)
    if "point" in word or word.startswith(("pp", "p.p", "pts")) or "pts" in word:
        return "points" if word in {"point", "points", "pts"} else "percentage points"
    return "%"
