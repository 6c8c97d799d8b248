"""The level of a challenge, worked out from the answers about it (Rule 8, tool 8.1).

Each of the four levels has its characteristics, as the source lists them. The level of a challenge is the highest of
which all hold. Where none holds in full and delivery is off track, it is level 1 (ours); else none, and it is watched.
While answers are open, several levels are possible, and all of them are said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import product

import attrs

from rdlib.plan.challenges import LEVELS, WATCH, Challenge
from rdlib.plan.fields import Choice, Field, Kind, field_of
from rdlib.words import _

#: The answers that decide on the level, in the order in which they are asked.
DECIDING = ("off_track", "effect", "cause", "solution", "tried", "salient", "top", "complexity", "urgency")
#: The levels in which a challenge can be: none of the four, and the four.
RANGE = range(5)

_YES_NO = (Choice("yes", _("yes")), Choice("no", _("no")))

Answers = dict[str, str | bool | None]
State = bool | None


@attrs.frozen
class Characteristic:
    """What has to hold for a level.

    Attributes:
        level: the level.
        says: the words for it.
        holds: says of answers whether it holds; None where that is open.
        fields: the answers that it hangs on.
    """

    level: int
    says: str
    holds: Callable[[Answers], State]
    fields: tuple[str, ...]


def _is(name: str, *values: str | bool) -> Callable[[Answers], State]:
    return lambda given: None if given[name] is None else given[name] in values


def _clear(given: Answers) -> State:
    both = (given["cause"], given["solution"])
    return True if "clear" in both else None if None in both else False


def _unclear(given: Answers) -> State:
    clear = _clear(given)
    return None if clear is None else not clear


def _in_vain(given: Answers) -> State:
    states = (_unclear(given), _is("tried", "failed")(given))
    return False if False in states else None if None in states else True


#: What has to hold for each of the four levels. Source: Rule 8, tool 8.1.
CHARACTERISTICS = (
    Characteristic(1, _("delivery is off track"), _is("off_track", True), ("off_track",)),
    Characteristic(1, _("cause or solution is fairly clear"), _clear, ("cause", "solution")),
    Characteristic(2, _("it affects delivery significantly"), _is("effect", "significant", "severe"), ("effect",)),
    Characteristic(2, _("neither cause nor solution is obvious"), _unclear, ("cause", "solution")),
    Characteristic(3, _("it affects delivery severely"), _is("effect", "severe"), ("effect",)),
    Characteristic(
        3,
        _("cause and solution stay in the dark after standard problem solving"),
        _in_vain,
        ("cause", "solution", "tried"),
    ),
    Characteristic(3, _("it is politically charged"), _is("salient", True), ("salient",)),
    Characteristic(4, _("it is one of the one or two gravest in the system"), _is("top", True), ("top",)),
    Characteristic(4, _("cause and solution are very complex"), _is("complexity", "great"), ("complexity",)),
    Characteristic(4, _("it is highly visible and urgent"), _is("urgency", "both"), ("urgency",)),
)


def of_level(level: int) -> tuple[Characteristic, ...]:
    """Return what has to hold for a level."""
    return tuple(each for each in CHARACTERISTICS if each.level == level)


def choices_of(field: Field) -> tuple[tuple[str | bool, Choice], ...]:
    """Return the answers that a deciding field takes, each as stored and as a choice."""
    if field.kind is Kind.YES_NO:
        return ((True, _YES_NO[0]), (False, _YES_NO[1]))
    return tuple((choice.value, choice) for choice in field.choices)


def level_choice(level: int) -> Choice:
    """Return the level as a choice, with its name and its descriptor.

    >>> level_choice(3).label
    'Intensive drive'
    """
    return next(choice for choice in (WATCH, *LEVELS) if choice.value == str(level))


def level_word(level: int) -> str:
    """Return a level with its number and its name.

    >>> level_word(1), level_word(0)
    ('1 Timely nudge', 'Keep an eye on it')
    """
    label = level_choice(level).label
    return _("{n} {label}").format(n=level, label=label) if level else label


def _from(answers: Answers) -> int:
    for level in (4, 3, 2, 1):
        if all(each.holds(answers) for each in of_level(level)):
            return level
    return 1 if answers["off_track"] else 0


def _telling_apart(name: str) -> list[str | bool]:
    """Return the answers that the characteristics tell apart: the first and the last, and of the effect all three."""
    values = [value for value, _choice in choices_of(field_of(Challenge, name))]
    return values if name == "effect" else [values[0], values[-1]]


@cache
def _possible(given: tuple[str | bool | None, ...]) -> tuple[int, ...]:
    answers: Answers = dict(zip(DECIDING, given, strict=True))
    open_ = [name for name in DECIDING if answers[name] is None]
    every = [_telling_apart(name) for name in open_]
    found = {_from({**answers, **dict(zip(open_, chosen, strict=True))}) for chosen in product(*every)}
    return tuple(sorted(found))


@attrs.frozen
class Move:
    """One other answer that would lead to another level.

    Attributes:
        field: the declaration of the answer.
        choice: the other answer.
        level: the level that it would lead to.
    """

    field: Field
    choice: Choice
    level: int


@attrs.frozen
class Triage:
    """What the answers about a challenge come to.

    Attributes:
        possible: the levels that are still possible, the lowest first; one where enough is answered.
        open: the answers that are still open and could change it, as fields.
        met: what holds of the level worked out.
        lacking: what does not hold, or is open, of the next level above.
        up: single answers that would lead to a higher level, the nearest.
        down: single answers that would lead to a lower level, the nearest.
    """

    possible: tuple[int, ...]
    open: tuple[Field, ...]
    met: tuple[Characteristic, ...]
    lacking: tuple[Characteristic, ...]
    up: tuple[Move, ...]
    down: tuple[Move, ...]

    @property
    def level(self) -> int | None:
        """The level, where only one is possible."""
        return self.possible[0] if len(self.possible) == 1 else None


def answers_of(challenge: Challenge) -> Answers:
    """Return the deciding answers of a challenge; what is none of the choices counts as open."""
    found: Answers = {}
    for name in DECIDING:
        value = getattr(challenge, name)
        known = {given for given, _choice in choices_of(field_of(Challenge, name))}
        found[name] = value if value in known else None
    return found


def _levels(answers: Answers) -> tuple[int, ...]:
    return _possible(tuple(answers[name] for name in DECIDING))


def _moves(answers: Answers, level: int) -> Iterator[Move]:
    for name in DECIDING:
        field = field_of(Challenge, name)
        for value, choice in choices_of(field):
            if value != answers[name] and answers[name] is not None:
                other = _levels({**answers, name: value})
                if len(other) == 1 and other[0] != level:
                    yield Move(field, choice, other[0])


def triage(challenge: Challenge) -> Triage:
    """Work out the level of a challenge from the answers about it.

    Source: Rule 8, tool 8.1.

    >>> triage(Challenge("h1", off_track=True, cause="clear", top=False, effect="slight")).level
    1
    >>> triage(Challenge("h1", off_track=True, cause="clear", top=False)).possible
    (1,)
    >>> triage(Challenge("h1", off_track=True, top=False, effect="significant")).possible
    (1, 2)
    """
    answers = answers_of(challenge)
    possible = _levels(answers)
    undecided = [name for name in DECIDING if answers[name] is None] if len(possible) > 1 else []
    matters = [
        name
        for name in undecided
        if any(_levels({**answers, name: value}) != possible for value, _c in choices_of(field_of(Challenge, name)))
    ]
    level = possible[0] if len(possible) == 1 else None
    met = tuple(each for each in of_level(level or 0) if each.holds(answers))
    above = (level if level is not None else possible[0]) + 1
    lacking = tuple(each for each in of_level(above) if not each.holds(answers))
    up: tuple[Move, ...] = ()
    down: tuple[Move, ...] = ()
    if level is not None:
        moves = list(_moves(answers, level))
        higher = [move for move in moves if move.level > level]
        lower = [move for move in moves if move.level < level]
        up = tuple(m for m in higher if m.level == min(each.level for each in higher))
        down = tuple(m for m in lower if m.level == max(each.level for each in lower))
    return Triage(possible, tuple(field_of(Challenge, name) for name in matters or undecided), met, lacking, up, down)


def judged(challenge: Challenge) -> int | None:
    """Return the level that somebody gave openly; None where nobody did."""
    value = challenge.judged_level
    return int(value) if value in {choice.value for choice in LEVELS} else None


def level_in_force(challenge: Challenge) -> int | None:
    """Return the level that counts: the one judged openly, else the one worked out; None while that is open."""
    given, possible = judged(challenge), _levels(answers_of(challenge))
    return given if given is not None else possible[0] if len(possible) == 1 else None


def treated_as(challenge: Challenge) -> int | None:
    """Return as which level a challenge is dealt with today; None where that is not said."""
    value = challenge.treated or ""
    return int(value) if value in {str(n) for n in RANGE} else None


def possible_in_words(possible: tuple[int, ...]) -> str:
    """Return the levels that are possible in words.

    >>> possible_in_words((1, 2, 4)), possible_in_words((0, 1)), possible_in_words((0,))
    ('level 1, 2 or 4', 'none or level 1', 'none of the four levels')
    """
    numbers = [str(n) for n in possible if n]
    if not numbers:
        return _("none of the four levels")
    said = _("level {n}").format(n=_either(numbers))
    return _("none or {levels}").format(levels=said) if possible[0] == 0 else said


def why_in_words(found: Triage) -> str:
    """Return why a challenge is on its level, in a sentence; empty while that is open."""
    if found.level is None:
        return ""
    if found.level == 0:
        return _("Delivery is not off track, and no level holds in full.")
    if len(found.met) < len(of_level(found.level)):
        return _("Delivery is off track, and no level holds in full; it is the lowest then.")
    said = "; ".join(each.says for each in found.met)
    return f"{said[:1].upper()}{said[1:]}."


def moves_in_words(found: Triage) -> tuple[str, ...]:
    """Return which single answer would move a challenge up, and which down; empty while the level is open."""
    if found.level is None:
        return ()
    said = []
    if found.up:
        said.append(_("Up to level {level}: {answers}.").format(level=found.up[0].level, answers=_answers(found.up)))
    elif found.lacking:
        lacking = "; ".join(each.says for each in found.lacking)
        said.append(_("For level {level} it would take all of this: {lacking}.").format(
            level=found.level + 1, lacking=lacking
        ))  # fmt: skip
    if found.down:
        to = found.down[0].level
        way = _("Down to level {level}: {answers}.") if to else _("No level at all: {answers}.")
        said.append(way.format(level=to, answers=_answers(found.down)))
    return tuple(said)


def _answers(moves: tuple[Move, ...]) -> str:
    """Name other answers, question by question."""
    by_question: dict[str, list[str]] = {}
    for move in moves:
        by_question.setdefault(move.field.label, []).append(move.choice.label)
    return "; ".join(
        _("“{question}” {answers}").format(question=question, answers=_either(labels))
        for question, labels in by_question.items()
    )


def _either(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return _("{several} or {last}").format(several=", ".join(words[:-1]), last=words[-1])
