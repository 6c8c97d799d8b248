"""Reading the words of a target: at least, at most, ranges, rises and falls, ranks, milestones, "to be decided".

What has one meaning is read; what can mean two things comes back as two readings, each saying what it would mean; what
cannot be read comes back as nothing. English and French. The words themselves are in ``target_wording.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import attrs

from rdlib.plan.values import Missing, NotReadError, read_missing, squeeze
from rdlib.rules import target_links as links
from rdlib.rules.target_marks import NUMBER, Number
from rdlib.rules.target_readings import TargetReading, say
from rdlib.rules.target_senses import changes_of, movement_of, reading_of, unit_of, value_of
from rdlib.rules.target_sentence import Asked, Sentence, SeveralDatesError, any_of, search, take_apart, take_time
from rdlib.words import _

LONGEST = 600  # letters; what is longer is no wording of a target


@lru_cache(maxsize=2048)
def read_wording(
    text: str,
    *,
    unit: str | None = None,
    direction: str | None = None,
    fiscal_start: int = 4,
    decimal_comma: bool = False,
) -> tuple[TargetReading, ...]:
    """Read a target as it is written in the world (Rule 2, tool 2.2).

    Args:
        text: the wording, in English or French.
        unit: the unit of the indicator; for a percentage, a change "by 5%" has two readings.
        direction: which way is better (``"up"``, ``"down"``, ``"within"``); it decides what a bare "85%" asks for,
            unless the words do.
        fiscal_start: the month (1 to 12) in which the fiscal year starts.
        decimal_comma: how ``1,234`` is read; see :func:`rdlib.plan.values.read_number`.

    Returns:
        nothing where the words cannot be read, one reading where they are clear, several where they can be taken in
        several ways or hold several targets. Nothing is guessed, and no text raises an error.

    >>> [r.says for r in read_wording("Reduce by 30% by 2018", unit="deaths per 1 000 births")]
    ['a fall by 30% of the baseline']
    >>> [r.says for r in read_wording("85%", direction="up")]
    ['85% or more']
    >>> read_wording("A better life for everyone by next spring")
    ()
    """
    asked = Asked(unit, direction, fiscal_start, decimal_comma)
    if len(text) > LONGEST:
        return ()
    try:
        return _parts(text, asked) or _read_one(text, asked)
    except NotReadError:
        return ()


_STANDING = search(rf"(?<!\w){any_of('standing')}(?!\w)")
_CHANGING = search(rf"(?<!\w){any_of('rise', 'fall', 'improve')}(?!\w)")


def holds_all_the_time(text: str) -> bool:
    """Say whether a wording asks for something in every period, and not by a day (Rule 2, tool 2.2).

    A change "every year" is none of these: it goes on, and does not hold.

    >>> holds_all_the_time("95% in every quarter"), holds_all_the_time("Increase by 2% every year")
    (True, False)
    """
    words = squeeze(text).casefold().replace("\u2019", "'")
    return bool(_STANDING(words)) and not _CHANGING(words)


def _parts(text: str, asked: Asked) -> tuple[TargetReading, ...]:
    """Read a wording that holds several targets, one a line or between semicolons, for several groups or dates."""
    pieces = re.split(r"[\n;]|(?<=\w) / (?=\w)", text)
    if len(pieces) < 2:
        try:
            take_time(asked.mark(text))
        except SeveralDatesError:
            pieces = re.split(r", |;|\b(?:and|then|et|puis)\b", text)
    pieces = [squeeze(p) for p in pieces if p.strip(" .")]
    if len(pieces) < 2:
        return ()
    read = [_read_one(p, asked) for p in pieces]
    if not all(read) or not all(r.value is not None for each in read for r in each):
        return ()
    dues = {r.due for each in read for r in each if r.due}
    shared = dues.pop() if len(dues) == 1 else None
    says = _("“{part}”: {meaning}")
    return tuple(
        attrs.evolve(r, due=r.due or shared, part=piece, says=says.format(part=piece, meaning=r.says))
        for piece, each in zip(pieces, read, strict=True)
        for r in each
    )


def _read_one(text: str, asked: Asked) -> tuple[TargetReading, ...]:
    missing = read_missing(text) or read_missing(text.strip(" ."))
    if missing is not None:
        kind = "tbd" if missing is Missing.TO_BE_DETERMINED else "context"
        return (TargetReading(kind, says=say(kind, None)),)
    sentence = take_apart(text, asked)
    if not sentence.marks:
        return _without_number(sentence)
    for pair in (_from_to, _range, _both_sides):
        found = pair(sentence)
        if found is not None:
            return tuple(found)
    at = _main(sentence)
    if at is None:
        return ()
    found = links.linked(sentence, at)
    return tuple(links.plain(sentence, at) if found is None else found)


def _main(sentence: Sentence) -> str | None:
    """The mark of the number that the target is about, where it is clear which one that is."""
    marks = sentence.marks
    if len(marks) == 1:
        return marks[0]
    changes = [m for m in marks if links.changed(sentence, m, *sentence.around(m))]
    if len(changes) == 1:
        return changes[0]
    shares = [m for m in marks if sentence.number(m).unit in {"%", "part", "percentage points"}]
    chosen = shares if sentence.asked.percent or not sentence.asked.unit else [m for m in marks if m not in shares]
    if len(chosen) == 1:
        return chosen[0]
    chosen = [m for m in chosen or marks if links.linked(sentence, m)]
    return chosen[0] if len(chosen) == 1 else None


# --- two numbers that belong together ----------------------------------------------------------------------------

_FROM_TO = (
    re.compile(
        rf"(?P<from>\b(?:from|de|du|d')) ?(?:[\w']+ ){{0,3}}?(?P<a>{NUMBER})[, ]*(?:[\w'-]+ ){{0,6}}?"
        rf"(?:to|à)(?: (?:at least|au moins|the|a))* ?(?P<b>{NUMBER})"
    ),
    re.compile(
        rf"(?P<b>{NUMBER})[, ]*(?:(?:up|down|compared with|compared to|en) )?(?P<from>from|contre|par rapport à)"
        rf"(?: [\w']+){{0,2}}? ?(?P<a>{NUMBER})"
    ),
)
_RANGE = (
    re.compile(rf"\b(?:between|entre) (?:the |le )?(?P<a>{NUMBER}) (?:and|et|&|to|à) (?P<b>{NUMBER})"),
    re.compile(rf"(?P<a>{NUMBER}) ?(?:-|to|à|through) ?(?P<b>{NUMBER})"),
)


def _pairs(sentence: Sentence, patterns: tuple[re.Pattern[str], ...]) -> Iterator[tuple[re.Match[str], Number, Number]]:
    """The pairs of numbers of one unit that stand in one of these patterns, with no third of their kind beside them."""
    for pattern in patterns:
        for m in pattern.finditer(sentence.words):
            a, b = sentence.number(m["a"]), sentence.number(m["b"])
            others = [x for x in sentence.marks if x not in {m["a"], m["b"]} and sentence.number(x).unit == b.unit]
            if not others and (a.unit == b.unit or a.unit is None or b.unit is None):
                short = a.times == 1 and b.times > 1 and a.value < b.value / b.times  # "1.2 to 1.5 million"
                value, times = (a.value * b.times, b.times) if short else (a.value, a.times)
                yield m, attrs.evolve(a, value=value, times=times, unit=b.unit or a.unit), b


def _from_to(sentence: Sentence) -> links.Readings | None:
    """From a baseline to a value: "from 34% to 67%". The first number is where it starts."""
    for m, a, b in _pairs(sentence, _FROM_TO):
        verb = links.MOVE.search(sentence.words)
        after = sentence.around(m["b"])[1]
        if m["from"] in {"de", "du", "d'"} and not verb:
            between = _between(sentence, a, b, after)
            return [*between, reading_of(sentence, "at-least", b, after)] if between else []
        rises = b.value > a.value
        if a.value == b.value or (verb and verb["down" if rises else "up"]):
            return []
        return [reading_of(sentence, "at-least" if rises else "at-most", b, after)]
    return None


def _range(sentence: Sentence) -> links.Readings | None:
    """Within a range: "between 45% and 60%", "45-60 %"."""
    for m, a, b in _pairs(sentence, _RANGE):
        before = sentence.around(m["a"])[0]
        verb = links.MOVE.search(before)
        if verb and (links.LINK_BY(before) or not (links.LINK_TO(before) or verb["reach"] or "-" in m[0])):
            return []  # a change by 5 to 10%, or from 5 to 10: neither one size nor a range of the value
        return _between(sentence, a, b, sentence.around(m["b"])[1])
    return None


def _both_sides(sentence: Sentence) -> links.Readings | None:
    """A range said by its two ends: "at least 80% and no more than 90%"."""
    if len(sentence.marks) != 2:
        return None
    ends = [links.compared(sentence, at, *sentence.around(at)) or [] for at in sentence.marks]
    if sorted(r.kind for each in ends for r in each) != ["at-least", "at-most"]:
        return None
    low, high = sorted(sentence.marks, key=lambda at: ends[sentence.marks.index(at)][0].kind)
    a, b = sentence.number(low), sentence.number(high)
    return _between(sentence, a, b, sentence.around(high)[1]) if a.unit == b.unit else []


def _between(sentence: Sentence, a: Number, b: Number, after: str) -> links.Readings:
    if a.value >= b.value or b.unit in {"points", "percentage points"} or a.sign or b.sign:
        return []
    low, high, unit = value_of(sentence, a), value_of(sentence, b), unit_of(sentence, b, after)
    return [TargetReading("between", low, high, None, sentence.due, unit, say("between", low, high, unit=unit))]


# --- no number ---------------------------------------------------------------------------------------------------

_UNDECIDED, _CONTEXT = (search(rf"(?<!\w){any_of(name)}(?!\w)") for name in ("undecided", "context_only"))
_ALL = search(r"^(?:all|every|tous|toutes|chaque) (?!(?:year|month|quarter|week|day|année|mois|jour|semaine)\b)")
_NONE = search(rf"^(?:no|aucune?|nul(?:le)?) (?!{any_of('not_none')})")
_WAY = re.compile(
    rf"(?<![\w'-])(?:(?P<up>{links.RISE}|{links.MORE})|(?P<down>{links.FALL}|{links.LESS})|(?P<better>{links.IMPROVE}))(?![\w-])"
)
_EARLY = r"^(?:[\w'-]+ ){0,5}?"
_TIMES_OVER = tuple(
    (search(rf"{_EARLY}{any_of(name)}(?!\w)"), kind, size)
    for name, kind, size in (("doubled", "rise", 100.0), ("tripled", "rise", 200.0), ("halved", "fall", 50.0))
)
_NO_CLEAR_WAY = search(rf"(?<!\w){any_of('no_clear_way')}(?!\w)")
_WAY_EARLY = search(rf"{_EARLY}{_WAY.pattern}")


def _without_number(sentence: Sentence) -> tuple[TargetReading, ...]:
    words, asked, due = sentence.words, sentence.asked, sentence.due
    for kind, match in (("tbd", _UNDECIDED), ("context", _CONTEXT)):
        if match(words):
            return (TargetReading(kind, due=due, says=say(kind, None)),)
    if sentence.open_date:
        return ()
    for match, kind, size in _TIMES_OVER:
        if match(words):
            return tuple(changes_of(sentence, kind, Number(size, "part")))
    if _NONE(words):
        return (reading_of(sentence, "at-most", Number(0.0), ""),)
    if _ALL(words) and (asked.percent or not asked.unit):
        return (reading_of(sentence, "at-least", Number(100.0, "%"), ""),)
    ways = {way for m in _WAY.finditer(words) for way in ("up", "down", "better") if m[way]}
    first = _WAY_EARLY(words)
    if first and len(ways) == 1 and not _NO_CLEAR_WAY(words):
        kinds = links.ways_of_improving(sentence) if first["better"] else ("rise",) if first["up"] else ("fall",)
        return tuple(movement_of(sentence, kind) for kind in kinds)
    if links.DEED_FIRST(words) or links.DEED_LAST(words):
        return (TargetReading("milestone", due=due, says=say("milestone", None)),)
    return ()
