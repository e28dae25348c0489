"""How a list was left: order, columns and their widths, for the next time."""

from __future__ import annotations

from collections.abc import MutableMapping
from contextlib import suppress

from desktop_app.core.spec import Kind
from desktop_app.ui.table.layout import ColumnLayout


def keep(memory: MutableMapping[str, str], kind: Kind, layout: ColumnLayout, sort: str) -> None:
    """Remember how the list of a kind is arranged."""
    import json

    memory[f"list/{kind.name}"] = json.dumps({**layout.kept(), "sort": sort})


def take(memory: MutableMapping[str, str], kind: Kind, layout: ColumnLayout) -> str:
    """Arrange the list as remembered; the order it was sorted in, or nothing."""
    text, kept = memory.get(f"list/{kind.name}", ""), None
    if text:
        import json

        with suppress(ValueError):
            kept = json.loads(text)
    if not isinstance(kept, dict):
        return ""
    layout.take(kept)
    sort = str(kept.get("sort", ""))
    return sort if sort.removeprefix("-") in {column.field for column in kind.columns} else ""
