"""The entries of the navigation, from the kinds and from what this office uses."""

from __future__ import annotations

from desktop_app.core.settings import Settings
from desktop_app.core.spec import Registry
from desktop_app.core.words import Words
from desktop_app.ui.frame.entries import NavEntry

HOME, EXCHANGE, REPORTS, SETTINGS, SHARED = "home", "exchange", "reports", "settings", "shared"

_AROUND = (
    NavEntry(HOME, Words("Beranda", "Home"), "home-variant-outline"),
    NavEntry(
        EXCHANGE,
        Words("Kirim & Terima", "Send & receive"),
        "swap-vertical",
        Words("Kirim", "Send"),
        apart=True,
    ),
    NavEntry(REPORTS, Words("Laporan", "Reports"), "chart-box-outline"),
    NavEntry(SETTINGS, Words("Pengaturan", "Settings"), "cog-outline", Words("Setelan", "Settings")),
)


def entries(registry: Registry, settings: Settings) -> list[NavEntry]:
    """Home, the sections in use with their kinds, the shared reference data, and what serves them all."""
    home, *others = _AROUND
    groups = []
    for section in registry.sections:
        if section.name in settings.sections or section.name == SHARED:
            kinds = tuple(NavEntry(kind.name, kind.short) for kind in registry.of_section(section.name))
            groups.append(NavEntry(section.name, section.label, section.icon, section.short, kinds))
    return [home, *groups, *others]
