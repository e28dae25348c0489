"""The sheet of shortcuts as a page of the help, written from the table of keys."""

from __future__ import annotations

from desktop_app.core.words import tr
from desktop_app.services.help.text import key, plain, table
from desktop_app.ui import keys


def page() -> str:
    """The page as Markdown."""
    parts = [
        "# " + tr("Tombol pintas", "Shortcuts"),
        tr(
            "Semua dapat dikerjakan tanpa tetikus. Tooltip sebuah tombol juga menyebut pintasannya.",
            "Everything can be done without the mouse. The tooltip of a button names its shortcut too.",
        ),
    ]
    head = (tr("Tombol", "Keys"), tr("Gunanya", "What it does"))
    for heading, group in keys.GROUPS:
        parts.append(f"## {plain(heading.say())}")
        rows = ((" ".join(key(shown) for shown in one.shown()), plain(one.words.say())) for one in group)
        parts.append(table(head, rows))
    return "\n\n".join(parts) + "\n"
