"""How a kind says which of its records may be the same thing entered twice: where to look, and how to judge two of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from desktop_app.core import alike
from desktop_app.core.declared import declared
from desktop_app.core.fields import Value
from desktop_app.core.show import date
from desktop_app.core.words import Words

ENOUGH = 1.0
"""Two records whose evidence comes to this are shown as a possible double."""


class Facts(NamedTuple):
    """What is known of one record: its values, where it stands, and the zone in which its days are counted."""

    uid: str
    values: Mapping[str, Value]
    status: str | None
    zone: ZoneInfo

    def text(self, name: str) -> str:
        """A field as text; empty when it is."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def day(self, name: str) -> dt.date | None:
        """The day of a date or of a moment; None when it is empty."""
        value = self.values.get(name)
        if isinstance(value, dt.datetime):
            return value.astimezone(self.zone).date()
        return value if isinstance(value, dt.date) else None


Agreement = bool | None
"""Whether two records agree in something; None when one of them does not tell it."""


class Evidence:
    """What speaks for two records being the same, and what against it; `why` tells the strongest of the first."""

    def __init__(self) -> None:
        self.points = 0.0
        self._reasons: list[tuple[float, Words]] = []

    def speaks(self, points: float, indonesian: str, english: str) -> None:
        """Something agrees."""
        self.points += points
        self._reasons.append((-points, Words(indonesian, english)))

    def against(self, points: float) -> None:
        """Something differs."""
        self.points -= points

    def weigh(self, same: Agreement, speaks: float, against: float, indonesian: str, english: str) -> None:
        """Something agrees or differs; nothing when one of the two does not tell it (None)."""
        if same:
            self.speaks(speaks, indonesian, english)
        elif same is False:
            self.against(against)

    def likeness(self) -> Likeness | None:
        """What it comes to, when it is enough."""
        if round(self.points, 6) < ENOUGH or not self._reasons:
            return None
        told = [words for _, words in sorted(self._reasons, key=lambda reason: reason[0])[:3]]
        said = Words(", ".join(words.id for words in told), ", ".join(words.en for words in told))
        return Likeness(self.points, Words(_begun(said.id), _begun(said.en)))


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


class Likeness(NamedTuple):
    """That two records may be the same: how much speaks for it, and what."""

    points: float
    why: Words


Judge = Callable[[Facts, Facts], Likeness | None]
"""Compares the record being looked at with another one; the points are the same whichever way round."""


@declared
class Same:
    """Records in which these fields have the same values (none of them empty); the first one has an index."""

    fields: tuple[str, ...]


@declared
class Around:
    """Records whose `field` (a day or a moment) lies at most so many days away and that have one of the `keys` in common.

    `of` names the fields that `keys` are made of. `typed=False`: only among stored records; while one is typed, too many lie around.
    """

    field: str
    days: int
    of: tuple[str, ...]
    keys: Callable[[Facts], Iterable[str]]
    typed: bool = True


@declared
class Found:
    """Records that the search finds by one of these questions."""

    of: tuple[str, ...]
    questions: Callable[[Facts], Iterable[str]]
    open_only: bool = False


@declared
class Near:
    """Records with a position at most so many metres away."""

    metres: float


Way = Same | Around | Found | Near


@declared
class Plan:
    """For one kind: the ways to find what may be the same, the judge, and the field that tells when it was."""

    ways: tuple[Way, ...]
    judge: Judge
    at: str = ""


# ---- what several judges ask


def equal(one: Facts, other: Facts, name: str) -> Agreement:
    """Whether both have the same value; None when one has none."""
    mine, theirs = one.values.get(name), other.values.get(name)
    return None if mine is None or theirs is None else mine == theirs


def same_code(one: Facts, other: Facts, name: str) -> Agreement:
    """Whether both have the same code, however it is written; None when one has none."""
    mine, theirs = alike.code_key(one.text(name)), alike.code_key(other.text(name))
    return mine == theirs if mine and theirs else None


def days_apart(one: Facts, other: Facts, name: str) -> int | None:
    """Days between the two; None when one is unknown."""
    mine, theirs = one.day(name), other.day(name)
    return None if mine is None or theirs is None else abs((mine - theirs).days)


def overlap(one: Facts, other: Facts, begin: str, end: str, ended: Iterable[str]) -> bool:
    """Whether the work on one was not over when the other began; what stands at a state of `ended` is over."""
    ended = frozenset(ended)

    def over(facts: Facts) -> dt.date:
        return (facts.day(end) or facts.day(begin) or dt.date.max) if facts.status in ended else dt.date.max

    def begun(facts: Facts) -> dt.date:
        return facts.day(begin) or dt.date.min

    return begun(one) <= over(other) and begun(other) <= over(one)


def apart(one: Facts, other: Facts) -> float | None:
    """Metres between the two; None when one has no position."""
    mine, theirs = one.values, other.values
    return alike.metres(
        mine.get("latitude"), mine.get("longitude"), theirs.get("latitude"), theirs.get("longitude")
    )


def compare_places(evidence: Evidence, one: Facts, other: Facts, weight: float = 0.5) -> bool:
    """Add what street, landmark, village, RT/RW and position say; False when they are two places."""
    village, far = equal(one, other, "village_code"), apart(one, other)
    if village is False or (far is not None and far > 150):
        return False
    street = alike.street_likeness(one.text("street_name"), other.text("street_name"))
    mine, theirs = _line(one), _line(other)
    house = alike.same_house(mine, theirs)
    if house is False or (one.text("street_name") and other.text("street_name") and street < 0.8):
        return False
    if street:
        evidence.speaks(weight * street, "jalan sama", "same street")
    if house:
        evidence.speaks(0.25, "nomor atau RT/RW sama", "same house no. or RT/RW")
    if far is not None and far <= 40:
        evidence.speaks(0.4 if far <= 15 else 0.2, f"hanya {far:.0f} m", f"only {far:.0f} m away")
    _compare_landmarks(evidence, one, other)
    return True


def _line(facts: Facts) -> str:
    rt, rw = facts.text("rt"), facts.text("rw")
    place = f" rt {rt}" if rt else ""
    return f"{facts.text('street_name')}, {facts.text('address_detail')}{place}{f' rw {rw}' if rw else ''}"


_BESIDE = frozenset(
    "depan dekat samping seberang belakang sebelah di dkt dpn muka ujung pojok arah sekitar area dan yang".split()
)


def _compare_landmarks(evidence: Evidence, one: Facts, other: Facts) -> None:
    mine, theirs = (_landmark(facts.text("address_detail")) for facts in (one, other))
    if not mine or not theirs:
        return
    common = len(mine & theirs) / min(len(mine), len(theirs))
    if common >= 0.5:
        evidence.speaks(0.3, "patokan sama", "same landmark")
    elif not common:
        evidence.against(0.3)


def _landmark(text: str) -> frozenset[str]:
    return frozenset(alike.folded(word) for word in alike.address(text).words if word not in _BESIDE)


def compare_persons(evidence: Evidence, one: Facts, other: Facts, name: str, weight: float) -> float:
    """Add how much two names resemble each other; the likeness."""
    likeness = alike.name_likeness(one.text(name), other.text(name))
    if likeness >= 0.75:
        same = one.text(name).casefold() == other.text(name).casefold()
        words = ("nama sama", "same name") if same else ("nama mirip", "similar name")
        evidence.speaks(weight * (1 if likeness >= 0.95 else 0.75 if likeness >= 0.85 else 0.4), *words)
    return likeness


def said(facts: Facts, name: str) -> str:
    """A day as people write it; a dash when it is unknown."""
    day = facts.day(name)
    return "–" if day is None else date(day)


def questions_for_person(*names: str) -> Callable[[Facts], Iterator[str]]:
    """The searches that find a person under another spelling: all words as written, in the new spelling, and in the old one."""

    def questions(facts: Facts) -> Iterator[str]:
        for name in names:
            yield from _spelled([word for word in alike.person(facts.text(name)).words if len(word) > 2])

    return questions


def questions_for_street(facts: Facts) -> Iterator[str]:
    """The searches that find a street under another spelling, house numbers aside."""
    return _spelled([word for word in alike.address(facts.text("street_name")).words if len(word) > 2])


def _spelled(words: list[str]) -> Iterator[str]:
    if words:
        yield from dict.fromkeys(" ".join(map(spelled, words)) for spelled in (str, _new, _old))


def _new(word: str) -> str:
    old = "oe" in word or "tj" in word or "dj" in word
    for before, after in (
        ("oe", "u"),
        ("tj", "c"),
        ("dj", "\0"),
        *((("j", "y"),) if old else ()),
        ("\0", "j"),
    ):
        word = word.replace(before, after)
    return word


def _old(word: str) -> str:
    for before, after in (("u", "oe"), ("j", "dj"), ("c", "tj"), ("y", "j")):
        word = word.replace(before, after)
    return word


def keys_of_street(facts: Facts) -> Iterable[str]:
    """The street by the sound of its words."""
    return alike.street_key(facts.text("street_name"))


def keys_of_person(name: str) -> Callable[[Facts], Iterable[str]]:
    """A person by the sound of the name's words."""
    return lambda facts: alike.name_key(facts.text(name))
