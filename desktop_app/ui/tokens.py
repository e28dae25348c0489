"""The figures of the house style: colours, type sizes, and which colour may stand on which.

Data only, no Qt. A component asks for a colour by what it means ("warn"), never for a hue.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, NamedTuple

from desktop_app.core.declared import declared

Family = Literal["info", "accent", "ok", "warn", "bad"]


@declared
class Colours:
    """One complete set of colours, each as `#RRGGBB`. `info` is the neutral family."""

    window: str
    surface: str
    sunken: str
    raised: str
    sidebar: str
    hairline: str
    border: str
    input: str
    hover: str
    pressed: str
    text: str
    text2: str
    text3: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_text: str
    accent_tint: str
    accent_line: str
    focus: str
    ok: str
    ok_tint: str
    ok_line: str
    warn: str
    warn_tint: str
    warn_line: str
    bad: str
    bad_tint: str
    bad_line: str
    info: str
    info_tint: str
    info_line: str
    bar: str
    bar_soft: str

    def __getitem__(self, token: str) -> str:
        """The colour named `token`; KeyError when there is none."""
        try:
            return str(getattr(self, token))
        except AttributeError:
            raise KeyError(token) from None

    def ink(self, family: Family) -> str:
        """The colour of words and shapes of a family; the accent for text differs from the accent for fill."""
        return self["accent_text" if family == "accent" else family]


LIGHT = Colours(
    window="#F3F5F7",
    surface="#FFFFFF",
    sunken="#F8FAFB",
    raised="#FFFFFF",
    sidebar="#FAFBFC",
    hairline="#E3E8EC",
    border="#CFD7DE",
    input="#7F909E",
    hover="#EEF2F5",
    pressed="#E2E8ED",
    text="#16222C",
    text2="#465664",
    text3="#5B6B79",
    disabled="#8A97A3",
    accent="#0F6B86",
    accent_hover="#0C5A71",
    accent_pressed="#094A5E",
    on_accent="#FFFFFF",
    accent_text="#0B627C",
    accent_tint="#E3F1F5",
    accent_line="#A9D0DC",
    focus="#0F6B86",
    ok="#1C6E43",
    ok_tint="#E4F3EA",
    ok_line="#9FCFB3",
    warn="#845400",
    warn_tint="#FFF4DA",
    warn_line="#E0B65A",
    bad="#B3261E",
    bad_tint="#FCEBE9",
    bad_line="#E4A29D",
    info="#465664",
    info_tint="#ECF0F3",
    info_line="#C3CDD5",
    bar="#0F6B86",
    bar_soft="#B9DAE3",
)

# Not an inversion of the light set: the surface is lighter than the window, tints are dark, and the accent for text is
# lighter than the accent for fill.
DARK = Colours(
    window="#12181D",
    surface="#1A2229",
    sunken="#161D23",
    raised="#212B33",
    sidebar="#151C22",
    hairline="#29343D",
    border="#3A4853",
    input="#6F8291",
    hover="#232E37",
    pressed="#2C3943",
    text="#E7EDF2",
    text2="#B7C3CD",
    text3="#98A7B3",
    disabled="#6C7A86",
    accent="#1B7E9C",
    accent_hover="#20708A",
    accent_pressed="#186077",
    on_accent="#FFFFFF",
    accent_text="#6CC9E4",
    accent_tint="#173642",
    accent_line="#2C6377",
    focus="#6CC9E4",
    ok="#7BD3A0",
    ok_tint="#173328",
    ok_line="#2E5E48",
    warn="#F0C067",
    warn_tint="#382D15",
    warn_line="#6E5825",
    bad="#FF9D94",
    bad_tint="#3F2221",
    bad_line="#7C3F3B",
    info="#B7C3CD",
    info_tint="#27323B",
    info_line="#41505C",
    bar="#46A9C6",
    bar_soft="#27505F",
)

# Practice: another accent, so that no page of it looks like a real one (and a banner that says so in words).
PRACTICE_LIGHT = replace(
    LIGHT,
    accent="#7A2E8E",
    accent_hover="#68267A",
    accent_pressed="#561D66",
    accent_text="#75298A",
    accent_tint="#F6EAF9",
    accent_line="#D6B4DF",
    focus="#7A2E8E",
    bar="#7A2E8E",
    bar_soft="#DFC6E6",
)
PRACTICE_DARK = replace(
    DARK,
    accent="#A04DB8",
    accent_hover="#8A3FA0",
    accent_pressed="#76348A",
    accent_text="#DFA9EE",
    accent_tint="#36213E",
    accent_line="#6B4179",
    focus="#DFA9EE",
    bar="#BD77D2",
    bar_soft="#4F2F5B",
)

# Text colour -> the grounds it may stand on: at least 4.5:1 (WCAG 2.2, 1.4.3). A new pair on screen is first added here.
TEXT_ON: dict[str, tuple[str, ...]] = {
    "text": (
        *("window", "surface", "sunken", "sidebar", "raised", "hover", "pressed"),
        *("accent_tint", "warn_tint", "bad_tint", "info_tint"),
    ),
    "text2": (
        "window",
        "surface",
        "sunken",
        "sidebar",
        "raised",
        "hover",
        "pressed",
        "accent_tint",
        "info_tint",
    ),
    "text3": ("window", "surface", "sunken", "sidebar", "raised", "hover", "accent_tint"),
    "accent_text": ("surface", "window", "sidebar", "accent_tint", "hover"),
    "on_accent": ("accent", "accent_hover", "accent_pressed"),
    "ok": ("ok_tint", "surface", "window", "accent_tint", "hover", "sidebar"),
    "warn": ("warn_tint", "surface", "window", "accent_tint", "hover", "sidebar"),
    "bad": ("bad_tint", "surface", "window", "accent_tint", "hover", "sidebar"),
    "info": ("info_tint",),
}

# Edges and shapes that carry a meaning: at least 3:1 (WCAG 2.2, 1.4.11). Hairline and border are decoration.
SHAPE_ON: dict[str, tuple[str, ...]] = {
    "input": ("surface", "sunken"),
    "focus": ("surface", "window"),
    "accent": ("surface", "window"),
    "bar": ("surface",),
}


class Type(NamedTuple):
    """A size of type in points at 100 %, and whether it is semibold (nothing is bolder, nothing italic)."""

    points: float
    semibold: bool = False


TYPES: dict[str, Type] = {
    "figure": Type(22, True),  # the number of a card
    "title": Type(16, True),  # page title, code read out over the phone
    "record": Type(12, True),  # record title
    "tab": Type(11),  # a tab of a page
    "section": Type(11, True),  # section and card title, the chosen tab of a page
    "body": Type(10),  # field, table, button
    "strong": Type(10, True),  # main button, where you are
    "meta": Type(9),  # help, meta, status bar
    "small": Type(9, True),  # table head, pill, count
    "rail": Type(8.5),  # the words of the narrow navigation, the smallest there is
    "rail_strong": Type(8.5, True),
}
