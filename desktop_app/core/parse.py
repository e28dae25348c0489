"""Reading what people write: a typed text becomes a value, or one clear sentence (domain.md 2.3 to 2.5, 8).

The one door for typed text: form, grid, command line and import all come through `read`. What it makes of a text is shown beside
the field; nothing is guessed silently. Whether a value may stand in a record (range, future, double) is the rules' business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop_app.core import fields as f
from desktop_app.core import parse_people as people
from desktop_app.core import parse_text as texts
from desktop_app.core.fields import Field
from desktop_app.core.parse_base import NotUnderstood, Offer, Reading, Resolve, Understood, refused
from desktop_app.core.parse_choices import read_choice, read_choices, read_reference, read_yes_no
from desktop_app.core.parse_coordinates import read_coordinate
from desktop_app.core.parse_dates import read_date
from desktop_app.core.parse_numbers import read_decimal, read_whole
from desktop_app.core.parse_places import read_postal_code, read_rt_rw
from desktop_app.core.parse_times import read_moment, read_time

Reader = Callable[[Any, str, Reading], Understood]

_TEXTS: Mapping[f.TextFormat, Reader] = {
    "plain": texts.read_plain,
    "code": texts.read_code,
    "name": texts.read_name,
    "street": texts.read_street,
    "nik": people.read_nik,
    "family_card": people.read_family_card,
    "nip": people.read_nip,
    "idpel": people.read_idpel,
    "phone": people.read_phone,
    "rt_rw": read_rt_rw,
    "postal_code": read_postal_code,
}
_OTHERS: Mapping[type[Field], Reader] = {
    f.Choice: read_choice,
    f.Choices: read_choices,
    f.YesNo: read_yes_no,
    f.Integer: read_whole,
    f.Money: read_whole,
    f.Decimal: read_decimal,
    f.Date: read_date,
    f.Time: read_time,
    f.Timestamp: read_moment,
    f.Coordinate: read_coordinate,
    f.Reference: read_reference,
}

_LONGEST = 2000  # a link to a map has a few hundred letters


def read(field: Field, text: str, reading: Reading) -> Understood:
    """What the text means in this field; an empty text is the empty value.

    Raises `NotUnderstood` (a `KnownError`) with one sentence in both languages.
    """
    if isinstance(field, f.Computed):
        raise refused(field, "dihitung sendiri, tidak dapat diisi.", "is computed, it can't be typed.")
    is_long = isinstance(field, f.Text) and field.multiline
    text = texts.clean(field, text, multiline=is_long or isinstance(field, f.Choices))
    if not text:
        return Understood(None)
    _refuse_endless(field, text)
    reader = _TEXTS[field.reads] if isinstance(field, f.Text) else _OTHERS[type(field)]
    return reader(field, text, reading)


def _refuse_endless(field: Field, text: str) -> None:
    """Refuse what is a whole document and no field, before anything looks for sense in it."""
    longest = _LONGEST + (field.max_len if isinstance(field, f.Text) else 0)
    if len(text) > longest:
        raise refused(
            field,
            f": {len(text)} huruf, terlalu panjang. Singkatkan.",
            f": {len(text)} characters, too long. Shorten it.",
        )


__all__ = ["NotUnderstood", "Offer", "Reading", "Resolve", "Understood", "read"]
