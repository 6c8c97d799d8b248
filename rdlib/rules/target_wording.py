"""Reading the words of a target: at least, at most, ranges, rises and falls, ranks, milestones, "to be decided".

What has one meaning is read; what can mean two things comes back as two readings, each saying what it would mean; what
cannot be read comes back as nothing. English and French. The words themselves are in ``target_wording.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from rdlib.plan.values import Missing, NotReadError, read_missing, squeeze
from rdlib.rules.target_marks import NUMBER, Number
from rdlib.rules.target_readings import TargetReading, say, say_example
from rdlib.rules.target_sentence import TIME, Asked, Sentence, SeveralDatesError, any_of, search, take_apart, take_time
from rdlib.words import _, format_number

LONGEST = 600  # letters; what is longer is no wording of a target

_Readings = list[TargetReading]


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
    linked = _linked(sentence, at)
    return tuple(_plain(sentence, at) if linked is None else linked)


def _main(sentence: Sentence) -> str | None:
    """The mark of the number that the target is about, where it is clear which one that is."""
    marks = sentence.marks
    if len(marks) == 1:
        return marks[0]
    changes = [m for m in marks if _changed(sentence, m, *sentence.around(m))]
    if len(changes) == 1:
        return changes[0]
    shares = [m for m in marks if sentence.number(m).unit in {"%", "part", "percentage points"}]
    chosen = shares if sentence.asked.percent or not sentence.asked.unit else [m for m in marks if m not in shares]
    if len(chosen) == 1:
        return chosen[0]
    linked = [m for m in chosen or marks if _linked(sentence, m)]
    return linked[0] if len(linked) == 1 else None


# --- what is said around a number --------------------------------------------------------------------------------

_RISE, _FALL, _IMPROVE, _MORE, _LESS = (any_of(name) for name in ("rise", "fall", "improve", "more_of", "less_of"))
_MOVE = re.compile(
    rf"(?<![\w'-])(?:(?P<up>{_RISE})|(?P<down>{_FALL})|(?P<better>{_IMPROVE})"
    rf"|(?P<double>{any_of('doubled', 'tripled')})|(?P<reach>{any_of('reach')})|(?P<limit>{any_of('limit')}))(?![\w-])"
)
_FIRST = (
    r"^(?:(?:to|an?|the|une?|la|le|l'|annual|annuelle|continued|sustained|steady|yearly|further|more) ?"
    r"|year-over-year |year over year )*"
)
_LEADING = search(rf"{_FIRST}(?:(?P<up>{_RISE}|{_MORE})|(?P<down>{_FALL}|{_LESS}))(?![\w-]| than| que)")
_LINK_BY = search(
    rf"(?<![\w'])(?P<word>by|par|d[e']|of)"
    rf"(?: ?(?:{any_of('at_least_before')}|a further|another|an average of|une moyenne de|de))*[ ']*$"
)
_LINK_TO = search(r"(?<!\w)(?<!access )(?<!accès )(?:to|à|au)(?: (?:the|a|an|un|une|be|level|niveau|of|de))*$")


def _linked(sentence: Sentence, at: str) -> _Readings | None:
    """Read a number by the words that belong to it; None where there are none."""
    before, after = sentence.around(at)
    for rule in (_changed, _compared, _moved_to, _ranked, _done):
        found = rule(sentence, at, before, after)
        if found is not None:
            return found
    return None


_NOUN = any_of("movement_noun")
_BESIDE = re.compile(
    rf"^-?(?:[\w'-]+ )?(?P<noun>{_NOUN})(?!\w)"
    r"|^(?P<comparative>more|fewer|less|lower|higher|greater|additional|extra|longer|shorter|supplémentaires?)(?!\w)"
    r"|^(?:[\w'-]+ ){0,4}?(?:de |en )(?P<french>plus|moins)(?! (?:de|d')|\w)"
    r"|^(?:[\w'-]+ ){1,3}(?P<extra>supplémentaires?)(?!\w)"
)
_DOWN = search(rf"^(?:{_FALL}|{_LESS}|moins)s?$|^(?:declin|drop|cut|reduc|decreas|réduc|dimin|baiss|recul)")
_EACH_YEAR = search(rf"(?<!\w){any_of('each_year')}(?!\w)")
_ANNUAL_FIRST = search(rf"^{any_of('each_year', 'annual', 'annual_after')}(?!\w)")
_ANNUAL_AFTER = search(rf"^{any_of('each_year', 'annual_after')}(?!\w)")
_THAN = search(r"^(?:(?:more|fewer|less|lower|higher|greater) than|de (?:plus|moins) que)\b(?!$)")
_ANNUAL_LAST = search(rf"(?<!\w){any_of('each_year', 'annual')}$")


def _changed(sentence: Sentence, at: str, before: str, after: str) -> _Readings | None:
    """A change by so much: "reduce by 30%", "5% fewer", "+5 points", "a rise of 500"."""
    n = sentence.number(at)
    verb, beside = _MOVE.search(before), _BESIDE.match(after)
    noun = None
    if n.sign and not before:
        kinds: tuple[str, ...] = ("rise",) if n.sign == "+" else ("fall",)
    elif before in {"up", "down"}:
        kinds = ("rise",) if before == "up" else ("fall",)
    elif verb and not (verb["reach"] or verb["limit"]) and _is_by(verb, n, before):
        kinds = _ways(verb, sentence)
    elif beside and not _BEFORE["at-most"](before) and not _LINK_TO(before):
        word = next(w for w in beside.groups() if w)
        kinds = ("fall",) if _DOWN(word) else ("rise",)
        kinds = _ways_of_improving(sentence) if re.match(_IMPROVE, word) else kinds
        if beside["comparative"] in {"more", "fewer"}:
            rest = re.split(r"[,.;:(]| (?:by|than|compared)\b", after[beside.end() :])[0]
            noun = sentence.marked.written(rest) or None
    else:
        return None
    if _each_year(before, after, verb) or re.search(r"\b(?:up to|jusqu'à)$", before) or _THAN(after):
        return []  # so much each year, up to so much, so much more than others: where that ends is not said
    readings = [r for kind in kinds for r in _change(sentence, kind, n, noun)]
    return [*readings, *_plain(sentence, at)] if n.sign == "-" and n.unit is None else readings


def _is_by(verb: re.Match[str], n: Number, before: str) -> bool:
    """Whether a verb and a number belong together: "increase by 5", "increase of 5", "increase 5%"."""
    between = before[verb.end() :].strip()
    by = _LINK_BY(before)
    if by and any(m.start() < by.start() for match in _BEFORE.values() if (m := match(before))):
        return False  # "à moins de 10"
    if by is None:
        return not between and n.unit in {"%", "part", "percentage points", "points"}
    return by["word"] != "of" or (re.fullmatch(_NOUN, verb[0]) is not None and between == by[0].strip())


def _each_year(before: str, after: str, verb: re.Match[str] | None) -> bool:
    """Whether a change is so much each year: "by 2% per year", "an annual increase of 2%"."""
    if _EACH_YEAR(after) or _ANNUAL_FIRST(after):
        return True
    if verb is None:
        return False
    return bool(_ANNUAL_LAST(before[: verb.start()].rstrip()) or _ANNUAL_AFTER(before[verb.end() :].lstrip()))


def _ways(verb: re.Match[str], sentence: Sentence) -> tuple[str, ...]:
    if verb["better"]:
        return _ways_of_improving(sentence)
    return ("fall",) if verb["down"] else ("rise",)


_BETTER_WHEN_MORE = search(rf"\b{any_of('better_when_more')}\b")


def _ways_of_improving(sentence: Sentence) -> tuple[str, ...]:
    if _BETTER_WHEN_MORE(sentence.words):
        return ("rise",)
    return {"up": ("rise",), "down": ("fall",)}.get(sentence.asked.direction or "", ("rise", "fall"))


_BEFORE = {
    kind: search(rf"(?:(?<!\w)|(?<=d'))(?P<word>{any_of(name)})(?: ?{any_of('between_word_and_number')}(?!\w))*[ ']*$")
    for kind, name in (("at-least", "at_least_before"), ("at-most", "at_most_before"), ("exactly", "exactly_before"))
}
_AFTER = {
    kind: search(rf"^(?:[\w'-]+ ){{0,2}}?{any_of(name)}(?!\w| (?:than|que))")
    for kind, name in (("at-least", "at_least_after"), ("at-most", "at_most_after"))
}
#: Words that may belong to the measure as well ("waiting over 4 hours"), unlike "at least".
_SOFT = search(
    r"more than|over|above|greater|higher|exceed|excess|less than|fewer|under|below|within|lower"
    r"|plus d|moins d|sous|supérieur|inférieur"
)


def _compared(sentence: Sentence, at: str, before: str, after: str) -> _Readings | None:
    """A side of a number: "at least 80%", "80% or more", "under 10 days"."""
    n = sentence.number(at)
    found = {kind: m for kind, match in _BEFORE.items() if (m := match(before))}
    if found:
        kind = min(found, key=lambda k: (found[k].start(), -len(found[k]["word"])))
        start, word = found[kind].start(), found[kind]["word"]
        leading = _LEADING(before)
        against = leading and ((kind == "at-most" and leading["up"]) or (kind == "at-least" and leading["down"]))
        in_doubt = _SOFT(word) and (against or _of_another_unit(sentence, n, after))
        if in_doubt and not _LINK_TO(before[:start].rstrip()):
            return _part_of_the_measure(sentence)
        return [_reading(sentence, kind, n, after)]
    return next(([_reading(sentence, kind, n, after)] for kind, match in _AFTER.items() if match(after)), None)


def _moved_to(sentence: Sentence, at: str, before: str, after: str) -> _Readings | None:
    """A value to move to: "increase to 85%", "ramener à 10 jours"."""
    verb = _MOVE.search(before)
    if not verb or not _LINK_TO(before) or verb["reach"] or verb["better"]:
        return None
    side = "at-most" if verb["down"] or verb["limit"] else "at-least"
    return [_reading(sentence, side, sentence.number(at), after)]


_RANK_BEFORE = search(
    r"(?:\btop|\b(?:best|first|leading|premiers?|premières?|meilleure?s?)|\brank(?:s|ed|ing)?(?: of| at| as)?|\brang"
    r"|\bclassée?s?(?: au rang)?|\bplace)$"
)
_RANK_AFTER = search(
    r"^(?:(?:best|leading|first|premiers?|premières?|meilleure?s?)\b|(?:pays|provinces?|villes?|rangs?|places?) en tête"
    r"|(?:ranks?|places?|rangs?)\b)"
)
_RANK_LAST = search(r"^(?:or (?:better|higher|above)\b.*|ou mieux\b.*|(?:in|among|of|out of|parmi|sur|de) .*|)$")


def _ranked(sentence: Sentence, at: str, before: str, after: str) -> _Readings | None:
    """A place in an order: "top 5", "parmi les 10 premiers", "5th or better"."""
    n = sentence.number(at)
    if n.unit not in {None, "rank"}:
        return None
    if not (_RANK_BEFORE(before) or _RANK_AFTER(after) or (n.unit == "rank" and _RANK_LAST(after))):
        return [] if n.unit == "rank" else None
    return [_reading(sentence, "at-most", attrs.evolve(n, unit="rank"), after)]


_DEED_BEFORE = search(
    rf"^(?:to )?{any_of('deed_first', 'deed_shy')}(?: (?:the|over|a further|another|an additional|at least))*$"
)
_DEED_FIRST = search(rf"^(?:to )?(?:{any_of('deed_first')}(?!\w)|{any_of('deed_shy')} (?:the|an?|new|our)\b)")
_DEED_LAST = search(rf"(?<!\w){any_of('deed_last')}(?: (?:on time|on budget|and|à temps|dans les délais))*$")
_NEW = search(r"^(?:new|nouve(?:au|aux|lle|lles|l))(?!\w)")


def _done(sentence: Sentence, at: str, before: str, after: str) -> _Readings | None:
    """A count of things to be done or made: "150,000 new jobs created", "delivery of 10 projects"."""
    n = sentence.number(at)
    made = n.unit is None and (_DEED_LAST(after) or _NEW(after))
    return [_reading(sentence, "at-least", n, after)] if made or _DEED_BEFORE(before) else None


def _plain(sentence: Sentence, at: str) -> _Readings:
    """A number with nothing that says which side of it is good, so that the direction of the indicator decides."""
    n = sentence.number(at)
    before, after = sentence.around(at)
    if _LEADING(before) or _of_another_unit(sentence, n, after):
        return _part_of_the_measure(sentence)
    if (n.unit in {"points", "percentage points"} and _LINK_BY(before)) or _HELD_AGAINST(after):
        return []
    value = attrs.evolve(n, value=-n.value) if n.sign == "-" else n
    share = _written_unit(n, after) == "%"
    whole = n.value == 100 and (share or sentence.asked.percent)
    undirected = ["at-least"] if whole else ["at-most"] if n.value == 0 else ["at-least", "at-most"]
    sides = {"up": ["at-least"], "down": ["at-most"], "within": ["exactly"]}
    # a share said of an indicator that counts something else: its direction says nothing about the share
    known = sentence.asked.direction if sentence.asked.percent or not (share and sentence.asked.unit) else None
    return [_reading(sentence, side, value, after) for side in sides.get(known or "", undirected)]


#: "5% above the national average" is no value to reach.
_HELD_AGAINST = search(rf"^{any_of('below', 'above', 'more_of', 'less_of')}(?!\w)")


def _of_another_unit(sentence: Sentence, n: Number, after: str) -> bool:
    """Whether a number counts days or money while the indicator is a share, so that it cannot be its target."""
    unit = _written_unit(n, after)
    return sentence.asked.percent and unit is not None and unit not in {"%", "rank"}


def _part_of_the_measure(sentence: Sentence) -> _Readings:
    """The number says what is measured ("reduce the share of those who wait over 4 hours"): only a way is left."""
    leading = _LEADING(sentence.words)
    return [_movement(sentence, "rise" if leading["up"] else "fall")] if leading else []


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


def _from_to(sentence: Sentence) -> _Readings | None:
    """From a baseline to a value: "from 34% to 67%". The first number is where it starts."""
    for m, a, b in _pairs(sentence, _FROM_TO):
        verb = _MOVE.search(sentence.words)
        after = sentence.around(m["b"])[1]
        if m["from"] in {"de", "du", "d'"} and not verb:
            between = _between(sentence, a, b, after)
            return [*between, _reading(sentence, "at-least", b, after)] if between else []
        rises = b.value > a.value
        if a.value == b.value or (verb and verb["down" if rises else "up"]):
            return []
        return [_reading(sentence, "at-least" if rises else "at-most", b, after)]
    return None


def _range(sentence: Sentence) -> _Readings | None:
    """Within a range: "between 45% and 60%", "45-60 %"."""
    for m, a, b in _pairs(sentence, _RANGE):
        before = sentence.around(m["a"])[0]
        verb = _MOVE.search(before)
        if verb and (_LINK_BY(before) or not (_LINK_TO(before) or verb["reach"] or "-" in m[0])):
            return []  # a change by 5 to 10%, or from 5 to 10: neither one size nor a range of the value
        return _between(sentence, a, b, sentence.around(m["b"])[1])
    return None


def _both_sides(sentence: Sentence) -> _Readings | None:
    """A range said by its two ends: "at least 80% and no more than 90%"."""
    if len(sentence.marks) != 2:
        return None
    ends = [_compared(sentence, at, *sentence.around(at)) or [] for at in sentence.marks]
    if sorted(r.kind for each in ends for r in each) != ["at-least", "at-most"]:
        return None
    low, high = sorted(sentence.marks, key=lambda at: ends[sentence.marks.index(at)][0].kind)
    a, b = sentence.number(low), sentence.number(high)
    return _between(sentence, a, b, sentence.around(high)[1]) if a.unit == b.unit else []


def _between(sentence: Sentence, a: Number, b: Number, after: str) -> _Readings:
    if a.value >= b.value or b.unit in {"points", "percentage points"} or a.sign or b.sign:
        return []
    low, high, unit = _scaled(sentence, a), _scaled(sentence, b), _unit_of(sentence, b, after)
    return [TargetReading("between", low, high, None, sentence.due, unit, say("between", low, high, unit=unit))]


# --- no number ---------------------------------------------------------------------------------------------------

_UNDECIDED, _CONTEXT = (search(rf"(?<!\w){any_of(name)}(?!\w)") for name in ("undecided", "context_only"))
_ALL = search(r"^(?:all|every|tous|toutes|chaque) (?!(?:year|month|quarter|week|day|année|mois|jour|semaine)\b)")
_NONE = search(rf"^(?:no|aucune?|nul(?:le)?) (?!{any_of('not_none')})")
_WAY = re.compile(rf"(?<![\w'-])(?:(?P<up>{_RISE}|{_MORE})|(?P<down>{_FALL}|{_LESS})|(?P<better>{_IMPROVE}))(?![\w-])")
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
            return tuple(_change(sentence, kind, Number(size, "part")))
    if _NONE(words):
        return (_reading(sentence, "at-most", Number(0.0), ""),)
    if _ALL(words) and (asked.percent or not asked.unit):
        return (_reading(sentence, "at-least", Number(100.0, "%"), ""),)
    ways = {way for m in _WAY.finditer(words) for way in ("up", "down", "better") if m[way]}
    first = _WAY_EARLY(words)
    if first and len(ways) == 1 and not _NO_CLEAR_WAY(words):
        kinds = _ways_of_improving(sentence) if first["better"] else ("rise",) if first["up"] else ("fall",)
        return tuple(_movement(sentence, kind) for kind in kinds)
    if _DEED_FIRST(words) or _DEED_LAST(words):
        return (TargetReading("milestone", due=due, says=say("milestone", None)),)
    return ()


# --- making readings ---------------------------------------------------------------------------------------------

_TIME_AFTER = search(rf"^-?(?P<unit>{TIME})")
_UNIT_TIMES = ((r"million", 1e6), (r"milliard|billion", 1e9), (r"thousand|millier|mille\b", 1e3))


def _written_unit(n: Number, after: str) -> str | None:
    """The unit that the words give a number, or None."""
    if n.unit in {"%", "part", "percentage points"}:
        return "%"
    if n.unit not in {None, "points"}:
        return n.unit
    time = _TIME_AFTER(after)
    return time["unit"] if time else None


def _scaled(sentence: Sentence, n: Number) -> float:
    """The value in the unit of the indicator: "$1.2 million" is 1.2 where the unit is "million $"."""
    unit = (sentence.asked.unit or "").lower()
    by = next((times for word, times in _UNIT_TIMES if re.search(word, unit)), 1.0)
    return n.value / by if n.times > 1 else n.value


def _unit_of(sentence: Sentence, n: Number, after: str) -> str | None:
    """The unit of a reading: what the words say, unless the indicator counts the same in thousands or millions."""
    scaled = n.times > 1 and _scaled(sentence, n) != n.value
    return sentence.asked.unit if scaled else _written_unit(n, after) or sentence.asked.unit


def _reading(sentence: Sentence, kind: str, n: Number, after: str) -> TargetReading:
    value, unit = _scaled(sentence, n), _unit_of(sentence, n, after)
    return TargetReading(kind, value, due=sentence.due, unit=unit, says=say(kind, value, unit=unit))


def _movement(sentence: Sentence, kind: str) -> TargetReading:
    return TargetReading(kind, due=sentence.due, unit=sentence.asked.unit, says=say(kind, None))


def _change(sentence: Sentence, kind: str, n: Number, noun: str | None = None) -> _Readings:
    """The readings of a change by a size: percent of the baseline, percentage points, or units.

    Args:
        sentence: the sentence it stands in.
        kind: rise or fall.
        n: its size.
        noun: who or what is to be more or fewer, where it is said so: "5% fewer patients" can be about their number.
    """
    asked = sentence.asked
    share = asked.percent or (noun is not None and not asked.unit)
    if n.unit == "percentage points" or (n.unit == "points" and (asked.percent or not asked.unit)):
        return [_changed_by(sentence, kind, n.value, "points", "%")]
    if n.unit == "part":
        return [_changed_by(sentence, kind, n.value, "percent", asked.unit)]
    if n.unit != "%":
        change_unit = "points" if asked.percent else "units"
        return [_changed_by(sentence, kind, _scaled(sentence, n), change_unit, _unit_of(sentence, n, ""))]
    if not share:
        return [_changed_by(sentence, kind, n.value, "percent", asked.unit)]
    in_number = [_changed_in_number(sentence, kind, n.value, noun)] if noun else []
    return in_number + [
        attrs.evolve(_changed_by(sentence, kind, n.value, each, "%"), says=say_example(kind, n.value, each))
        for each in ("percent", "points")
    ]


def _changed_by(sentence: Sentence, kind: str, size: float, change_unit: str, unit: str | None) -> TargetReading:
    says = say(kind, size, change_unit=change_unit, unit=unit)
    return TargetReading(kind, size, change_unit=change_unit, due=sentence.due, unit=unit, says=says)


def _changed_in_number(sentence: Sentence, kind: str, size: float, noun: str) -> TargetReading:
    more, fewer = (
        _("{size} more {noun}: their number, not their share"),
        _("{size} fewer {noun}: their number, not their share"),
    )
    says = (more if kind == "rise" else fewer).format(size=format_number(size, "%"), noun=noun)
    return TargetReading(kind, size, change_unit="percent", due=sentence.due, unit=noun, says=says)
