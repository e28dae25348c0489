"""The how-tos written by hand: one Markdown file for each and language in `resources/help/<language>`, listed here in their order.

A file begins with its title (`# ...`). It links to other pages by their address (`guide/sending`, `kind/streetlight_repair`, `keys`)
and shows pictures of the program as `![what is seen](picture/list)`. Pages of kinds are offered the guides of their section.
"""

from __future__ import annotations

from functools import cache

from desktop_app import place
from desktop_app.core.words import Language, Words, language

GROUPS: tuple[tuple[Words, tuple[str, ...]], ...] = (
    (Words("Mulai", "Beginning"), ("first-start", "practice", "first-day", "home", "words", "typing")),
    (Words("Mencatat", "Recording"), ("repairs", "park-work", "burials", "slums", "photos")),
    (
        Words("Sesudah dicatat", "Afterwards"),
        ("finding", "everywhere", "views", "many", "correcting", "removing", "export", "reports"),
    ),
    (Words("Kirim dan terima", "Sending and receiving"), ("sending", "receipts", "returned")),
    (Words("Aman dan bersama", "Safe and together"), ("power-cut", "backup", "updates", "users", "settings")),
    (Words("Di Pusat", "At headquarters"), ("hq-inbox", "hq-board", "hq-review", "hq-starter")),
)
"""The groups of the contents, and the names of their files."""

NAMES = tuple(name for _, names in GROUPS for name in names)

OF_PAGE = {
    "home": "home",
    "exchange": "sending",
    "reports": "reports",
    "settings": "settings",
    "inbox": "hq-inbox",
    "board": "hq-board",
    "review": "hq-review",
}
"""The guide that belongs to a page of the window; pages of kinds have one of their own."""

OF_SECTION = {
    "lighting": ("repairs",),
    "parks": ("park-work",),
    "cemeteries": ("burials",),
    "slums": ("slums",),
}


@cache
def text(name: str, spoken: Language) -> str:
    """The guide as Markdown. OSError when the installation lacks it."""
    return (place.resources() / "help" / spoken / f"{name}.md").read_text(encoding="utf-8")


def title(name: str) -> str:
    """What the guide is called, in the language in use."""
    return text(name, language()).partition("\n")[0].removeprefix("# ").strip()


def neighbours(name: str) -> tuple[str, str]:
    """The names of the guides before and after, or nothing."""
    at = NAMES.index(name)
    return NAMES[at - 1] if at else "", NAMES[at + 1] if at + 1 < len(NAMES) else ""
