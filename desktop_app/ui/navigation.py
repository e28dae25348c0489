"""The entries of the navigation, from the kinds and from what this office uses."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.core.settings import Settings
from desktop_app.core.spec import Registry
from desktop_app.core.words import Words
from desktop_app.ui.frame.entries import NavEntry

HOME, EXCHANGE, REPORTS, SETTINGS, SHARED = "home", "exchange", "reports", "settings", "shared"
INBOX, BOARD, REVIEW = "inbox", "board", "review"

_HOME = NavEntry(HOME, Words("Beranda", "Home"), "home-variant-outline")
_EXCHANGE = NavEntry(
    EXCHANGE, Words("Kirim & Terima", "Send & receive"), "swap-vertical", Words("Kirim", "Send"), apart=True
)
_AT_HEADQUARTERS = (
    NavEntry(INBOX, Words("Kotak Masuk", "Inbox"), "inbox-arrow-down-outline", Words("Masuk", "Inbox")),
    NavEntry(BOARD, Words("Kantor", "Offices"), "office-building-outline"),
    NavEntry(REVIEW, Words("Tinjauan", "Review"), "compare-horizontal"),
)
_REPORTS = NavEntry(REPORTS, Words("Laporan", "Reports"), "chart-box-outline")
_SETTINGS = NavEntry(SETTINGS, Words("Pengaturan", "Settings"), "cog-outline", Words("Setelan", "Settings"))


def entries(registry: Registry, settings: Settings) -> list[NavEntry]:
    """Home, the sections in use with their kinds, the shared reference data, and what serves them all.

    An office has the page that sends and receives; headquarters has inbox, offices and review, before the records.
    """
    groups = []
    for section in registry.sections:
        if section.name in settings.sections or section.name == SHARED:
            kinds = tuple(NavEntry(kind.name, kind.short) for kind in registry.of_section(section.name))
            groups.append(NavEntry(section.name, section.label, section.icon, section.short, kinds))
    if settings.role != "headquarters":
        return [_HOME, *groups, _EXCHANGE, _REPORTS, _SETTINGS]
    first, *others = groups
    return [
        _HOME,
        *_AT_HEADQUARTERS,
        replace(first, apart=True),
        *others,
        replace(_REPORTS, apart=True),
        _SETTINGS,
    ]
