"""How much two writings of the same thing resemble each other: names of people, streets, codes, NIK, positions.

Pure functions, the same whichever way round they are asked, blind to capitals and blanks. A likeness lies between 0 (nothing in
common) and 1 (the same); 0 too when one of the two is empty. What counts as the same is how Indonesians write: Moh./Muh./Mohammad,
H./Hj., bin/binti, old spelling (oe, tj, dj), double letters, Jl./Jln./Jalan, Gg./Gang, No., RT/RW, roman numbers.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal, NamedTuple

_APOSTROPHES = re.compile("['’‘ʼʻ`´]")
_WORD = re.compile(r"[^\W_]+")

# ---- one form for many spellings

_MUHAMMAD = frozenset(
    "m muh moh muhammad muhamad mohammad mohamad muhamat muhammat mohamed mohammed muhammed mochammad mochamad muchammad muchamad "
    "mukhammad mokhamad moch much mhd muhd mohd mokh mukh".split()
)
_ONE_NAME = {
    "abd": "abdul",
    "abdoel": "abdul",
    "abdl": "abdul",
    "st": "siti",
    "sitti": "siti",
    "achmad": "ahmad",
}
_OLD_Y = re.compile(r"(?<![dtns])j")
_FOLDS = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        ("oe", "u"),
        ("tj", "c"),
        ("dj", "j"),
        ("nj", "ny"),
        ("sj", "sy"),
        ("kh|ch", "h"),
        ("dz|dh|dl", "d"),
        ("th", "t"),
        ("sh|sy", "s"),
        ("ph|[fv]", "p"),
        ("q", "k"),
        ("x", "ks"),
        ("ae|ei", "ai"),
        (r"i[yj](?=[aou])", "i"),
        (r"y(?![aiueo])", "i"),
        (r"(?<=[aiueo])h$", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=16_384)
def folded(word: str) -> str:
    """One word by its sound: old spelling made new, double letters single, letters that are mistaken for each other alike."""
    word = _plain(word)
    if "oe" in word or "dj" in word or "tj" in word:  # written before 1972: then a lone j is today's y
        word = _OLD_Y.sub("y", word)
    for pattern, new in _FOLDS:
        word = pattern.sub(new, word)
    return word


def _plain(text: str) -> str:
    """Small letters without accents and apostrophes."""
    text = _APOSTROPHES.sub("", text.casefold())
    if not text.isascii():
        parted = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in parted if not unicodedata.combining(letter)).casefold()
    return text


# ---- people

_DEGREES = frozenset(
    "spd spdi sh se ssos skom skm ssi st sip sag sp spt skep shi sei sth ners amd amdkeb amdkep amk mm mpd mpdi mh mhum msi mkes "
    "mag mt mba msc phd ba bsc bba sst sstp sak se mak sked spog lc ma".split()
)
_TITLES = frozenset(
    "alm almh almarhum almarhumah h hj hi haji hajah hajjah kh kyai kiai ust ustad ustadz ustadzah drs dra dr drg ir prof bpk bapak "
    "pak ibu bu sdr sdri tn ny nn tuan nyonya mbah mas mbak raden r rr rd".split()
)
_FIRST_ONLY = frozenset("i ni".split())  # a Balinese name begins with it, or not
_CHILD_OF = frozenset("bin binti bt bte".split())
_DOTTED = re.compile(r"\b[^\W\d_]{1,3}(?:\.[^\W\d_]{1,4})+\b\.?")
_LIGHT = frozenset("muhammad siti sri nur abdul ahmad made wayan ketut nyoman putu kadek".split())


class Person(NamedTuple):
    """A name without titles and degrees, as written but in small letters; the father's apart."""

    words: tuple[str, ...]
    father: tuple[str, ...]


@lru_cache(maxsize=8_192)
def person(text: str) -> Person:
    """The parts of a person's name."""
    plain = _plain(text)
    words = _WORD.findall(_DOTTED.sub(_degree, plain)) or _WORD.findall(
        plain
    )  # nothing but a degree: that is the name
    at = next((place for place, word in enumerate(words) if word in _CHILD_OF and place), None)
    own, father = (words, []) if at is None else (words[:at], words[at + 1 :])
    if words and words[0] in _CHILD_OF and len(words) > 1:  # a field of its own: "bin Partorejo"
        own = words[1:]
    return Person(_names(own), _names(father))


def _degree(found: re.Match[str]) -> str:
    """`S.Pd` falls away as a whole, the letters of `A.H.` stand alone."""
    joined = found[0].replace(".", "")
    return " " if joined in _DEGREES else found[0].replace(".", " ")


def _names(words: list[str]) -> tuple[str, ...]:
    kept = list(words)
    while len(kept) > 1 and (kept[0] in _TITLES or kept[0] in _FIRST_ONLY):
        kept.pop(0)
    while len(kept) > 1 and kept[-1] in _DEGREES:
        kept.pop()
    return tuple(_one_name(word, first=not place) for place, word in enumerate(kept))


def _one_name(word: str, *, first: bool) -> str:
    if word in _MUHAMMAD and (first or word != "m"):
        return "muhammad"
    return _ONE_NAME.get(word, word)


def name_likeness(a: str, b: str) -> float:
    """How much two names of people resemble each other; a father's name counts only when both tell one."""
    one, other = sorted((person(a), person(b)))
    own = _aligned(one.words, other.words)
    if one.father and other.father:
        own *= 0.6 + 0.4 * _aligned(one.father, other.father)
    return own


@lru_cache(maxsize=8_192)
def name_key(text: str) -> frozenset[str]:
    """What two names that may be the same have at least one of: their words by sound without the common first ones, how they begin
    (a slip of the hand further on) and how they end (written in one word or in two).
    """
    words = [folded(word) for word in person(text).words if len(word) > 1]
    telling = [word for word in words if word not in _LIGHT_FOLDED] or words
    if not telling:
        return frozenset()
    return frozenset((*telling, f"{telling[0][:3]}-", f"-{telling[-1][-5:]}"))


_LIGHT_FOLDED = frozenset(folded(word) for word in _LIGHT)


def _aligned(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Words matched with words, the best first; what is left over on one side takes away by its weight."""
    if not one or not other:
        return 0.0
    if [folded(word) for word in one] == [folded(word) for word in other]:
        return 1.0
    one, other = sorted((one, other))
    found = sorted(
        (
            (-likeness, place, there)
            for place, word in enumerate(one)
            for there, another in enumerate(other)
            if (likeness := _word_likeness(word, another)) >= _A_MATCH
        )
    )
    left, right = set(range(len(one))), set(range(len(other)))
    matched = 0.0
    for minus, place, there in found:
        if place in left and there in right:
            left.remove(place)
            right.remove(there)
            matched -= minus * (_weight(one[place]) + _weight(other[there]))
    whole = sum(map(_weight, one)) + sum(map(_weight, other))
    return max(matched / whole, _run_together(one, other))


_A_MATCH = 0.8


def _weight(word: str) -> float:
    return 0.5 if word in _LIGHT or len(word) == 1 else 1.0


def _word_likeness(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if 1 in (len(a), len(b)):
        return 0.85 if a[0] == b[0] and a.isalpha() and b.isalpha() else 0.0
    one, other = sorted((folded(a), folded(b)))
    if one == other:
        return 0.98
    likeness = _spelled(one, other)
    swapped = sorted(one) == sorted(other) and likeness >= 1 - 1 / len(one)
    return max(likeness, _SWAPPED) if swapped else likeness


_SWAPPED = 0.88
"""Two neighbouring letters changed places: a slip of the hand in short words too, where another letter makes another name."""


def _run_together(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """`Sri Wahyuni` and `Sriwahyuni`, `Abdul Rahman` and `Abdurrahman`."""
    likeness = _spelled(*sorted((folded("".join(one)), folded("".join(other)))))
    if len(one) == len(other):  # the blank one letter too far
        return likeness if likeness == 1 else 0.0
    return likeness if likeness >= 0.9 else 0.0


def _spelled(a: str, b: str) -> float:
    """1 minus the mistakes of typing (a letter more, less, another, two swapped) per letter of the longer one."""
    # Loaded with the first comparison: no start of the program needs it.
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    return float(OSA.normalized_similarity(a, b))


# ---- streets and addresses

_ROAD = {
    **dict.fromkeys("jl jln jalan jln".split(), "jl"),
    **dict.fromkeys("gg gang".split(), "gg"),
    **dict.fromkeys("lr lrg lorong".split(), "lr"),
}
_NUMBER_WORDS = frozenset("no nmr nomor nomer".split())
_VILLAGE_WORDS = frozenset("kel kelurahan desa ds kec kecamatan kota".split())
_ROMAN = {
    word: str(number) for number, word in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), start=1)
}
_RANKS = {"jend": "jenderal", "jendral": "jenderal", "kol": "kolonel", "kapt": "kapten", "let": "letnan"}
_RT_RW = re.compile(r"\brt\W*(\d{1,3})(?:\W*(?:/|rw)\W*(?:rw\W*)?(\d{1,3}))?")
_RW = re.compile(r"\brw\W*(\d{1,3})")
_PIECE = re.compile(r"[0-9]+[a-z]?\b|[^\W_]+")


class Address(NamedTuple):
    """A line of an address, taken apart. `road`: jl, gg, lr or "". `turn` is a number in the street's name (Mawar II)."""

    road: str
    words: tuple[str, ...]
    turn: str
    house: str
    block: str
    rt: str
    rw: str


@lru_cache(maxsize=8_192)
def address(text: str) -> Address:
    """What a line of an address says; what stands behind Kel. or Kec. is left out."""
    text = _plain(text)
    rt, rw = "", ""
    if found := _RT_RW.search(text):
        rt, rw = found[1].lstrip("0"), (found[2] or "").lstrip("0")
    if found := _RW.search(text):
        rw = found[1].lstrip("0")
    text = _RW.sub(" ", _RT_RW.sub(" ", text))
    road, turn, house, block = "", "", "", ""
    words: list[str] = []
    pieces = _PIECE.findall(text)
    for place, piece in enumerate(pieces):
        before = pieces[place - 1] if place else ""
        if piece in _ROAD and not words:
            road = _ROAD[piece]
        elif before in ("blok", "block"):
            block = piece
        elif piece in _NUMBER_WORDS or piece in ("blok", "block"):
            continue
        elif piece in _VILLAGE_WORDS and words:
            break
        elif piece[0].isdigit():
            house, turn = _numbered(piece, before, house, turn, words)
        elif piece in _ROMAN and words and len(piece) + len(words) > 1:
            turn = turn or _ROMAN[piece]
        else:
            words.append(_RANKS.get(piece, piece))
    return Address(road, tuple(_initials_joined(words)), turn, house, block, rt, rw)


def _numbered(piece: str, before: str, house: str, turn: str, words: list[str]) -> tuple[str, str]:
    """A number behind `No.`, with a letter or above 12 is a house; another one belongs to the street's name."""
    plain = piece.lstrip("0") or "0"
    of_street = before not in _NUMBER_WORDS and plain.isdigit() and int(plain) <= 12 and not turn and words
    return (house, plain) if of_street else (house or plain, turn)


def _initials_joined(words: list[str]) -> Iterable[str]:
    letters = ""
    for word in words:
        if len(word) == 1:
            letters += word
            continue
        if letters:
            yield letters
            letters = ""
        yield word
    if letters:
        yield letters


def street_likeness(a: str, b: str) -> float:
    """How much two streets resemble each other, house numbers and RT/RW aside; Jl. and Gg. of one name are two streets."""
    one, other = sorted((address(a), address(b)))
    if not one.words or not other.words:
        return 0.0
    if one.road and other.road and one.road != other.road:
        return 0.0
    if one.turn != other.turn and ((one.turn and other.turn) or not (one.house or other.house)):
        return 0.3 * _named(one.words, other.words)
    return _named(one.words, other.words)


def _named(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    shorter, longer = sorted((one, other), key=lambda words: (len(words), words))
    first = shorter[0]
    if (
        1 < len(first) <= 3
        and len(longer) > len(first)
        and first == "".join(w[0] for w in longer[: len(first)])
    ):
        shorter = (*longer[: len(first)], *shorter[1:])  # A.H. Nasution, Abdul Haris Nasution
    return _aligned(shorter, longer)


def same_house(a: str, b: str) -> bool | None:
    """Whether house number, block, RT and RW agree where both tell them; None when there is nothing that both tell."""
    one, other = address(a), address(b)
    told = [(mine, theirs) for mine, theirs in zip(one[2:], other[2:], strict=True) if mine and theirs]
    for number, turn in (
        (one.house, other.turn),
        (other.house, one.turn),
    ):  # "Nasution 12", "Nasution No. 12"
        if number and number == turn:
            told.append((number, turn))
    return all(mine == theirs for mine, theirs in told) if told else None


@lru_cache(maxsize=8_192)
def street_key(text: str) -> frozenset[str]:
    """What two writings of a street have at least one of: its longer words by sound."""
    words = {folded(word) for word in address(text).words}
    return frozenset(word for word in words if len(word) > 3) or frozenset(words)


# ---- numbers and places


@lru_cache(maxsize=8_192)
def code_key(text: str) -> str:
    """A code without what is written differently: `PJU-0042`, `pju 42` and `PJU.042` are alike."""
    parts = re.findall(r"[0-9]+|[^\W0-9_]+", _plain(text))
    return "-".join(part.lstrip("0") or "0" if part[0].isdigit() else part for part in parts)


SameNumber = Literal["same", "slip", "other"]


def number_likeness(a: str, b: str) -> SameNumber | None:
    """Two NIK: the same, the same but for a slip of the hand, or another's; None when one is empty.

    The last four digits are a running number: who differs only there was registered beside the other (twins).
    """
    if not a or not b:
        return None
    if a == b:
        return "same"
    if len(a) == len(b) == 16 and a[:12] != b[:12]:
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        day, another = a[6:8], b[6:8]
        sexes = day.isdigit() and another.isdigit() and abs(int(day) - int(another)) == 40
        if not sexes and OSA.distance(a, b, score_cutoff=1) == 1:
            return "slip"
    return "other"


def metres(lat: Any, lon: Any, lat_there: Any, lon_there: Any) -> float | None:
    """Metres between two positions in degrees; None when one is unknown. Good to 1 % within a city."""
    if None in (lat, lon, lat_there, lon_there):
        return None
    north = float(lat) - float(lat_there)
    east = (float(lon) - float(lon_there)) * math.cos(math.radians((float(lat) + float(lat_there)) / 2))
    return 111_195.0 * math.hypot(north, east)
