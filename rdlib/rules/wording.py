"""What the wording of an answer gives away: activity in place of change, a reason that says nothing.

Shared by the rules: rule 2 asks it of indicators and reasons, rule 1 of outcomes. English and French.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files

_LISTS: dict[str, dict[str, str]] = tomllib.loads(
    files("rdlib.rules").joinpath("wording.toml").read_text(encoding="utf-8")
)
_FILLER = frozenset(f"{_LISTS['en']['filler']} {_LISTS['fr']['filler']}".split())

_WORD = re.compile(r"[a-z0-9%]+")


@lru_cache(maxsize=8192)
def content_words(text: str) -> frozenset[str]:
    """Return the words of a text that carry meaning, without accents and in lower case.

    >>> sorted(content_words("It is important because waits are painful"))
    ['painful', 'waits']
    """
    plain = unicodedata.normalize("NFKD", text.lower())
    found = _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
    return frozenset(w for w in found if w not in _FILLER)


def is_thin(reason: str, about: str | None) -> bool:
    """Say whether a reason holds nothing beyond the question and the name of the thing it is about.

    >>> is_thin("It is important to people", "Share of patients seen in four hours")
    True
    >>> is_thin("Long waits mean pain, and some leave before they are seen", "Share of patients seen in four hours")
    False
    """
    said = content_words(reason)
    return len(said) < 2 or not said - content_words(about or "")


def _any(language: str, name: str) -> str:
    return "(?:" + "|".join(_LISTS[language][name].split()) + ")"


_FIGURE = frozenset(f"{_LISTS['en']['figure']} {_LISTS['fr']['figure']}".split())


def names_figure(text: str) -> bool:
    """Say whether a text holds a number, or says that something is so of all, of none or of half.

    >>> names_figure("Nobody waits for a bed"), names_figure("Care is much better than before")
    (True, False)
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return any(c.isdigit() for c in plain) or not _FIGURE.isdisjoint(_WORD.findall(plain))


_UP_TO = r"(?:[\w'’-]+ )"
_THINGS, _DONE, _SPENT = (_any("en", name) for name in ("work", "done", "spent"))
_CHOSES, _FAITES = (_any("fr", name) for name in ("work", "done"))
_COUNTS_WORK = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:the )?(?:total )?(?:number|count|volume|#) of {_UP_TO}{{0,4}}{_THINGS} {_UP_TO}{{0,3}}?{_DONE}\b",
        rf"^(?:delivery|completion|publication|launch) of (?:\d+ )?{_UP_TO}{{0,3}}{_THINGS}\b",
        rf"^(?:the )?(?:total )?(?:amount|dollars?|money|funds?|funding|budget)(?: of [\w'’ -]+?)? {_SPENT}\b",
        r"^(?:the )?(?:total )?(?:spending|expenditures?|investment|disbursements?)\b",
        rf"^(?:%|percent|per cent|percentage|share|proportion) of (?:the )?{_UP_TO}{{0,3}}"
        rf"(?:budget|funds?|funding|money) (?:that (?:is|was|are|were) )?{_SPENT}\b",
        rf"^(?:le )?nombre (?:total )?(?:de |d['’]|des ){_UP_TO}{{0,3}}{_CHOSES} {_UP_TO}{{0,3}}?{_FAITES}\b",
        r"^(?:les )?(?:dépenses|montants? (?:dépensés?|versés?|investis?)|fonds (?:dépensés|versés))\b",
    )
)


def counts_work(name: str) -> bool:
    """Say whether a name counts activity or spending rather than a change for people.

    >>> counts_work("Number of workshops held with partners")
    True
    >>> counts_work("Number of students accessing high-quality after-school programmes")
    False
    """
    plain = " ".join(name.lower().split())
    return any(pattern.search(plain) for pattern in _COUNTS_WORK)


# --- outcomes (rule 1) -------------------------------------------------------------------------------------------

_OBJECT = rf"{_any('en', 'counted')}\b"
_OBJET = r"(?:une?|des|les?|la|l['’]|\d[\d .,]*|deux|trois|quatre|cinq|dix|vingt|cent)"
_WE, _NOUS = _any("en", "us"), _any("fr", "us")
_WE_WILL = r"(?:will|shall|plans? to|intends? to|is going to|are going to|has to|have to)"
# What may stand before the verb of a statement that says what will be done.
_ABOUT_TO = rf"(?:to |{_WE} {_WE_WILL} )?"
_POUR = rf"(?:{_NOUS} (?:allons|va|doit|devons|entend) )?"
_DOES, _DOES_THIS, _MAKES = (_any("en", name) for name in ("does", "does_this", "makes"))
_FONT, _CREENT = (_any("fr", name) for name in ("does", "makes"))
_MADE, _CREES = rf"(?:{_THINGS}|{_any('en', 'made')})", rf"(?:{_CHOSES}|{_any('fr', 'made')})"
_ARE, _SONT = r"(?:is|are|was|were|has been|have been|will be)", r"(?:est|sont|a été|ont été|sera|seront)"
_SO = (
    r"(?! in an? [\w ,'-]*(?:manner|way)\b)(?=$|[,;.]| (?:and|by|in|on|for|to|at|with|each|every|across|throughout)\b)"
)
_AINSI = r"(?=$|[,;.]| (?:et|par|dans|sur|pour|à|au|aux|avec|chaque|en)\b)"
_LES = r"(?:les |des |le |la |l['’]|une? |\d+ )"


def _patterns(*texts: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, texts))


_IS_WORK = _patterns(
    rf"^{_ABOUT_TO}{_DOES}\b(?! (?:is|are|was|were|has|have)\b)",
    rf"^{_ABOUT_TO}{_DOES_THIS} {_OBJECT}",
    rf"^{_ABOUT_TO}{_MAKES} (?:and (?:{_DOES}|{_DOES_THIS})\b|{_UP_TO}{{0,5}}{_MADE}\b)",
    rf"^{_WE} (?:{_WE_WILL} )?(?:{_DOES}|{_DOES_THIS} {_OBJECT})",
    rf"^(?:the |an? |all |\d+ )?{_UP_TO}{{0,4}}{_THINGS} {_UP_TO}{{0,4}}?{_ARE} {_DONE}{_SO}",
    rf"^(?:the |an? |all |\d+ )?{_UP_TO}{{0,2}}{_THINGS} {_UP_TO}{{0,2}}?{_DONE}{_SO}",
    rf"^{_POUR}{_FONT}\b",
    rf"^{_POUR}{_CREENT} {_OBJET} ?{_UP_TO}{{0,3}}{_CREES}\b",
    rf"^{_LES}?{_UP_TO}{{0,3}}{_CHOSES} {_UP_TO}{{0,4}}?{_SONT} (?:\w+ment )?{_FAITES}{_AINSI}",
)
# These only where the sentence has no verb that says something of what they name.
_NAMES_WORK = _patterns(
    rf"^{_any('en', 'doing')}\b",
    rf"^{_any('en', 'making')} {_UP_TO}{{0,4}}{_MADE}\b",
    rf"^(?:the )?(?:timely |successful |full )?{_any('en', 'the_doing')} of\b",
    rf"^(?:the )?{_any('en', 'the_making')} of {_UP_TO}{{0,5}}{_MADE}\b",
    rf"^(?:an? |new |\d+ )+{_UP_TO}{{0,3}}{_MADE}(?:$|[.]| (?:of|for|on|to|with|in|about|against)\b)",
)
_NOMME_TRAVAIL = _patterns(
    rf"^(?:la |le |l['’])?{_any('fr', 'the_doing')} (?:de |d['’]|des |du )",
    rf"^(?:la |le |l['’])?{_any('fr', 'the_making')} (?:de |d['’]|des |du )(?:l['’]|la )?{_UP_TO}{{0,4}}{_CREES}\b",
)
_SAYS_MORE = re.compile(rf"(?<!that )(?<!which )(?<!who )(?<!to )\b{_any('en', 'finite')}\b")
_DIT_PLUS = re.compile(rf"(?<!qui )\b{_any('fr', 'finite')}\b")

_MONEY = (
    r"(?:(?:c?a?\$|us\$|€|£) ?\d|\d[\d., ]*(?:million |billion |trillion |millions |milliards )?"
    r"(?:de |d['’])?(?:\$|€|dollars|euros|pounds))"
)
_MORE = r"(?:more |additional |new |extra |increased |stable |federal |public )*"
_SUMS = r"(?:money|funding|funds|allocations?|payments?|grants?|transfers?|contributions?|subsid(?:y|ies))"
_PAID = (
    r"(?:made|paid|spent|doubled|increased|provided|given|disbursed|invested|allocated|committed|distributed|granted"
    r"|transferred)"
)
_GIVES = r"(?:allocate|disburse|budget|commit|contribute|pay|fund|finance|provide)"
_SPENDS = _patterns(
    rf"^{_ABOUT_TO}(?:invest|spend) (?:{_MONEY}|in|more|an?|up|over|at|on|\d)",
    rf"^{_ABOUT_TO}(?:fund|finance) {_OBJECT}",
    rf"^{_ABOUT_TO}{_GIVES} (?:up to |over |more than )?{_MONEY}",
    r"^(?:to )?(?:increase|double|raise|maintain|secure|extend) (?:the |our |federal |public )*"
    r"(?:funding|spending|budgets?|funds?|grants?|transfers?|public investment)\b",
    rf"^(?:an? )?(?:additional |new |extra |further )?{_MONEY}",
    rf"^{_MORE}(?:money|funding|funds|spending|budget) (?:for|in|to|on)\b",
    rf"^{_MORE}{_SUMS}(?: and \w+)? {_UP_TO}{{0,6}}?(?:{_ARE}(?: \w+ly)? )?{_PAID}"
    r"(?=$|[,;.]| (?:as|to|for|in|on|by|each)\b)",
    r"\b(?:is|are) (?:well |fully |adequately |sufficiently )?(?:resourced|funded|financed)[.]?$",
    r"^(?:investir|dépenser|allouer|consacrer|débourser|financer)\b",
    r"^(?:augmenter|doubler|accroître|maintenir) (?:les? |la )?(?:budgets?|financement|dépenses|crédits|subventions)\b",
    r"^(?:un )?investissements? de \d",
    r"^(?:plus d['’]argent|davantage de fonds|(?:un |le )?financement (?:accru|supplémentaire|de|du|des|pour))\b",
    r"\b(?:est|sont) (?:bien |entièrement |suffisamment )?(?:financée?s?|bien dotée?s? en ressources)[.]?$",
    r"^(?:les |des )(?:affectations|paiements|subventions|fonds)\b.{0,60}\bsont (?:\w+ment )?"
    r"(?:effectuée?s|versée?s|faite?s|accordée?s)\b",
)


def _any_in(plain: str, patterns: tuple[re.Pattern[str], ...]) -> bool:
    return any(pattern.search(plain) for pattern in patterns)


def _plainly(statement: str) -> str:
    return " ".join(statement.lower().replace("’", "'").strip(" \t-–•*").split())


def names_activity(statement: str) -> bool:
    """Say whether a statement of an outcome names work to be done rather than what will be different.

    It is asked of the wording alone: "Reduce child mortality" says what changes, "Launch a campaign" what is done.

    >>> names_activity("Develop and implement a national housing strategy")
    True
    >>> names_activity("Fewer people sleep rough"), names_activity("Improve access to after-school programmes")
    (False, False)
    """
    plain = _plainly(statement)
    return (
        _any_in(plain, _IS_WORK)
        or (_any_in(plain, _NAMES_WORK) and not _SAYS_MORE.search(plain))
        or (_any_in(plain, _NOMME_TRAVAIL) and not _DIT_PLUS.search(plain))
    )


def names_spending(statement: str) -> bool:
    """Say whether a statement of an outcome names money to be spent rather than what it changes.

    >>> names_spending("Invest $5 billion in mental health care"), names_spending("More firms invest in research")
    (True, False)
    """
    return _any_in(_plainly(statement), _SPENDS)


_BODY = re.compile(rf"\b{_any('en', 'body')}$")
_CORPS = re.compile(rf"^(?:le |la |les |l['’])?{_any('fr', 'body')}\b")
_HEAD = re.compile(r"\b(?:of|for|in|on|at|from|to|across|under|de|du|des)\b")


def is_a_body(name: str) -> bool:
    """Say whether a name means a committee, a department or another body, and not one person in it.

    Where a person is named as well ("the committee (chair: A. Smith)"), that person is meant.

    >>> is_a_body("Steering committee for housing"), is_a_body("Comité directeur"), is_a_body("Head of the department")
    (True, True, False)
    """
    plain = _plainly(name)
    if re.search(r"[(,:]", plain):
        return False
    return bool(_BODY.search(_HEAD.split(plain)[0].strip()) or _CORPS.search(plain))
