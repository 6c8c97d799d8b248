"""What is said around a number: whether it is a least, a most, a change, a place or a count of things done."""

from __future__ import annotations

import re

import attrs

from rdlib.rules.target_marks import Number
from rdlib.rules.target_readings import TargetReading, may_be_share
from rdlib.rules.target_senses import changes_of, movement_of, reading_of, written_unit
from rdlib.rules.target_sentence import Sentence, any_of, search

Readings = list[TargetReading]
RISE, FALL, IMPROVE, MORE, LESS = (any_of(name) for name in ("rise", "fall", "improve", "more_of", "less_of"))
MOVE = re.compile(
    rf"(?<![\w'-])(?:(?P<up>{RISE})|(?P<down>{FALL})|(?P<better>{IMPROVE})"
    rf"|(?P<double>{any_of('doubled', 'tripled')})|(?P<reach>{any_of('reach')})|(?P<limit>{any_of('limit')}))(?![\w-])"
)
_FIRST = (
    r"^(?:(?:to|an?|the|une?|la|le|l'|annual|annuelle|continued|sustained|steady|yearly|further|more) ?"
    r"|year-over-year |year over year )*"
)
_LEADING = search(rf"{_FIRST}(?:(?P<up>{RISE}|{MORE})|(?P<down>{FALL}|{LESS}))(?![\w-]| than| que)")
LINK_BY = search(
    rf"(?<![\w'])(?P<word>by|par|d[e']|of)"
    rf"(?: ?(?:{any_of('at_least_before')}|a further|another|an average of|une moyenne de|de))*[ ']*$"
)
LINK_TO = search(r"(?<!\w)(?<!access )(?<!accès )(?:to|à|au)(?: (?:the|a|an|un|une|be|level|niveau|of|de))*$")


def linked(sentence: Sentence, at: str) -> Readings | None:
    """Return the reading of a number by the words that belong to it; None where there are none."""
    before, after = sentence.around(at)
    for rule in (changed, compared, _moved_to, _ranked, _done):
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
_DOWN = search(rf"^(?:{FALL}|{LESS}|moins)s?$|^(?:declin|drop|cut|reduc|decreas|réduc|dimin|baiss|recul)")
_EACH_YEAR = search(rf"(?<!\w){any_of('each_year')}(?!\w)")
_ANNUAL_FIRST = search(rf"^{any_of('each_year', 'annual', 'annual_after')}(?!\w)")
_ANNUAL_AFTER = search(rf"^{any_of('each_year', 'annual_after')}(?!\w)")
_THAN = search(r"^(?:(?:more|fewer|less|lower|higher|greater) than|de (?:plus|moins) que)\b(?!$)")
_ANNUAL_LAST = search(rf"(?<!\w){any_of('each_year', 'annual')}$")


def changed(sentence: Sentence, at: str, before: str, after: str) -> Readings | None:
    """Return a change by so much: "reduce by 30%", "5% fewer", "+5 points", "a rise of 500"."""
    n = sentence.number(at)
    verb, beside = MOVE.search(before), _BESIDE.match(after)
    noun = None
    if n.sign and not before:
        kinds: tuple[str, ...] = ("rise",) if n.sign == "+" else ("fall",)
    elif before in {"up", "down"}:
        kinds = ("rise",) if before == "up" else ("fall",)
    elif verb and not (verb["reach"] or verb["limit"]) and _is_by(verb, n, before):
        kinds = _ways(verb, sentence)
    elif beside and not _BEFORE["at-most"](before) and not LINK_TO(before):
        word = next(w for w in beside.groups() if w)
        kinds = ("fall",) if _DOWN(word) else ("rise",)
        kinds = ways_of_improving(sentence) if re.match(IMPROVE, word) else kinds
        if beside["comparative"] in {"more", "fewer"}:
            rest = re.split(r"[,.;:(]| (?:by|than|compared)\b", after[beside.end() :])[0]
            noun = sentence.marked.written(rest) or None
    else:
        return None
    if _each_year(before, after, verb) or re.search(r"\b(?:up to|jusqu'à)$", before) or _THAN(after):
        return []  # so much each year, up to so much, so much more than others: where that ends is not said
    readings = [r for kind in kinds for r in changes_of(sentence, kind, n, after, noun)]
    return [*readings, *plain(sentence, at)] if n.sign == "-" and n.unit is None else readings


def _is_by(verb: re.Match[str], n: Number, before: str) -> bool:
    """Whether a verb and a number belong together: "increase by 5", "increase of 5", "increase 5%"."""
    between = before[verb.end() :].strip()
    by = LINK_BY(before)
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
        return ways_of_improving(sentence)
    return ("fall",) if verb["down"] else ("rise",)


_BETTER_WHEN_MORE = search(rf"\b{any_of('better_when_more')}\b")


def ways_of_improving(sentence: Sentence) -> tuple[str, ...]:
    """Return whether an improvement is a rise or a fall; both where neither the words nor the direction say."""
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


def compared(sentence: Sentence, at: str, before: str, after: str) -> Readings | None:
    """Return a side of a number: "at least 80%", "80% or more", "under 10 days"."""
    n = sentence.number(at)
    found = {kind: m for kind, match in _BEFORE.items() if (m := match(before))}
    if found:
        kind = min(found, key=lambda k: (found[k].start(), -len(found[k]["word"])))
        start, word = found[kind].start(), found[kind]["word"]
        leading = _LEADING(before)
        against = leading and ((kind == "at-most" and leading["up"]) or (kind == "at-least" and leading["down"]))
        in_doubt = _SOFT(word) and (against or _of_another_unit(sentence, n, after))
        if in_doubt and not LINK_TO(before[:start].rstrip()):
            return _part_of_the_measure(sentence)
        return [reading_of(sentence, kind, n, after)]
    return next(([reading_of(sentence, kind, n, after)] for kind, match in _AFTER.items() if match(after)), None)


def _moved_to(sentence: Sentence, at: str, before: str, after: str) -> Readings | None:
    """A value to move to: "increase to 85%", "ramener à 10 jours"."""
    verb = MOVE.search(before)
    if not verb or not LINK_TO(before) or verb["reach"] or verb["better"]:
        return None
    side = "at-most" if verb["down"] or verb["limit"] else "at-least"
    return [reading_of(sentence, side, sentence.number(at), after)]


_RANK_BEFORE = search(
    r"(?:\btop|\b(?:best|first|leading|premiers?|premières?|meilleure?s?)|\brank(?:s|ed|ing)?(?: of| at| as)?|\brang"
    r"|\bclassée?s?(?: au rang)?|\bplace)$"
)
_RANK_AFTER = search(
    r"^(?:(?:best|leading|first|premiers?|premières?|meilleure?s?)\b|(?:pays|provinces?|villes?|rangs?|places?) en tête"
    r"|(?:ranks?|places?|rangs?)\b)"
)
_RANK_LAST = search(r"^(?:or (?:better|higher|above)\b.*|ou mieux\b.*|(?:in|among|of|out of|parmi|sur|de) .*|)$")


def _ranked(sentence: Sentence, at: str, before: str, after: str) -> Readings | None:
    """A place in an order: "top 5", "parmi les 10 premiers", "5th or better"."""
    n = sentence.number(at)
    if n.unit not in {None, "rank"}:
        return None
    if not (_RANK_BEFORE(before) or _RANK_AFTER(after) or (n.unit == "rank" and _RANK_LAST(after))):
        return [] if n.unit == "rank" else None
    return [reading_of(sentence, "at-most", attrs.evolve(n, unit="rank"), after)]


_DEED_BEFORE = search(
    rf"^(?:to )?{any_of('deed_first', 'deed_shy')}(?: (?:the|over|a further|another|an additional|at least))*$"
)
DEED_FIRST = search(rf"^(?:to )?(?:{any_of('deed_first')}(?!\w)|{any_of('deed_shy')} (?:the|an?|new|our)\b)")
DEED_LAST = search(rf"(?<!\w){any_of('deed_last')}(?: (?:on time|on budget|and|à temps|dans les délais))*$")
_NEW = search(r"^(?:new|nouve(?:au|aux|lle|lles|l))(?!\w)")


def _done(sentence: Sentence, at: str, before: str, after: str) -> Readings | None:
    """A count of things to be done or made: "150,000 new jobs created", "delivery of 10 projects"."""
    n = sentence.number(at)
    made = n.unit is None and (DEED_LAST(after) or _NEW(after))
    return [reading_of(sentence, "at-least", n, after)] if made or _DEED_BEFORE(before) else None


def plain(sentence: Sentence, at: str) -> Readings:
    """Return the readings of a number with nothing that says which side of it is good: the direction decides."""
    n = sentence.number(at)
    before, after = sentence.around(at)
    if _LEADING(before) or _of_another_unit(sentence, n, after):
        return _part_of_the_measure(sentence)
    if (n.unit in {"points", "percentage points"} and LINK_BY(before)) or _HELD_AGAINST(after):
        return []
    value = attrs.evolve(n, value=-n.value) if n.sign == "-" else n
    share = written_unit(n, after) == "%"
    whole = n.value == 100 and (share or sentence.asked.percent)
    undirected = ["at-least"] if whole else ["at-most"] if n.value == 0 else ["at-least", "at-most"]
    sides = {"up": ["at-least"], "down": ["at-most"], "within": ["exactly"]}
    unit = sentence.asked.unit
    # a share said of an indicator that counts something else: its direction says nothing about the share
    known = sentence.asked.direction if not (share and unit and not may_be_share(unit)) else None
    return [reading_of(sentence, side, value, after) for side in sides.get(known or "", undirected)]


#: "5% above the national average" is no value to reach.
_HELD_AGAINST = search(rf"^{any_of('below', 'above', 'more_of', 'less_of')}(?!\w)")


def _of_another_unit(sentence: Sentence, n: Number, after: str) -> bool:
    """Whether a number counts days or money while the indicator is a share, so that it cannot be its target."""
    unit = written_unit(n, after)
    return sentence.asked.percent and unit is not None and unit not in {"%", "rank"}


def _part_of_the_measure(sentence: Sentence) -> Readings:
    """The number says what is measured ("reduce the share of those who wait over 4 hours"): only a way is left."""
    leading = _LEADING(sentence.words)
    return [movement_of(sentence, "rise" if leading["up"] else "fall")] if leading else []
